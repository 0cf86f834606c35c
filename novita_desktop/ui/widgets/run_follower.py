"""Follows one run: first what it has so far, then what comes, at most once a frame."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.events import (
    Event,
    RunEnded,
    RunGrew,
    RunPhaseChanged,
    RunRestarted,
)
from novita_desktop.services.live_run import LiveSnapshot
from novita_desktop.services.whole_answers import text_before
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.run_progress import RunProgress

FRAME_MS = 33


@record(frozen=True, slots=True)
class _Joined:
    """A run as it was when its events began to be collected; `before` is what it continues."""

    run: LiveSnapshot | RunDetail
    before: str
    stop: Callable[[], None]


class RunFollower(QObject):
    """Tells of one run: `began` with what it has so far, `ended` with everything.

    Snapshot and listening begin in one step on the engine's loop, so that nothing is missed and
    nothing comes twice.
    """

    began = Signal(str, str)
    grew = Signal(str, str)
    progressed = Signal()
    ended = Signal(object, str)

    _something_waits = Signal()

    def __init__(self, bridge: Bridge, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tasks = tasks
        self._lock = threading.Lock()
        self._waiting: list[Event] = []
        self._workspace: Workspace | None = None
        self._joined: _Joined | None = None
        self._turn = 0
        self.run_id: int | None = None
        self.request_body = ""
        self.progress = RunProgress()
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._deliver)
        self._something_waits.connect(self._begin_frame, Qt.ConnectionType.QueuedConnection)

    @property
    def is_live(self) -> bool:
        """Whether the followed run goes on."""
        return self.run_id is not None and not self.progress.is_over

    def follow(self, workspace: Workspace, summary: RunSummary) -> None:
        """Follow a run that was just submitted to `workspace`."""
        self._start(workspace, summary.id)
        self.progress = RunProgress.begun(time.monotonic())
        self.progressed.emit()

    def show(self, workspace: Workspace, run_id: int) -> None:
        """Show any run of `workspace`, whether it goes on or is over."""
        self._start(workspace, run_id)

    def leave(self) -> None:
        """Follow nothing."""
        self._turn += 1
        if self._joined is not None:
            self._joined.stop()
        self._joined, self.run_id = None, None
        self._frame.stop()
        with self._lock:
            self._waiting.clear()

    def _start(self, workspace: Workspace, run_id: int) -> None:
        self.leave()
        self._workspace, self.run_id = workspace, run_id
        self._tasks.start(self._join(workspace, run_id, self._turn))

    async def _join(self, workspace: Workspace, run_id: int, turn: int) -> None:
        joined_run = await self._bridge.call(self._begin(workspace, run_id))
        if turn != self._turn:
            joined_run.stop()
            return
        self._joined = joined_run
        run = joined_run.run
        self.request_body = run.request_body
        if isinstance(run, LiveSnapshot):
            self._take_snapshot(run)
            self.began.emit(joined_run.before + run.text, run.reasoning)
            self.progressed.emit()
            self._begin_frame()
        else:
            self._end(run)

    async def _begin(self, workspace: Workspace, run_id: int) -> _Joined:
        """Take the snapshot and listen from that moment on. Runs in the engine."""
        snapshot = workspace.runs.snapshot(run_id)
        if snapshot is None:
            detail = await workspace.runs.detail(run_id)
            before = await text_before(workspace.runs, detail.summary)
            return _Joined(detail, before, lambda: None)

        def take(event: Event) -> None:
            if _run_of(event) == run_id:
                self._take(event)

        stop = workspace.events.listen(take)
        before = await text_before(workspace.runs, snapshot.summary)
        return _Joined(snapshot, before, stop)

    def _take(self, event: Event) -> None:
        """Keep an event for the next frame. Runs in the engine's thread."""
        with self._lock:
            is_first = not self._waiting
            self._waiting.append(event)
        if is_first:
            self._something_waits.emit()

    def _begin_frame(self) -> None:
        if self._joined is not None and not self._frame.isActive():
            self._frame.start()

    def _deliver(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        now = time.monotonic()
        for event in batch:
            match event:
                case RunGrew():
                    self.progress.take_text(event, now)
                    self.grew.emit(event.text, event.reasoning)
                case RunPhaseChanged():
                    self.progress.take_phase(event, now)
                case RunRestarted():
                    self.progress.restart()
                    self.began.emit(self._joined.before if self._joined else "", "")
                case RunEnded(summary):
                    self._tasks.start(self._finish(summary.id, self._turn))
        if batch:
            self.progressed.emit()

    async def _finish(self, run_id: int, turn: int) -> None:
        if self._workspace is None:
            return
        detail = await self._bridge.call(self._workspace.runs.detail(run_id))
        if turn == self._turn:
            self._end(detail)

    def _end(self, detail: RunDetail) -> None:
        before = self._joined.before if self._joined else ""
        if self._joined is not None:
            self._joined.stop()
        self.progress.end(detail.summary)
        self.request_body = detail.request_body
        self.progressed.emit()
        self.ended.emit(detail, before + detail.text)

    def _take_snapshot(self, snapshot: LiveSnapshot) -> None:
        now = time.monotonic()
        progress = RunProgress.begun(now - snapshot.phase_seconds)
        event = RunPhaseChanged(
            snapshot.summary.id,
            snapshot.phase,
            snapshot.attempt,
            snapshot.attempts_allowed,
            snapshot.wait_seconds,
            snapshot.error_code,
        )
        progress.take_phase(event, now - snapshot.phase_seconds)
        if snapshot.text or snapshot.reasoning:
            grown = RunGrew(snapshot.summary.id, snapshot.text, snapshot.reasoning)
            progress.take_text(grown, now)
        self.progress = progress


def _run_of(event: Event) -> int | None:
    match event:
        case RunGrew(run_id) | RunRestarted(run_id) | RunPhaseChanged(run_id):
            return run_id
        case RunEnded(summary):
            return summary.id
        case _:
            return None
