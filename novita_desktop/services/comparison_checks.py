"""The checks of comparisons: kept, and computed on worker threads once answers are whole."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from novita_desktop.domain.check_outcomes import CheckedCells, Finding, tally_of
from novita_desktop.domain.comparisons import Cell, Comparison, Round
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.leaderboard import CheckTally, Competitor, competitor_of
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.variable_fields import completed
from novita_desktop.services.private_comparisons import PrivateComparisons
from novita_desktop.services.runs import RunService
from novita_desktop.services.whole_answers import text_before

MOST_KEPT: Final = 4_000
"""Of how many answers the findings are kept in memory."""


class ComparisonChecks:
    """Computes findings; what was computed for an answer is kept as long as it stays the same."""

    def __init__(self, store: PrivateComparisons, runs: RunService) -> None:
        self._store = store
        self._runs = runs
        self._kept: dict[tuple[int, int], Mapping[str, Finding]] = {}

    async def set_checks(self, comparison_id: int, checks: Sequence[str]) -> None:
        """Keep the sentences that a comparison's answers are checked by. Raises StorageError."""
        await self._store.set_checks(comparison_id, checks)

    async def take_values(
        self, comparison_id: int, inputs: Sequence[Mapping[str, str]]
    ) -> Comparison | None:
        """Keep what inputs expect now, when nothing else of them changed; return what is kept.

        None stands for no change: what is sent to a model is never changed behind its answers.
        Raises StorageError.
        """
        comparison = await self._store.get(comparison_id)
        values = tuple(inputs) or ({},)
        if comparison is None or not comparison.sends_the_same_with(values):
            return None
        for each, wanted in zip(comparison.rounds, values, strict=True):
            if each.values != wanted:
                await self._store.set_values(comparison_id, each.number, wanted)
        return await self._store.get(comparison_id)

    async def findings(self, comparison: Comparison) -> CheckedCells:
        """Return how each answer of a comparison came out; one that is not whole has none.

        Sentences that are not understood, from a newer version perhaps, are left out. Raises
        StorageError.
        """
        if not comparison.checks:
            return {}
        found = {}
        for each in comparison.rounds:
            values = _values_of(comparison, each)
            for key, cell in each.cells.items():
                findings = await self._of_cell(cell, comparison.checks, values)
                if findings:
                    found[each.number, key] = findings
        return found

    async def tallies(self, preset_id: int | None = None) -> dict[Competitor, CheckTally]:
        """Return how many checks each model passed, over all answers or those of one preset.

        Rounds whose names must not be known yet do not count. Raises StorageError.
        """
        found: dict[Competitor, CheckTally] = {}
        for comparison in await self._store.with_checks(preset_id):
            for (number, key), findings in (await self.findings(comparison)).items():
                column = comparison.column(key)
                if column is None or comparison.hides_names(number):
                    continue
                competitor = competitor_of(column)
                found[competitor] = found.get(competitor, CheckTally()) + tally_of(
                    findings.values()
                )
        return found

    async def _of_cell(
        self, cell: Cell, checks: tuple[str, ...], values: Mapping[str, str]
    ) -> Mapping[str, Finding]:
        if not cell.is_over:
            return {}
        # A number stands for the texts: inputs can be whole documents.
        asked = (cell.run_id, hash((checks, frozenset(values.items()))))
        if asked not in self._kept:
            detail = await self._runs.detail(cell.run_id)
            if detail.summary.status is not RunStatus.SUCCEEDED:
                return {}
            text = await text_before(self._runs, detail.summary) + detail.text
            findings = await asyncio.to_thread(_findings, checks, text, values)
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[asked] = findings
        return self._kept[asked]


def names_of(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns that checks take texts from, in order."""
    from novita_desktop.domain.check_sentences import checks_of  # noqa: PLC0415  # when needed
    from novita_desktop.domain.checks import names_in  # noqa: PLC0415  # when needed first

    return names_in(checks_of(sentences).values())


def _values_of(comparison: Comparison, found: Round) -> Mapping[str, str]:
    """Return what a round's variables were filled with, the defaults of their fields included."""
    form, values = comparison.form, {**comparison.form.values, **found.values}
    try:
        return completed(form.variables(), values, form.fields)
    except InputError:
        return values


def _findings(
    sentences: Sequence[str], text: str, values: Mapping[str, str]
) -> Mapping[str, Finding]:
    """Return how an answer came out, by sentence; what is no check is left out."""
    from novita_desktop.domain.check_findings import finding  # noqa: PLC0415  # when needed first
    from novita_desktop.domain.check_sentences import checks_of  # noqa: PLC0415  # when needed

    return {
        sentence: finding(check, text, values) for sentence, check in checks_of(sentences).items()
    }
