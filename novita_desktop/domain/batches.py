"""A preset over the rows of a table: where each input comes from, and how far the rows are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from typing import Final

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import JsonObject, as_object, as_text
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.tables import RowProblem, RowTrouble

VARIABLE_PREFIX: Final = "variable:"
ROW_PREFIX: Final = "row_"
TABLE_PROBLEM: Final = "table"
"""How the problem of a row begins that its file broke; `problem_of_row` has the rest."""

TEXT_INPUTS: Final = ("model", "system", "message")
"""Inputs that a column may fill besides variables and the parameters of the form."""


class RowState(StrEnum):
    """How far one row is. RUNNING has a run that is not over."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    SKIPPED = "skipped"


UNFINISHED: Final = (RowState.PLANNED, RowState.STOPPED)
"""What a batch that goes on sends: a finished row is never sent again."""


class BatchState(StrEnum):
    """What a batch does. PAUSED sends no further rows; READY was never started."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class PauseReason(StrEnum):
    """Why a batch pauses; ASKED when a person wanted it, ENDED when the program ended.

    REFUSED when the host takes nothing from this account, as without credit: every further row
    would fail. NOT_STORED when the data file could not be read or written.
    """

    ASKED = "asked"
    TRIED = "tried"
    LIMIT = "limit"
    NOT_CONNECTED = "not_connected"
    REFUSED = "refused"
    NOT_STORED = "not_stored"
    ENDED = "ended"


class SourceKind(StrEnum):
    """Where an input comes from, when it is not left as the form has it."""

    COLUMN = "column"
    FIXED = "fixed"


@record(frozen=True, slots=True)
class Source:
    """A column's name, or a text that all rows share."""

    kind: SourceKind
    text: str


Sources = Mapping[str, Source]
"""By input: `variable:NAME`, one of TEXT_INPUTS, or a parameter's wire name."""


@record(frozen=True, slots=True)
class TableOrigin:
    """The file that a table came from; `path` is empty for one that was pasted.

    `modified_at` is in unix microseconds; with `size` it tells whether the file changed since.
    """

    name: str
    path: str = ""
    size: int = 0
    modified_at: int = 0


@record(frozen=True, slots=True)
class Batch:
    """A table with what its rows are to be run with. `id` is that of its group of runs."""

    id: int
    title: str
    created_at: int
    origin: TableOrigin
    columns: tuple[str, ...]
    form: PromptForm = field(default_factory=PromptForm)
    sources: Sources = field(default_factory=dict)
    state: BatchState = BatchState.READY
    pause_reason: PauseReason | None = None


@record(frozen=True, slots=True)
class BatchRow:
    """One row. `number` counts from 1.

    `problem` says why it was skipped: an input and what is wrong with it (`message missing`), or
    what is wrong with the row in its file (`problem_of_row`).
    """

    number: int
    cells: tuple[str, ...]
    state: RowState = RowState.PLANNED
    run_id: int | None = None
    problem: str = ""


@record(frozen=True, slots=True)
class RowResult:
    """A row with what its run brought. `error_code` is of a run that failed."""

    row: BatchRow
    answer: str = ""
    attempt_count: int = 0
    cost: Cost | None = None
    error_code: str = ""


