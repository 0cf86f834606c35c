"""How many runs go on, beside the page in the rail that they belong to."""

from __future__ import annotations

from PySide6.QtCore import QObject

from novita_desktop.domain.batches import BatchState, RowState
from novita_desktop.services.events import BatchChanged
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.main_window.page_book import BATCH, PROMPT
from novita_desktop.ui.rail import Rail
from novita_desktop.ui.session_state import SessionState


class RailCounts(QObject):
    """Counts batches at Batch, and every other run at Prompt."""

    def __init__(self, rail: Rail, state: SessionState, bridge: Bridge) -> None:
        super().__init__(rail)
        self._rail, self._state = rail, state
        self._rows: dict[int, int] = {}
        state.queue_changed.connect(self._show)
        bridge.batch_changed.connect(self._take)

    def _take(self, event: BatchChanged) -> None:
        progress = event.progress
        count = progress.count(RowState.RUNNING)
        if progress.state is BatchState.RUNNING or count:
            self._rows[progress.batch_id] = count
        else:
            self._rows.pop(progress.batch_id, None)
        self._show()

    def _show(self) -> None:
        queue = self._state.queue
        others = queue.running + queue.waiting - sum(self._rows.values())
        self._rail.set_count(PROMPT, max(others, 0))
        self._rail.set_count(BATCH, len(self._rows))
