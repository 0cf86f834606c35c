"""What a comparison is: one form run in several columns, over one or many inputs, and judged.

A column is a model, or a variant of one with inputs of its own. A round is one input that runs in
every column; a cell is one column of one round.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from typing import Final

from novita_desktop.domain.json_values import (
    JsonObject,
    JsonValue,
    as_list,
    as_object,
    as_text,
    as_whole,
)
from novita_desktop.domain.prompt_form import PromptForm, from_saved, to_saved
from novita_desktop.domain.records import record
from novita_desktop.domain.variable_fields import PLAIN_FIELD, FieldKind

LEAST_COLUMNS: Final = 2
MOST_COLUMNS: Final = 8
MOST_INPUTS: Final = 200
MOST_CHECKS: Final = 20


@record(frozen=True, slots=True)
class Column:
    """One column: a model with what differs from the form that all columns share.

    `key` tells the column from the others of its comparison, whatever its place. `system` is a
    system prompt of its own; None stands for the shared one. `inputs` maps wire names to texts of
    its own, or to None for the model's default.
    """

    key: int
    model: str
    system: str | None = None
    inputs: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def is_modified(self) -> bool:
        """Whether anything but the model differs from the shared form."""
        return self.system is not None or bool(self.inputs)


class Verdict(StrEnum):
    """What a person found when all answers of a round were read."""

    BEST = "best"
    TIE = "tie"
    ALL_BAD = "all_bad"


@record(frozen=True, slots=True)
class Judgement:
    """A round's verdict. `best` is the winning column's key; `judged_at` unix microseconds."""

    verdict: Verdict
    best: int | None = None
    judged_at: int = 0
    was_blind: bool = False


@record(frozen=True, slots=True)
class Cell:
    """One column's answer in a round: its newest run, and a thumb up (1), down (-1) or none.

    `is_over` says whether the run had ended when this was read.
    """

    run_id: int
    thumb: int = 0
    is_over: bool = False


@record(frozen=True, slots=True)
class Round:
    """One input of a comparison. `order` has the columns' keys as they are shown.

    `values` fill the form's variables in place of its own; `cells` are by column key.
    """

    number: int
    order: tuple[int, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[int, Cell] = field(default_factory=dict)
    judgement: Judgement | None = None
    note: str = ""


@record(frozen=True, slots=True)
class Comparison:
    """A comparison as it is kept; its id is that of its group of runs.

    `checks` has the sentences that its answers are checked by (`check_sentences.py`).
    """

    id: int
    title: str
    created_at: int
    form: PromptForm
    columns: tuple[Column, ...]
    is_blind: bool = False
    rounds: tuple[Round, ...] = ()
    checks: tuple[str, ...] = ()

    def column(self, key: int) -> Column | None:
        """Return the column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)

    def round(self, number: int) -> Round | None:
        """Return the round with this number, or None."""
        return next((each for each in self.rounds if each.number == number), None)

    @property
    def is_private(self) -> bool:
        """Whether it is kept in memory alone; such comparisons have ids below zero."""
        return self.id < 0

    @property
    def last_key(self) -> int:
        """The highest key of its columns, 0 without any."""
        return next_key(self.columns) - 1

    def goes_on_with(self, plan: ComparisonPlan, number: int) -> bool:
        """Whether all that `plan` asks for is what has no run yet here; a round is in view.

        Columns cannot change while nobody is to know which is which.
        """
        inputs = plan.inputs or ({},)
        if plan.is_private != self.is_private:
            return False
        if plan.form != self.form or inputs != tuple(each.values for each in self.rounds):
            return False
        if plan.columns != self.columns and self.hides_names(number):
            return False
        is_grown = any(column in self.columns for column in plan.columns)
        return is_grown and bool(replace(self, columns=plan.columns).missing())

    def sends_the_same_with(self, inputs: Sequence[Mapping[str, str]]) -> bool:
        """Whether `inputs` fill every text of every column as the rounds' own values do."""
        if len(inputs) != len(self.rounds):
            return False
        forms = [form_of_column(self.form, column) for column in self.columns]
        names = {name for form in forms for name in form.variables()}
        shared = self.form.values
        return all(
            {**shared, **each.values}.get(name, "") == {**shared, **wanted}.get(name, "")
            for each, wanted in zip(self.rounds, inputs, strict=True)
            for name in names
        )

    def missing(self) -> list[tuple[Round, Column]]:
        """Return the cells that have no run yet, of rounds that are not judged."""
        return [
            (each, column)
            for each in self.rounds
            if each.judgement is None
            for column in self.columns
            if column.key not in each.cells
        ]

    def live_runs(self) -> list[int]:
        """Return the runs that were not over when this was read."""
        cells = (cell for each in self.rounds for cell in each.cells.values())
        return [cell.run_id for cell in cells if not cell.is_over]

    def undecided(self, after: int) -> int | None:
        """Return the number of the next round without a verdict, from the start after the last."""
        numbers = [each.number for each in self.rounds if each.judgement is None]
        later = [number for number in numbers if number > after]
        return next(iter(later or numbers), None)

    def hides_names(self, number: int) -> bool:
        """Whether the models of a round must not be seen yet: blind, and not judged."""
        found = self.round(number)
        return self.is_blind and found is not None and found.judgement is None


