"""Feeds a batch's rows to the run path, a few at a time, and notes what becomes of each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from novita_desktop.domain.batches import (
    UNFINISHED,
    Batch,
    BatchProgress,
    BatchRow,
    BatchState,
    PauseReason,
    RowState,
    form_of_row,
    state_after,
)
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import DailyLimitReached, InputError, NotConnected, StorageError
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane, RunRequest
from novita_desktop.domain.runs import GroupKind, RunGroup, RunSummary
from novita_desktop.services.background import Background
from novita_desktop.services.batch_pace import BatchPace
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import BatchChanged, Events
from novita_desktop.services.preview import request_of_form
from novita_desktop.services.run_queue import MOST_BACKGROUND_RUNS
from novita_desktop.services.runs import RunService
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.batch_store import BatchStore, RowEnd

MOST_FED: Final = 2 * MOST_BACKGROUND_RUNS
"""So many rows are runs that are not over: enough to keep every slot busy, and few to hold."""

HANDFUL: Final = 16
"""Rows are read and recorded so many together."""

TELL_SECONDS: Final = 0.25
"""Changes within this time are told as one."""


@record(frozen=True, slots=True)
class BatchParts:
    """What batches are made of."""

    store: BatchStore
    runs: RunService
    catalogue: CatalogueService
    settings: SettingsService
    background: Background
    events: Events
    clock: Clock


class BatchFeed:
    """One batch at work. `over` is told once nothing of it runs or will be sent any more.

    Lives on the engine's loop. Rows that are being run when it is paused run to their end.
    """

    def __init__(
        self,
        parts: BatchParts,
        batch: Batch,
        counts: Mapping[RowState, int],
        cost: Cost | None,
        over: Callable[[], None],
    ) -> None:
        self.batch = batch
        self._parts = parts
        self._counts = Counter(counts)
        self._cost = cost
        self._over = over
        self._pace = BatchPace()
        self._running: dict[int, int] = {}
        self._ended_early: dict[int, RunSummary] = {}
        self._ends: list[RowEnd] = []
        self._changed = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None
        self._most: int | None = None
        self._is_confirmed = False
        self._state = batch.state
        self._reason = batch.pause_reason

    @property
    def progress(self) -> BatchProgress:
        """How far the batch is."""
        now = self._parts.clock.monotonic()
        left = sum(self._counts[state] for state in (*UNFINISHED, RowState.RUNNING))
        is_running = self._state is BatchState.RUNNING
        return BatchProgress(
            batch_id=self.batch.id,
            state=self._state,
            counts=dict(self._counts),
            cost=self._cost,
            rows_per_second=self._pace.rows_per_second(now) if is_running else None,
            seconds_left=self._pace.seconds_left(now, left) if is_running else None,
            pause_reason=self._reason,
        )

    async def run(self, *, most: int | None = None, is_confirmed: bool = False) -> None:
        """Send rows until none is left, `most` were sent, or the batch is paused.

        Returns when the last of them is over.
        """
        self._most, self._is_confirmed = most, is_confirmed
        self._pace.begin(self._parts.clock.monotonic())
        await self._become(BatchState.RUNNING, None)
        try:
            await self._work()
        except StorageError:
            self._state, self._reason = BatchState.PAUSED, PauseReason.ENDED
            raise
        finally:
            self._over()
            self._tell()

    async def pause(self, reason: PauseReason) -> None:
        """Send no further rows."""
        if self._state is BatchState.RUNNING:
            await self._become(BatchState.PAUSED, reason)
            self._changed.set()

    async def stop(self) -> None:
        """Send no further rows, and stop those that run; what arrived is kept."""
        await self.pause(PauseReason.ASKED)
        await asyncio.gather(*map(self._parts.runs.stop, tuple(self._running)))

    def note_end(self, summary: RunSummary) -> None:
        """Note that a run of this batch is over."""
        number = self._running.pop(summary.id, None)
        if number is None:
            self._ended_early[summary.id] = summary
        else:
            self._end_row(number, summary)

    async def _work(self) -> None:
        while True:
            await self._feed()
            if not self._running and not self._ends:
                break
            if not self._ends:
                await self._changed.wait()
            self._changed.clear()
            await self._store_ends()
        if self._state is BatchState.RUNNING:
            await self._become(BatchState.DONE, None)

    async def _feed(self) -> None:
        """Send rows while there is room for a handful."""
        while self._state is BatchState.RUNNING and self._most != 0:
            room = MOST_FED - len(self._running)
            if room < HANDFUL:
                break
            rows = await self._parts.store.unfinished(
                self.batch.id, room if self._most is None else min(room, self._most)
            )
            if not rows:
                break
            if self._most is not None:
                self._most -= len(rows)
            await self._send(rows)
        if self._most == 0:
            await self.pause(PauseReason.TRIED)

    async def _send(self, rows: Sequence[BatchRow]) -> None:
        """Send these rows; the first is asked whether the day's limit is reached."""
        due: list[tuple[BatchRow, RunRequest]] = []
        for row in rows:
            try:
                due.append((row, self._request(row)))
            except InputError as error:
                problem = f"{error.field} {error.problem}"
                self._count(row.state, RowState.SKIPPED)
                self._ends.append(RowEnd(row.number, RowState.SKIPPED, problem))
        await self._store_ends()
        if not due:
            return
        try:
            await self._submit(*due[0], is_confirmed=self._is_confirmed)
        except DailyLimitReached:
            await self.pause(PauseReason.LIMIT)
        except NotConnected:
            await self.pause(PauseReason.NOT_CONNECTED)
        else:
            await asyncio.gather(*(self._submit(*each, is_confirmed=True) for each in due[1:]))

    def _request(self, row: BatchRow) -> RunRequest:
        form = form_of_row(self.batch, row.cells)
        parts = self._parts
        return request_of_form(
            form, parts.catalogue.find(form.model), parts.settings.current, parts.clock
        )

    async def _submit(self, row: BatchRow, request: RunRequest, *, is_confirmed: bool) -> None:
        group = RunGroup(GroupKind.BATCH, self.batch.title, Lane.BACKGROUND, self.batch.id)
        summary = await self._parts.runs.submit(
            request, group, retry_of=row.run_id, confirmed_over_limit=is_confirmed
        )
        self._running[summary.id] = row.number
        self._count(row.state, RowState.RUNNING)
        await self._parts.store.set_run(self.batch.id, row.number, summary.id)
        if (ended := self._ended_early.pop(summary.id, None)) is not None:
            self.note_end(ended)

    def _end_row(self, number: int, summary: RunSummary) -> None:
        state = state_after(summary.status)
        self._count(RowState.RUNNING, state)
        self._ends.append(RowEnd(number, state))
        self._pace.ended(self._parts.clock.monotonic())
        if summary.cost is not None:
            before = self._cost or Cost(0)
            self._cost = Cost(
                before.units + summary.cost.units, before.is_estimate or summary.cost.is_estimate
            )
        self._changed.set()

    async def _store_ends(self) -> None:
        ends, self._ends = self._ends, []
        if ends:
            await self._parts.store.end_rows(self.batch.id, ends)

    def _count(self, before: RowState, after: RowState) -> None:
        self._counts[before] -= 1
        self._counts[after] += 1
        if self._telling is None:
            loop = asyncio.get_running_loop()
            self._telling = loop.call_later(TELL_SECONDS, self._tell)

    async def _become(self, state: BatchState, reason: PauseReason | None) -> None:
        self._state, self._reason = state, reason
        await self._parts.store.set_state(self.batch.id, state, reason)
        self._tell()

    def _tell(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
        self._telling = None
        self._parts.events.publish(BatchChanged(self.progress))
