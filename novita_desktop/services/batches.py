"""Batches: a table is taken in, its rows are run from this computer, results are read and kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from novita_desktop.domain.batches import (
    UNFINISHED,
    Batch,
    BatchProgress,
    BatchRow,
    BatchState,
    PauseReason,
    RowResult,
    RowState,
    Sources,
    form_of_row,
    problem_of_row,
)
from novita_desktop.domain.costs import Estimate
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane
from novita_desktop.domain.runs import GroupKind, RunGroup
from novita_desktop.domain.tables import TableChoice, TableRow
from novita_desktop.services import batch_tables
from novita_desktop.services.batch_feed import BatchFeed, BatchParts
from novita_desktop.services.batch_tables import TakenTable
from novita_desktop.services.events import BatchChanged, Event, RunEnded
from novita_desktop.services.preview import Preview, preview
from novita_desktop.storage.batch_store import RowChange

__all__ = ["BatchParts", "BatchPreview", "BatchService"]

ESTIMATED_ROWS: Final = 200
"""The price of a whole table is told from so many of its rows."""


@record(frozen=True, slots=True)
class BatchPreview:
    """What sending all unfinished rows would cost, or the first row that cannot be sent.

    `estimate` is None when it is unknown; `number` is the row of the `problem`.
    """

    rows: int = 0
    estimate: Estimate | None = None
    number: int = 0
    problem: InputError | None = None
    faulty_rows: int = 0
    looked_at: int = 0


class BatchService:
    """The batches of one data folder. Every coroutine raises StorageError.

    Those that are about a batch raise LookupError when there is no such.
    """

    def __init__(self, parts: BatchParts) -> None:
        self._parts = parts
        self._feeds: dict[int, BatchFeed] = {}
        self._works: dict[int, asyncio.Task[None]] = {}
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stop_listening = parts.events.listen(self._noticed)

    async def settle(self) -> None:
        """Take note of what the end of the last session cut off. Called once, at start."""
        await self._parts.store.settle()

    def close(self) -> None:
        """Send nothing further, and stop listening; `settle` makes up for it at the next start."""
        for feed in self._feeds.values():
            feed.pause(PauseReason.ENDED)
        self._stop_listening()

    async def open_file(self, path: Path, choice: TableChoice | None = None) -> Batch:
        """Keep the table in a file as a batch that is ready. Raises TableRefused."""
        return await self.create(await batch_tables.table_in_file(path, choice))

    async def paste(self, text: str, title: str) -> Batch:
        """Keep a table that was copied elsewhere as a batch that is ready. Raises TableRefused."""
        return await self.create(await batch_tables.pasted(text, title))

    async def create(self, table: TakenTable) -> Batch:
        """Keep a table as a batch that is ready; a broken row is skipped, with the reason.

        When that fails, or is cancelled, nothing of it is kept.
        """
        now = self._parts.clock.now()
        title = table.origin.name
        group = await self._parts.runs.open_group(RunGroup(GroupKind.BATCH, title, Lane.BACKGROUND))
        batch = Batch(group.id or 0, title, now, table.origin, table.columns)
        try:
            await self._parts.store.add(batch)
            async for chunk in table.chunks:
                await self._parts.store.add_rows(batch.id, [_row_of(row) for row in chunk])
            await self._parts.store.complete(batch.id)
        except BaseException:
            await self._parts.store.remove(batch.id)
            raise
        return batch

    async def export(self, batch_id: int, path: Path) -> int:
        """Write all rows with what there is of their results; return how many. StorageError."""
        return await batch_tables.export(self._parts.store, await self.get(batch_id), path)

    async def answers_as_cells(self, batch_id: int) -> str:
        """Return every row's answer as cells for the clipboard."""
        return await batch_tables.answers_as_cells(self._parts.store, await self.get(batch_id))

    async def has_source_changed(self, batch_id: int) -> bool:
        """Return whether the file that a table came from is another one now, or gone."""
        return await batch_tables.has_changed((await self.get(batch_id)).origin)

    async def get(self, batch_id: int) -> Batch:
        """Return a batch."""
        if (feed := self._feeds.get(batch_id)) is not None:
            progress = feed.progress
            return replace(feed.batch, state=progress.state, pause_reason=progress.pause_reason)
        batch = await self._parts.store.get(batch_id)
        if batch is None:
            raise LookupError(f"there is no batch {batch_id}")
        return batch

    async def recent(self, limit: int) -> list[Batch]:
        """Return the batches that were made last, the newest first."""
        return await self._parts.store.recent(limit)

    async def of_run(self, run_id: int) -> int | None:
        """Return the id of the batch that a run belongs to, None for any other run."""
        return await self._parts.store.of_run(run_id)

    async def progress(self, batch_id: int) -> BatchProgress:
        """Return how far a batch is."""
        if (feed := self._feeds.get(batch_id)) is not None:
            return feed.progress
        batch = await self.get(batch_id)
        return BatchProgress(
            batch_id,
            batch.state,
            await self._parts.store.counts(batch_id),
            await self._parts.store.cost(batch_id),
            pause_reason=batch.pause_reason,
        )

    async def results(
        self, batch_id: int, place: int, limit: int, state: RowState | None = None
    ) -> list[RowResult]:
        """Return rows with what their runs brought, of all or of those in one state."""
        return await self._parts.store.results(batch_id, place, limit, state)

    async def set_plan(self, batch_id: int, form: PromptForm, sources: Sources) -> Batch:
        """Change what the rows are run with; rows that are sent already stay as they are."""
        await self._parts.store.set_plan(batch_id, form, sources)
        if (feed := self._feeds.get(batch_id)) is not None:
            feed.batch = replace(feed.batch, form=form, sources=sources)
        return await self.get(batch_id)

    async def change_row(self, batch_id: int, number: int, cells: Sequence[str]) -> bool:
        """Change a row's cells and plan it anew; return False, and do nothing, while rows run."""
        async with self._locks[batch_id]:
            if batch_id in self._feeds:
                return False
            store = self._parts.store
            await store.set_cells(batch_id, number, cells)
            batch = await self.get(batch_id)
            state = BatchState.READY if batch.state is BatchState.READY else BatchState.PAUSED
            reason = None if state is BatchState.READY else PauseReason.ASKED
            await store.note(batch_id, state, reason, (RowChange(number, RowState.PLANNED),))
            self._parts.events.publish(BatchChanged(await self.progress(batch_id)))
        return True

    async def preview(self, batch_id: int) -> BatchPreview:
        """Return what the unfinished rows would cost, told from the first ESTIMATED_ROWS."""
        batch = await self.get(batch_id)
        counts = await self._parts.store.counts(batch_id)
        left = sum(counts.get(state, 0) for state in UNFINISHED)
        rows = await self._parts.store.unfinished(batch_id, 0, ESTIMATED_ROWS)
        first: tuple[int, InputError] | None = None
        found: list[Preview] = []
        for row in rows:
            each = await self._preview_of(batch, row)
            if each.problem is None:
                found.append(each)
            elif first is None:
                first = (row.number, each.problem)
            await asyncio.sleep(0)  # the engine's loop streams answers meanwhile
        estimates = [each.estimate for each in found if each.estimate is not None]
        is_priced = bool(estimates) and len(estimates) == len(found)
        number, problem = first or (0, None)
        return BatchPreview(
            rows=left,
            estimate=_for_all(estimates, left) if is_priced else None,
            number=number,
            problem=problem,
            faulty_rows=len(rows) - len(found),
            looked_at=len(rows),
        )

    async def start(
        self, batch_id: int, *, most: int | None = None, confirmed_over_limit: bool = False
    ) -> None:
        """Send the unfinished rows, or the first `most`.

        While that is going on, it only lifts the day's limit when that is confirmed.
        """
        async with self._locks[batch_id]:
            await self._begin(batch_id, most, is_confirmed=confirmed_over_limit)

    async def pause(self, batch_id: int) -> None:
        """Send no further rows; those that run go on to their end."""
        async with self._locks[batch_id]:
            if (feed := self._feeds.get(batch_id)) is not None:
                feed.pause(PauseReason.ASKED)

    async def stop(self, batch_id: int) -> None:
        """Send no further rows and stop those that run.

        Returns when all is recorded, or could not be for now: then it is tried again.
        """
        async with self._locks[batch_id]:
            if (feed := self._feeds.get(batch_id)) is not None:
                await feed.stop()

    async def retry_failed(self, batch_id: int, *, confirmed_over_limit: bool = False) -> None:
        """Send again the rows that failed or were skipped, and go on with those that are left."""
        states = (RowState.FAILED, RowState.SKIPPED)
        async with self._locks[batch_id]:
            if (feed := self._feeds.get(batch_id)) is not None:
                await feed.plan_again(states)
            else:
                await self._parts.store.plan_again(batch_id, states)
            await self._begin(batch_id, None, is_confirmed=confirmed_over_limit)

    async def _begin(self, batch_id: int, most: int | None, *, is_confirmed: bool) -> None:
        feed = self._feeds.get(batch_id)
        if feed is None:
            batch, progress = await self.get(batch_id), await self.progress(batch_id)
            feed = BatchFeed(self._parts, batch, progress.counts, progress.cost)
            self._feeds[batch_id] = feed
            work = self._work(feed)
            self._works[batch_id] = self._parts.background.start(work, f"batch-{batch_id}")
        feed.begin(most=most, is_confirmed=is_confirmed)

    async def _work(self, feed: BatchFeed) -> None:
        try:
            await feed.run()
        finally:
            del self._feeds[feed.batch.id], self._works[feed.batch.id]

    async def _preview_of(self, batch: Batch, row: BatchRow) -> Preview:
        parts = self._parts
        try:
            form = form_of_row(batch, row.cells)
        except InputError as problem:
            return Preview(problem=problem)
        return await preview(
            form, parts.catalogue.find(form.model), parts.settings.current, parts.clock
        )

    def _noticed(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            feed = self._feeds.get(event.summary.group_id)
            if feed is not None:
                feed.note_end(event.summary)


def _row_of(row: TableRow) -> BatchRow:
    if row.problem is None:
        return BatchRow(row.number, row.cells)
    problem = problem_of_row(row.problem)
    return BatchRow(row.number, row.cells, RowState.SKIPPED, problem=problem)


def _for_all(estimates: Sequence[Estimate], rows: int) -> Estimate:
    """Return the price of `rows` rows like these."""

    def scaled(units: Sequence[int | None]) -> int | None:
        known = [each for each in units if each is not None]
        return sum(known) * rows // len(known) if len(known) == len(units) else None

    return Estimate(
        scaled([each.prompt_tokens for each in estimates]) or 0,
        scaled([each.likely_units for each in estimates]),
        scaled([each.at_most_units for each in estimates]),
    )