@record(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is; `rows_per_second` and `seconds_left` are None until they are known."""

    batch_id: int
    state: BatchState
    counts: Mapping[RowState, int]
    cost: Cost | None = None
    rows_per_second: float | None = None
    seconds_left: float | None = None
    pause_reason: PauseReason | None = None

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())

    def count(self, *states: RowState) -> int:
        """Return how many rows are in one of these states."""
        return sum(self.counts.get(state, 0) for state in states)


def state_after(status: RunStatus) -> RowState:
    """Return the state of a row whose run is over, or still runs."""
    match status:
        case RunStatus.SUCCEEDED:
            return RowState.DONE
        case RunStatus.FAILED:
            return RowState.FAILED
        case RunStatus.STOPPED | RunStatus.INTERRUPTED:
            return RowState.STOPPED
        case RunStatus.QUEUED | RunStatus.WAITING | RunStatus.RUNNING:
            return RowState.RUNNING


def targets_of(form: PromptForm) -> tuple[str, ...]:
    """Return the inputs of `form` that a row can fill, variables first."""
    variables = tuple(VARIABLE_PREFIX + name for name in form.variables())
    return (*variables, *TEXT_INPUTS, *form.inputs)


def guessed_sources(form: PromptForm, columns: Sequence[str]) -> dict[str, Source]:
    """Return sources for the variables that have a column of the same name.

    Case, spaces and underscores do not count. A form without message and variables takes the only
    column, or one called `message`, as its message; a column called `model` names each row's model.
    """
    known = {_plain(column): column for column in reversed(columns)}
    found = {
        VARIABLE_PREFIX + name: Source(SourceKind.COLUMN, known[_plain(name)])
        for name in form.variables()
        if _plain(name) in known
    }
    if not form.message.strip():
        only = columns[0] if len(columns) == 1 else known.get("message") or known.get("prompt")
        if only is not None:
            found["message"] = Source(SourceKind.COLUMN, only)
    if "model" in known and not any(source.text == known["model"] for source in found.values()):
        found["model"] = Source(SourceKind.COLUMN, known["model"])
    return found


def form_of_row(batch: Batch, cells: Sequence[str]) -> PromptForm:
    """Return the form that a row stands for.

    A cell is a value and never a template: what it fills gets a variable of its own. Raises
    InputError (`missing`) for an input whose cell is empty, unless its field may be empty or has a
    default.
    """
    by_column = dict(zip(batch.columns, cells, strict=False))
    form, values = batch.form, dict(batch.form.values)
    texts: dict[str, str] = {}
    for target, source in batch.sources.items():
        text = source.text
        if source.kind is SourceKind.COLUMN:
            text = by_column.get(source.text, "")
            if not text.strip() and not _may_be_empty(form, target):
                raise InputError(target, "missing")
        if target.startswith(VARIABLE_PREFIX):
            values[target.removeprefix(VARIABLE_PREFIX)] = text
        else:
            values[ROW_PREFIX + target] = text
            texts[target] = "{{ " + ROW_PREFIX + target + " }}"
    inputs = {**form.inputs, **{n: t for n, t in texts.items() if n not in TEXT_INPUTS}}
    return replace(
        form,
        model=texts.get("model", form.model),
        system=texts.get("system", form.system),
        message=texts.get("message", form.message),
        inputs=inputs,
        values=values,
    )


def problem_of_row(problem: RowProblem) -> str:
    """Return what is wrong with a row of a file as a row of a batch keeps it."""
    parts = (TABLE_PROBLEM, problem.trouble, problem.line, problem.found, problem.detail)
    return " ".join(map(str, parts))


def row_problem_from(text: str) -> RowProblem | None:
    """Return what `problem_of_row` wrote, None for any other problem."""
    parts = text.split(" ", 4)
    if parts[0] != TABLE_PROBLEM or len(parts) != len(RowProblem.__slots__) + 1:
        return None
    _, trouble, line, found, detail = parts
    if trouble not in list(RowTrouble) or not line.isdecimal() or not found.isdecimal():
        return None
    return RowProblem(RowTrouble(trouble), int(line), int(found), detail)


def sources_to_saved(sources: Sources) -> JsonObject:
    """Return sources as JSON."""
    return {
        target: {"kind": source.kind.value, "text": source.text}
        for target, source in sources.items()
    }


def sources_from_saved(saved: object) -> dict[str, Source]:
    """Return the sources that `sources_to_saved` wrote; what is wrong is left out."""
    found: dict[str, Source] = {}
    for target, value in as_object(saved).items():
        row = as_object(value)
        kind = row.get("kind")
        if kind in list(SourceKind):
            found[target] = Source(SourceKind(as_text(kind)), as_text(row.get("text")))
    return found


def _may_be_empty(form: PromptForm, target: str) -> bool:
    known = form.fields.get(target.removeprefix(VARIABLE_PREFIX))
    if not target.startswith(VARIABLE_PREFIX) or known is None:
        return target == "system"
    return not known.is_required or bool(known.default)


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").split())
