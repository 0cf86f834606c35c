"""Reads the comparison in view again while runs of it begin and end."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from novita_desktop.services.events import RunAdded, RunEnded
from novita_desktop.ui.page_context import PageContext

PAUSE_MS = 200
"""Runs that begin or end within this time share one reading."""


class ComparisonWatch(QObject):
    """`changed` has the comparison as it is kept now."""

    changed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._watched: int | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        context.bridge.run_added.connect(self._take)
        context.bridge.run_ended.connect(self._take)

    def watch(self, comparison_id: int | None) -> None:
        """Watch this comparison from now on, or none.

        It is read once more soon: runs may have begun and ended before it was watched.
        """
        if comparison_id not in {None, self._watched}:
            self._pause.start()
        self._watched = comparison_id

    def _take(self, event: RunAdded | RunEnded) -> None:
        if event.summary.group_id == self._watched and not self._pause.isActive():
            self._pause.start()

    def _read(self) -> None:
        if self._watched is not None:
            self.context.tasks.start(self._tell(self.context, self._watched))

    async def _tell(self, context: PageContext, comparison_id: int) -> None:
        comparison = await context.bridge.call(context.workspace.comparisons.get(comparison_id))
        if comparison is not None and (context, comparison_id) == (self.context, self._watched):
            self.changed.emit(comparison)
