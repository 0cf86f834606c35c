"""How many runs go on, beside the page in the rail that they belong to."""

from __future__ import annotations

from PySide6.QtCore import QObject

from novita_desktop.domain.batches import BatchState, RowState
from novita_desktop.services.events import BatchChanged, RunAdded, RunEnded
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.main_window.page_book import BATCH, PROMPT
from novita_desktop.ui.rail import Rail


class RailCounts(QObject):
    """Counts batches at Batch, and every run that is no row of one at Prompt."""

    def __init__(self, rail: Rail, bridge: Bridge) -> None:
        super().__init__(rail)
        self._rail = rail
        self._batches: set[int] = set()
        self._others: set[int] = set()
        bridge.run_added.connect(self._take_added)
        bridge.run_ended.connect(self._take_ended)
        bridge.batch_changed.connect(self._take_batch)

    def _take_added(self, event: RunAdded) -> None:
        # A batch tells that it runs before its first row does.
        if event.summary.group_id not in self._batches:
            self._others.add(event.summary.id)
            self._show()

    def _take_ended(self, event: RunEnded) -> None:
        self._others.discard(event.summary.id)
        self._show()

    def _take_batch(self, event: BatchChanged) -> None:
        progress = event.progress
        if progress.state is BatchState.RUNNING or progress.count(RowState.RUNNING):
            self._batches.add(progress.batch_id)
        else:
            self._batches.discard(progress.batch_id)
        self._show()

    def _show(self) -> None:
        self._rail.set_count(PROMPT, len(self._others))
        self._rail.set_count(BATCH, len(self._batches))