@record(frozen=True, slots=True)
class ComparisonPlan:
    """What stands on the Compare page: what pressing Run all would start.

    `inputs` has the variables' values of each round; without any, the form's own make one round.
    `shown` is the id of the comparison whose answers are in view, None before the first. `checks`
    has the sentences that answers are checked by. Nothing of a private plan is kept, but what its
    runs cost.
    """

    form: PromptForm = field(default_factory=PromptForm)
    columns: tuple[Column, ...] = ()
    is_blind: bool = False
    shown: int | None = None
    inputs: tuple[Mapping[str, str], ...] = ()
    checks: tuple[str, ...] = ()
    is_private: bool = False


def form_of_column(
    form: PromptForm, column: Column, values: Mapping[str, str] | None = None
) -> PromptForm:
    """Return the shared form as one column sends it, with a round's `values` if there are any."""
    inputs = {name: text for name, text in form.inputs.items() if name not in column.inputs}
    inputs.update({name: text for name, text in column.inputs.items() if text is not None})
    return replace(
        form,
        model=column.model,
        system=form.system if column.system is None else column.system,
        inputs=inputs,
        values={**form.values, **_typed(values or {}, form)},
    )


def _typed(values: Mapping[str, str], form: PromptForm) -> dict[str, str]:
    """Return a round's values without those of images: a table has none, the form's go with all."""
    fields = form.fields
    return {
        name: value
        for name, value in values.items()
        if fields.get(name, PLAIN_FIELD).kind is not FieldKind.IMAGE
    }


def own_inputs(shared: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str | None]:
    """Return what a column needs of its own so that it sends the inputs `wanted`."""
    own: dict[str, str | None] = {
        name: text for name, text in wanted.items() if shared.get(name) != text
    }
    own.update({name: None for name in shared if name not in wanted})
    return own


def next_key(columns: Iterable[Column]) -> int:
    """Return a key that none of `columns` has."""
    return max((column.key for column in columns), default=0) + 1


def order_of(columns: Sequence[Column], *, is_blind: bool) -> tuple[int, ...]:
    """Return the keys as a round shows them: in order, or shuffled when nobody is to know."""
    keys = [column.key for column in columns]
    if is_blind:
        random.SystemRandom().shuffle(keys)
    return tuple(keys)


def column_to_saved(column: Column) -> JsonObject:
    """Return a column as JSON."""
    return {
        "key": column.key,
        "model": column.model,
        "system": column.system,
        "inputs": dict(column.inputs),
    }


def columns_from_saved(saved: JsonValue) -> tuple[Column, ...]:
    """Return the columns that `column_to_saved` wrote; what is wrong or doubled is left out."""
    found: dict[int, Column] = {}
    for item in as_list(saved):
        row = as_object(item)
        key, model, system = as_whole(row.get("key")), row.get("model"), row.get("system")
        if key is None or not isinstance(model, str) or key in found:
            continue
        inputs = {
            name: text if isinstance(text, str) else None
            for name, text in as_object(row.get("inputs")).items()
        }
        found[key] = Column(key, model, system if isinstance(system, str) else None, inputs)
    return tuple(found.values())[:MOST_COLUMNS]


def plan_to_saved(plan: ComparisonPlan) -> JsonObject:
    """Return a plan as JSON, for its draft."""
    return {
        "form": to_saved(plan.form),
        "columns": [column_to_saved(column) for column in plan.columns],
        "is_blind": plan.is_blind,
        "shown": plan.shown,
        "inputs": [dict(values) for values in plan.inputs],
        "checks": list(plan.checks),
    }


def plan_from_saved(saved: JsonObject) -> ComparisonPlan:
    """Return the plan that `plan_to_saved` wrote; what is missing or wrong is left empty."""
    return ComparisonPlan(
        form=from_saved(as_object(saved.get("form"))),
        columns=columns_from_saved(saved.get("columns")),
        is_blind=saved.get("is_blind") is True,
        shown=as_whole(saved.get("shown")),
        inputs=tuple(map(values_from_saved, as_list(saved.get("inputs"))))[:MOST_INPUTS],
        checks=checks_from_saved(saved.get("checks")),
    )


def checks_from_saved(saved: JsonValue) -> tuple[str, ...]:
    """Return the sentences of checks from JSON; what is no text is left out."""
    return tuple(each for each in as_list(saved) if isinstance(each, str))[:MOST_CHECKS]


def values_from_saved(saved: JsonValue) -> dict[str, str]:
    """Return a round's values from JSON."""
    return {name: as_text(value) for name, value in as_object(saved).items()}
