"""The engine's door: call it and await, and its events as Qt signals, once a frame."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from novita_desktop.engine import Engine
from novita_desktop.services import events
from novita_desktop.services.events import Event, Events, RunGrew

FRAME_MS = 33
T = TypeVar("T")


class Bridge(QObject):
    """Passes calls into the engine's thread, and its events out of it.

    Events wait in a list and are delivered together at most once a frame; what an answer grew by
    within a frame is joined. No timer runs while nothing happens.
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
    spending_changed = Signal(object)
    trouble_reported = Signal(object)

    _something_waits = Signal()

    def __init__(self, engine: Engine, told_by: Events, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._lock = threading.Lock()
        self._waiting: list[Event] = []
        self._signals = {
            events.RunAdded: self.run_added,
            events.RunPhaseChanged: self.run_phase_changed,
            events.RunGrew: self.run_grew,
            events.RunRestarted: self.run_restarted,
            events.RunEnded: self.run_ended,
            events.QueueChanged: self.queue_changed,
            events.AccountChanged: self.account_changed,
            events.CatalogueChanged: self.catalogue_changed,
            events.SettingsChanged: self.settings_changed,
            events.SpendingChanged: self.spending_changed,
            events.TroubleReported: self.trouble_reported,
        }
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._deliver)
        self._something_waits.connect(self._begin_frame, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = told_by.listen(self._take)

    async def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` in the engine and return its result; cancelling this cancels it there."""
        return await asyncio.wrap_future(self._engine.submit(work))

    def close(self) -> None:
        """Deliver what waits, and listen no more."""
        self._stop_listening()
        self._frame.stop()
        self._deliver()

    def _take(self, event: Event) -> None:
        """Keep an event for the next frame. Runs in the engine's thread."""
        with self._lock:
            is_first = not self._waiting
            self._waiting.append(event)
        if is_first:
            self._something_waits.emit()

    def _begin_frame(self) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _deliver(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        for event in joined(batch):
            self._signals[type(event)].emit(event)


def joined(batch: list[Event]) -> list[Event]:
    """Return the events in order, with neighbouring growth of the same run as one event."""
    result: list[Event] = []
    last_growth: dict[int, int] = {}
    for event in batch:
        if not isinstance(event, RunGrew):
            last_growth.clear()
            result.append(event)
            continue
        place = last_growth.get(event.run_id)
        earlier = result[place] if place is not None else None
        if place is None or not isinstance(earlier, RunGrew):
            last_growth[event.run_id] = len(result)
            result.append(event)
        else:
            result[place] = replace(
                earlier,
                text=earlier.text + event.text,
                reasoning=earlier.reasoning + event.reasoning,
            )
    return result
