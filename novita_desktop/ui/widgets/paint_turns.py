"""Lets panes that stream at the same time paint one after the other, never all at once."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from shiboken6 import isValid

# Between two turns the window answers keys and paints what the last turn changed.
_PAUSE_MS: Final = 1


class PaintTurns(QObject):
    """One timer for all panes; it rests when no pane waits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._due: dict[QObject, tuple[float, Callable[[], None]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._give_turn)

    @property
    def is_resting(self) -> bool:
        """Whether no pane waits, and so no timer runs."""
        return not self._timer.isActive()

    def ask(self, pane: QObject, turn: Callable[[], None], due: float) -> None:
        """Call `turn` once, not before the monotonic time `due`; a later call replaces this one."""
        self._due[pane] = (due, turn)
        self._arm(0)

    def leave(self, pane: QObject) -> None:
        """Forget the turn that `pane` waits for."""
        self._due.pop(pane, None)
        if not self._due:
            self._timer.stop()

    def _give_turn(self) -> None:
        now = perf_counter()
        pane, (due, turn) = min(self._due.items(), key=lambda item: item[1][0])
        if due <= now:
            del self._due[pane]
            try:
                if isValid(pane):
                    turn()
            finally:
                self._arm(_PAUSE_MS)
        else:
            self._arm(_PAUSE_MS)

    def _arm(self, least_ms: int) -> None:
        if not self._due:
            return
        due = min(due for due, _ in self._due.values())
        self._timer.start(max(least_ms, round(1000 * (due - perf_counter()))))


def shared_turns() -> PaintTurns:
    """Return the turns that all panes of the running application share."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("There is no application yet.")
    turns = application.findChild(PaintTurns, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return turns if isinstance(turns, PaintTurns) else PaintTurns(application)
