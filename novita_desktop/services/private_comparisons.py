"""Comparisons that are never written: they live in memory until the program ends.

As with private runs, their ids are below zero, which no stored comparison has: a call with such an
id never reaches the data file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.comparisons import Cell, Column, Comparison, Judgement, Round
from novita_desktop.domain.leaderboard import JudgedRound
from novita_desktop.storage.comparison_store import ComparisonStore

MOST_REMEMBERED: Final = 50
"""So many private comparisons can be read again; older ones are forgotten."""


class PrivateComparisons:
    """Keeps private comparisons here, in memory, and passes every other on to the data file.

    `is_live` tells whether a run goes on. What each method does, and raises, `ComparisonStore` says.
    """

    def __init__(self, store: ComparisonStore, is_live: Callable[[int], bool]) -> None:
        self._store = store
        self._is_live = is_live
        self._kept: dict[int, Comparison] = {}

    async def add(self, comparison: Comparison) -> None:
        """Add a comparison with its rounds and cells."""
        if not comparison.is_private:
            await self._store.add(comparison)
            return
        self._kept[comparison.id] = comparison
        for oldest in list(self._kept)[:-MOST_REMEMBERED]:
            del self._kept[oldest]

    async def set_cell(self, comparison_id: int, number: int, key: int, run_id: int) -> None:
        """Note which run stands in a cell; a thumb that the run before had is taken away."""
        if comparison_id > 0:
            await self._store.set_cell(comparison_id, number, key, run_id)
        elif found := self._round(comparison_id, number):
            self._put(comparison_id, replace(found, cells={**found.cells, key: Cell(run_id)}))

    async def set_thumb(self, comparison_id: int, number: int, key: int, thumb: int) -> None:
        """Give a cell a thumb up (1), down (-1), or none (0)."""
        if comparison_id > 0:
            await self._store.set_thumb(comparison_id, number, key, thumb)
        elif (found := self._round(comparison_id, number)) and key in found.cells:
            cell = replace(found.cells[key], thumb=thumb)
            self._put(comparison_id, replace(found, cells={**found.cells, key: cell}))

    async def set_columns(self, comparison_id: int, columns: Sequence[Column]) -> None:
        """Change a comparison's columns."""
        if comparison_id > 0:
            await self._store.set_columns(comparison_id, columns)
        elif found := self._kept.get(comparison_id):
            self._kept[comparison_id] = replace(found, columns=tuple(columns))

    async def set_blind(self, comparison_id: int, *, is_blind: bool) -> None:
        """Hide the names of rounds that are not judged yet, or show them."""
        if comparison_id > 0:
            await self._store.set_blind(comparison_id, is_blind=is_blind)
        elif found := self._kept.get(comparison_id):
            self._kept[comparison_id] = replace(found, is_blind=is_blind)

    async def set_checks(self, comparison_id: int, checks: Sequence[str]) -> None:
        """Change the sentences that a comparison's answers are checked by."""
        if comparison_id > 0:
            await self._store.set_checks(comparison_id, checks)
        elif found := self._kept.get(comparison_id):
            self._kept[comparison_id] = replace(found, checks=tuple(checks))

    async def set_values(self, comparison_id: int, number: int, values: Mapping[str, str]) -> None:
        """Change a round's values."""
        if comparison_id > 0:
            await self._store.set_values(comparison_id, number, values)
        elif found := self._round(comparison_id, number):
            self._put(comparison_id, replace(found, values=dict(values)))

    async def set_order(self, comparison_id: int, number: int, order: Sequence[int]) -> None:
        """Change the order in which a round shows its columns."""
        if comparison_id > 0:
            await self._store.set_order(comparison_id, number, order)
        elif found := self._round(comparison_id, number):
            self._put(comparison_id, replace(found, order=tuple(order)))

    async def judge(self, comparison_id: int, number: int, judgement: Judgement | None) -> None:
        """Keep a round's verdict, or (None) take it back."""
        if comparison_id > 0:
            await self._store.judge(comparison_id, number, judgement)
        elif found := self._round(comparison_id, number):
            self._put(comparison_id, replace(found, judgement=judgement))

    async def set_note(self, comparison_id: int, number: int, note: str) -> None:
        """Write a person's note on a round; an empty one takes it away."""
        if comparison_id > 0:
            await self._store.set_note(comparison_id, number, note)
        elif found := self._round(comparison_id, number):
            self._put(comparison_id, replace(found, note=note))

    async def rename(self, comparison_id: int, title: str) -> None:
        """Give a comparison another title."""
        if comparison_id > 0:
            await self._store.rename(comparison_id, title)
        elif found := self._kept.get(comparison_id):
            self._kept[comparison_id] = replace(found, title=title)

    async def get(self, comparison_id: int) -> Comparison | None:
        """Return a comparison with all of its rounds, or None."""
        if comparison_id > 0:
            return await self._store.get(comparison_id)
        found = self._kept.get(comparison_id)
        return found and replace(found, rounds=tuple(map(self._as_it_is, found.rounds)))

    async def of_run(self, run_id: int) -> int | None:
        """Return the id of the comparison that a run was made for, None when for none."""
        if run_id > 0:
            return await self._store.of_run(run_id)
        return next(
            (
                comparison.id
                for comparison in self._kept.values()
                for each in comparison.rounds
                if any(cell.run_id == run_id for cell in each.cells.values())
            ),
            None,
        )

    async def judged(self, preset_id: int | None = None) -> list[JudgedRound]:
        """Return every kept round with a verdict: private ones count in no leaderboard."""
        return await self._store.judged(preset_id)

    async def with_checks(self, preset_id: int | None = None) -> list[Comparison]:
        """Return the kept comparisons that have checks: private ones count in no leaderboard."""
        return await self._store.with_checks(preset_id)

    def _round(self, comparison_id: int, number: int) -> Round | None:
        found = self._kept.get(comparison_id)
        return found.round(number) if found is not None else None

    def _put(self, comparison_id: int, changed: Round) -> None:
        found = self._kept[comparison_id]
        rounds = (changed if each.number == changed.number else each for each in found.rounds)
        self._kept[comparison_id] = replace(found, rounds=tuple(rounds))

    def _as_it_is(self, kept: Round) -> Round:
        cells = {
            key: replace(cell, is_over=not self._is_live(cell.run_id))
            for key, cell in kept.cells.items()
        }
        return replace(kept, cells=cells)
