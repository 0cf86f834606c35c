"""The engine's door: call it and await, and its events as Qt signals, once a frame."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from novita_desktop.engine import Engine, EngineStopped
from novita_desktop.services.events import (
    AccountChanged,
    BatchChanged,
    CatalogueChanged,
    Event,
    Events,
    PresetsChanged,
    QueueChanged,
    RunAdded,
    RunEnded,
    RunGrew,
    RunPhaseChanged,
    RunRestarted,
    SettingsChanged,
    SpendingChanged,
    TroubleReported,
)

FRAME_MS = 33
"""Events are handed to the window at most once in this time."""

T = TypeVar("T")


class Bridge(QObject):
    """Brings calls to the engine's thread and events to the window's.

    Each signal carries the event of its name. Events arrive in order; what one run's answer grew
    by within a frame is one `RunGrew`. Without events there is no timer.
    """

    run_added = Signal(object)
    run_phase_changed = Signal(object)
    run_grew = Signal(object)
    run_restarted = Signal(object)
    run_ended = Signal(object)
    queue_changed = Signal(object)
    account_changed = Signal(object)
    catalogue_changed = Signal(object)
    settings_changed = Signal(object)
    presets_changed = Signal(object)
    batch_changed = Signal(object)
    spending_changed = Signal(object)
    trouble_reported = Signal(object)

    _arrived = Signal()

    def __init__(self, engine: Engine, events: Events, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._pending: deque[Event] = deque()
        self._is_told = False
        self._delivered_at = 0.0
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self.deliver)
        self._arrived.connect(self._plan_delivery, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = events.listen(self._collect)

    async def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on the engine's loop and return its result on the window's.

        Cancelling this cancels `work`. Once the engine has stopped the call counts as cancelled:
        whoever waits is about to close.
        """
        try:
            future = self._engine.submit(work)
        except EngineStopped:
            raise asyncio.CancelledError from None
        return await asyncio.wrap_future(future)

    def deliver(self) -> None:
        """Emit what has arrived since the last frame, for who cannot wait for the next."""
        self._frame.stop()
        self._delivered_at = time.monotonic()
        # Cleared first: an event that arrives from here on asks for a delivery of its own.
        self._is_told = False
        arrived = [self._pending.popleft() for _ in range(len(self._pending))]
        for event in merged(arrived):
            self._signal_for(event).emit(event)

    def follow(self, events: Events) -> None:
        """Deliver the events of another workspace from now on, after those that wait."""
        self._stop_listening()
        self.deliver()
        self._stop_listening = events.listen(self._collect)

    def close(self) -> None:
        """Stop listening, and deliver what has arrived."""
        self._stop_listening()
        self.deliver()

    def _collect(self, event: Event) -> None:
        """Keep `event`; called on the engine's thread."""
        self._pending.append(event)
        if not self._is_told:
            self._is_told = True
            self._arrived.emit()

    def _plan_delivery(self) -> None:
        if not self._frame.isActive():
            passed_ms = round((time.monotonic() - self._delivered_at) * 1_000)
            self._frame.start(min(max(FRAME_MS - passed_ms, 0), FRAME_MS))

    def _signal_for(self, event: Event) -> SignalInstance:
        match event:
            case RunGrew():
                return self.run_grew
            case RunAdded():
                return self.run_added
            case RunPhaseChanged():
                return self.run_phase_changed
            case RunRestarted():
                return self.run_restarted
            case RunEnded():
                return self.run_ended
            case _:
                return self._signal_for_state(event)

    def _signal_for_state(
        self,
        event: QueueChanged
        | AccountChanged
        | CatalogueChanged
        | SettingsChanged
        | PresetsChanged
        | SpendingChanged
        | BatchChanged
        | TroubleReported,
    ) -> SignalInstance:
        match event:
            case QueueChanged():
                return self.queue_changed
            case AccountChanged():
                return self.account_changed
            case CatalogueChanged():
                return self.catalogue_changed
            case SettingsChanged():
                return self.settings_changed
            case PresetsChanged():
                return self.presets_changed
            case SpendingChanged():
                return self.spending_changed
            case BatchChanged():
                return self.batch_changed
            case TroubleReported():
                return self.trouble_reported


def merged(events: Iterable[Event]) -> list[Event]:
    """Return `events` with each run's growth joined, as far as nothing else befell it between.

    Of several states of the queue, or of the spending, only the last stays.
    """
    groups: list[list[Event]] = []
    joinable: dict[object, list[Event]] = {}
    for event in events:
        match event:
            case RunGrew(run_id):
                key: object = run_id
            case QueueChanged() | SpendingChanged():
                key = type(event)
            case _:
                joinable.pop(_run_id(event), None)
                groups.append([event])
                continue
        if key in joinable:
            joinable[key].append(event)
        else:
            joinable[key] = [event]
            groups.append(joinable[key])
    return [_joined(group) for group in groups]


def _joined(group: list[Event]) -> Event:
    last = group[-1]
    if not isinstance(last, RunGrew) or len(group) == 1:
        return last
    grown = [event for event in group if isinstance(event, RunGrew)]
    return RunGrew(
        last.run_id,
        "".join(event.text for event in grown),
        "".join(event.reasoning for event in grown),
    )


def _run_id(event: Event) -> int | None:
    match event:
        case RunAdded(summary) | RunEnded(summary):
            return summary.id
        case RunPhaseChanged(run_id) | RunRestarted(run_id):
            return run_id
        case _:
            return None
