"""Writes what happens to runs, and goes on in memory while nothing can be written.

A full disk must not cost an answer that is being paid for: progress that cannot be stored stays
in memory, trouble is reported, and ends that could not be stored are tried again until they can.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from novita_desktop.domain.errors import NovitaDesktopError, StorageError
from novita_desktop.domain.runs import RunDetail, RunEnd, RunProgress, RunStatus, RunSummary
from novita_desktop.services.background import Background
from novita_desktop.services.live_run import LiveRun
from novita_desktop.services.private_runs import RunKeeper
from novita_desktop.services.run_ends import summary_with

PROGRESS_SECONDS = 0.5
"""Words are stored this long after they arrive; the store adds up to 0.25 s, so within one."""

TOGETHER_SHARE = 0.2
"""Words that would be stored so soon after others, as a share of that time, go with them."""

REPEAT_SECONDS = 5.0
"""How soon ends that could not be stored are tried again."""


class RunRecorder:
    """Records runs on the engine's loop. Only `finish` waits for the disk.

    `report` is told of every failure to store; it decides how often the person hears of it.
    """

    def __init__(
        self,
        keeper: RunKeeper,
        background: Background,
        report: Callable[[NovitaDesktopError], None],
        *,
        progress_seconds: float = PROGRESS_SECONDS,
        repeat_seconds: float = REPEAT_SECONDS,
    ) -> None:
        self._keeper = keeper
        self._background = background
        self._report = report
        self._progress_seconds = progress_seconds
        self._repeat_seconds = repeat_seconds
        self._changed: dict[int, tuple[LiveRun, float]] = {}
        self._statuses: dict[int, RunStatus] = {}
        self._progress_timer: asyncio.TimerHandle | None = None
        self._unsaved: dict[int, LiveRun] = {}
        self._repeating: asyncio.Task[None] | None = None

    def note_status(self, run: LiveRun, status: RunStatus) -> None:
        """Have stored what an unfinished run does now, unless it is over within half a second."""
        self._statuses[run.id] = status
        self.note_growth(run)

    def note_growth(self, run: LiveRun) -> None:
        """Have the words that just arrived stored within a second."""
        if run.id in self._changed:
            return
        loop = asyncio.get_running_loop()
        self._changed[run.id] = (run, loop.time() + self._progress_seconds)
        if self._progress_timer is None:
            self._progress_timer = loop.call_later(self._progress_seconds, self._save_due)

    def note_attempt(self, run: LiveRun) -> None:
        """Record the run's last attempt; nobody waits for it."""
        attempt = run.attempts[-1]
        self._background.start(
            self._keeper.add_attempt(run.id, attempt), f"attempt-{run.id}-{attempt.number}"
        )

    async def finish(self, run: LiveRun, end: RunEnd) -> RunSummary:
        """Record how a run ended and return its summary; never raises StorageError.

        When it cannot be stored, the summary says what would be stored, and the end is tried
        again until it can be.
        """
        run.end = end
        self._changed.pop(run.id, None)
        self._statuses.pop(run.id, None)
        try:
            return await self._written(run, end)
        except StorageError as error:
            self._report(error)
            run.summary = summary_with(run.summary, end, len(run.attempts))
            self._unsaved[run.id] = run
            if self._repeating is None:
                self._repeating = self._background.start(self._repeat(), "unsaved-runs")
            return run.summary

    def unsaved_detail(self, run_id: int) -> RunDetail | None:
        """Return a run that is over but could not be stored yet, None for any other."""
        run = self._unsaved.get(run_id)
        return run.detail() if run else None

    @property
    def unsaved_count(self) -> int:
        """How many ended runs could not be stored yet."""
        return len(self._unsaved)

    async def close(self) -> None:
        """Try the last time to store what could not be stored."""
        if self._progress_timer is not None:
            self._progress_timer.cancel()
            self._progress_timer = None
        if self._repeating is not None:
            self._repeating.cancel()
        await self._save_unsaved()

    async def _written(self, run: LiveRun, end: RunEnd) -> RunSummary:
        last = run.attempts[-1] if run.attempts else None
        return await self._keeper.finish(run.id, end, last)

    def _save_due(self) -> None:
        """Store the runs that changed first; the others wait until it is their time."""
        self._progress_timer = None
        loop = asyncio.get_running_loop()
        soon = loop.time() + self._progress_seconds * TOGETHER_SHARE
        due = [run for run, moment in self._changed.values() if moment <= soon]
        for run in due:
            del self._changed[run.id]
        if self._changed:
            _, moment = next(iter(self._changed.values()))
            self._progress_timer = loop.call_at(moment, self._save_due)
        self._background.start(self._save_progress(due), "progress")

    async def _save_progress(self, runs: Sequence[LiveRun]) -> None:
        progress = [
            RunProgress(
                run.id,
                self._statuses.get(run.id, RunStatus.QUEUED),
                str(run.text),
                str(run.reasoning),
                run.attempt_so_far(),
            )
            for run in runs
        ]
        try:
            await self._keeper.save_progress(progress)
        except StorageError as error:
            self._report(error)

    async def _repeat(self) -> None:
        while self._unsaved:
            await asyncio.sleep(self._repeat_seconds)
            await self._save_unsaved()
        self._repeating = None

    async def _save_unsaved(self) -> None:
        for run in tuple(self._unsaved.values()):
            if run.end is None:
                continue
            try:
                for attempt in run.attempts[:-1]:
                    await self._keeper.add_attempt(run.id, attempt)
                await self._written(run, run.end)
            except StorageError as error:
                self._report(error)
                return
            self._unsaved.pop(run.id, None)
