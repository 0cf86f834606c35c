"""Feeds a batch's rows to the run path, a few at a time, and notes what becomes of each.

A feed goes through the rows in the table's order, each unfinished one once, until it is begun anew.
What cannot be stored is kept and tried again, and meanwhile nothing further is sent.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
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
from novita_desktop.domain.errors import (
    DailyLimitReached,
    InputError,
    KeyMissing,
    KeyRefused,
    NoCredit,
    NotConnected,
    StorageError,
)
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
from novita_desktop.services.run_recorder import REPEAT_SECONDS
from novita_desktop.services.runs import RunService
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.batch_store import BatchStore, RowChange

MOST_FED: Final = 2 * MOST_BACKGROUND_RUNS
"""So many rows are runs that are not over: enough to keep every slot busy, and few to hold."""

HANDFUL: Final = 16
"""Rows are read and sent so many together, at least."""

TELL_SECONDS: Final = 0.25
"""Changes within this time are told as one."""


ACCOUNT_REFUSALS: Final = frozenset({KeyMissing.code, KeyRefused.code, NoCredit.code})
"""With these the host takes no request at all: the rows that are left would only fail as well."""


@record(frozen=True, slots=True)
class BatchParts:
    """What batches are made of; what cannot be stored is tried again every `repeat_seconds`."""

    store: BatchStore
    runs: RunService
    catalogue: CatalogueService
    settings: SettingsService
    background: Background
    events: Events
    clock: Clock
    repeat_seconds: float = REPEAT_SECONDS


class BatchFeed:
    """One batch at work, from `begin` until nothing of it runs and all is stored.

    Lives on the engine's loop. What it counts is what the data file says once all is stored.
    """

    def __init__(
        self, parts: BatchParts, batch: Batch, counts: Mapping[RowState, int], cost: Cost | None
    ) -> None:
        self.batch = batch
        self._parts = parts
        self._counts = Counter(counts)
        self._cost = cost
        self._state = batch.state
        self._reason = batch.pause_reason
        self._pace = BatchPace()
        self._most: int | None = None
        self._is_confirmed = False
        self._is_stopping = False
        self._begins_anew = False
        self._after = 0
        self._running: dict[int, int] = {}
        self._submitting = 0
        self._ended_early: dict[int, RunSummary] = {}
        self._unsaved: dict[int, RowChange] = {}
        self._is_state_saved = True
        self._changed = asyncio.Event()
        self._rested = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None

    @property
    def progress(self) -> BatchProgress:
        """How far the batch is."""
        now = self._parts.clock.monotonic()
        left = sum(self._counts[state] for state in (*UNFINISHED, RowState.RUNNING))
        is_running = self._state is BatchState.RUNNING
        return BatchProgress(
            batch_id=self.batch.id,
            state=self._state,
            counts=dict(+self._counts),
            cost=self._cost,
            rows_per_second=self._pace.rows_per_second(now) if is_running else None,
            seconds_left=self._pace.seconds_left(now, left) if is_running else None,
            pause_reason=self._reason,
        )

    def begin(self, *, most: int | None = None, is_confirmed: bool = False) -> None:
        """Send the unfinished rows, or the first `most`, from the start of the table.

        While that is going on, this only takes note that the day's limit may be passed.
        """
        if self._state is BatchState.RUNNING:
            self._is_confirmed = self._is_confirmed or is_confirmed
            return
        self._most, self._is_confirmed = most, is_confirmed
        self._is_stopping = False
        self._begins_anew = True
        self._rested.clear()
        self._pace.begin(self._parts.clock.monotonic())
        self._become(BatchState.RUNNING, None)

    async def run(self) -> None:
        """Send rows until none is left, `most` were sent, or the batch is paused.

        Returns when the last of them is over and everything is stored.
        """
        try:
            await self._work()
        except Exception:
            self.pause(PauseReason.ENDED)
            await self._save()
            raise
        finally:
            self._rested.set()
            if self._telling is not None:
                self._tell()  # what changed last, at once

    def pause(self, reason: PauseReason) -> None:
        """Send no further rows; those that run go on to their end."""
        if self._state is BatchState.RUNNING:
            self._become(BatchState.PAUSED, reason)

    async def stop(self) -> None:
        """Send no further rows, and stop those that run; what arrived is kept.

        Returns when that is stored, or could not be for now.
        """
        self._is_stopping = True
        self.pause(PauseReason.ASKED)
        await asyncio.gather(*map(self._parts.runs.stop, tuple(self._running)))
        await self._rested.wait()

    async def plan_again(self, states: Sequence[RowState]) -> None:
        """Plan the rows in these states anew. Raises StorageError."""
        moved = await self._parts.store.plan_again(self.batch.id, states)
        for state, count in moved.items():
            self._counts[state] -= count
            self._counts[RowState.PLANNED] += count
        self._begins_anew = True
        self._changed.set()
        self._tell()

    def note_end(self, summary: RunSummary) -> None:
        """Note that a run of this batch's group is over."""
        number = self._running.pop(summary.id, None)
        if number is not None:
            self._end_row(number, summary)
        elif self._submitting:
            self._ended_early[summary.id] = summary

    async def _work(self) -> None:
        while True:
            self._changed.clear()
            await self._save()
            await self._feed()
            if not self._running and not self._is_beginning:
                self._rest()
                await self._save()
                if self._state is not BatchState.RUNNING:
                    self._rested.set()
                    if self._is_saved:
                        return
            await self._wait()

    async def _wait(self) -> None:
        """Wait until something changes, or until it is time to store again what could not be."""
        seconds = None if self._is_saved else self._parts.repeat_seconds
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    @property
    def _is_beginning(self) -> bool:
        return self._begins_anew and self._state is BatchState.RUNNING

    @property
    def _is_saved(self) -> bool:
        return self._is_state_saved and not self._unsaved

    def _rest(self) -> None:
        """Nothing runs and nothing will be sent: say whether that is the end."""
        if not any(self._counts[state] for state in UNFINISHED):
            if self._state is not BatchState.DONE:
                self._become(BatchState.DONE, None)
        elif self._state is BatchState.RUNNING:  # some were stopped one by one
            self._become(BatchState.PAUSED, PauseReason.ASKED)

    async def _save(self) -> None:
        """Have stored what changed; what cannot be is kept, and the batch pauses."""
        if self._is_saved:
            return
        changes, self._unsaved = self._unsaved, {}
        self._is_state_saved = True
        try:
            await self._parts.store.note(
                self.batch.id, self._state, self._reason, tuple(changes.values())
            )
        except StorageError as error:
            self._unsaved = {**changes, **self._unsaved}
            self._is_state_saved = False
            self._fail(error)

    def _fail(self, error: StorageError) -> None:
        self._parts.background.report(error)
        self.pause(PauseReason.NOT_STORED)

    async def _feed(self) -> None:
        """Send rows while there is room for a handful and all is stored that must be."""
        while self._state is BatchState.RUNNING and self._most != 0:
            room = MOST_FED - len(self._running)
            if room < HANDFUL:
                break
            if self._begins_anew:
                self._begins_anew, self._after = False, 0
            rows = await self._next_rows(room if self._most is None else min(room, self._most))
            if not rows:
                break
            self._after = rows[-1].number
            if self._most is not None:
                self._most -= len(rows)
            await self._send(rows)
            await self._save()
        if self._most == 0:
            self.pause(PauseReason.TRIED)

    async def _next_rows(self, limit: int) -> list[BatchRow]:
        try:
            return await self._parts.store.unfinished(self.batch.id, self._after, limit)
        except StorageError as error:
            self._fail(error)
            return []

    async def _send(self, rows: Sequence[BatchRow]) -> None:
        """Send these rows; the first is asked whether the day's limit is reached."""
        due: list[tuple[BatchRow, RunRequest]] = []
        for row in rows:
            try:
                due.append((row, self._request(row)))
            except InputError as error:
                problem = f"{error.field} {error.problem}"
                self._change(row.state, RowChange(row.number, RowState.SKIPPED, problem=problem))
            await asyncio.sleep(0)  # the engine's loop streams answers meanwhile
        if due:
            await self._submit(*due[0], is_confirmed=self._is_confirmed)
            await asyncio.gather(*(self._submit(*each, is_confirmed=True) for each in due[1:]))

    def _request(self, row: BatchRow) -> RunRequest:
        form = form_of_row(self.batch, row.cells)
        parts = self._parts
        return request_of_form(
            form, parts.catalogue.find(form.model), parts.settings.current, parts.clock
        )

    async def _submit(self, row: BatchRow, request: RunRequest, *, is_confirmed: bool) -> None:
        """Send a row, unless the batch was paused meanwhile."""
        if self._state is not BatchState.RUNNING:
            return
        group = RunGroup(GroupKind.BATCH, self.batch.title, Lane.BACKGROUND, self.batch.id)
        self._submitting += 1
        try:
            summary = await self._parts.runs.submit(
                request, group, retry_of=row.run_id, confirmed_over_limit=is_confirmed
            )
            await self._note_run(row, summary.id)
        except DailyLimitReached:
            self.pause(PauseReason.LIMIT)
        except NotConnected:
            self.pause(PauseReason.NOT_CONNECTED)
        except StorageError as error:
            self._fail(error)
        finally:
            self._submitting -= 1
            if not self._submitting:
                self._ended_early.clear()

    async def _note_run(self, row: BatchRow, run_id: int) -> None:
        """Take note of a run that was just started, which may even be over."""
        self._running[run_id] = row.number
        self._count(row.state, RowState.RUNNING)
        if (ended := self._ended_early.pop(run_id, None)) is not None:
            self.note_end(ended)
            return
        try:
            # Given to the data file before the run's end is: a row never misses a run that is over.
            await self._parts.store.note_run(self.batch.id, row.number, run_id)
        except StorageError as error:
            if run_id in self._running:
                change = RowChange(row.number, RowState.RUNNING, run_id)
                self._unsaved.setdefault(row.number, change)
            self._fail(error)
        if self._is_stopping:
            await self._parts.runs.stop(run_id)

    def _end_row(self, number: int, summary: RunSummary) -> None:
        change = RowChange(number, state_after(summary.status), summary.id)
        self._change(RowState.RUNNING, change)
        self._pace.ended(self._parts.clock.monotonic())
        if summary.cost is not None:
            before = self._cost or Cost(0)
            self._cost = Cost(
                before.units + summary.cost.units, before.is_estimate or summary.cost.is_estimate
            )
        if summary.error_code in ACCOUNT_REFUSALS:
            self.pause(PauseReason.REFUSED)
        self._changed.set()

    def _change(self, before: RowState, change: RowChange) -> None:
        self._unsaved[change.number] = change
        self._count(before, change.state)

    def _count(self, before: RowState, after: RowState) -> None:
        self._counts[before] -= 1
        self._counts[after] += 1
        if self._telling is None:
            loop = asyncio.get_running_loop()
            self._telling = loop.call_later(TELL_SECONDS, self._tell)

    def _become(self, state: BatchState, reason: PauseReason | None) -> None:
        self._state, self._reason = state, reason
        self._is_state_saved = False
        self._changed.set()
        self._tell()

    def _tell(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
        self._telling = None
        self._parts.events.publish(BatchChanged(self.progress))
