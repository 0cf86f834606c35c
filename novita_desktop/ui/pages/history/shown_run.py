"""The panel side of the History page: what is chosen in the list, in full, also while it goes on."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.runs import GroupSummary, ListedRuns, RunDetail, RunSummary
from novita_desktop.services.events import RunEnded, RunPhaseChanged
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tables.history_words import HistoryWords
from novita_desktop.ui.widgets.run_detail_panel import RunDetailPanel
from novita_desktop.ui.widgets.run_follower import RunFollower
from novita_desktop.ui.widgets.run_group_panel import RunGroupPanel

FRAME_SECONDS = 0.017
"""How long the panels wait for the list to be drawn, which a person waits for."""


class ShownRun(QStackedWidget):
    """Shows one row's run, or what the runs of a group come to.

    `run_id` and `group` are what is shown; `run_pressed` asks for another run of the family. Its
    panels are `built` once there is something to show, a frame after the list: that comes first.
    """

    run_pressed = Signal(int)
    built = Signal()

    def __init__(
        self, context: PageContext, words: HistoryWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.run_id: int | None = None
        self.group: GroupSummary | None = None
        self.detail: RunDetail | None = None
        self._words = words
        self._waiting: ListedRuns | None = None
        self._is_built = self._is_building = False

    def _build(self) -> None:
        context = self.context
        self.panel = RunDetailPanel(context.icons, context.theme, context.tasks, self)
        self.panel.origin_pressed.connect(self.run_pressed)
        self.panel.compared.connect(self._compare)
        self.group_panel = RunGroupPanel(context.icons, self)
        self.addWidget(self.panel)
        self.addWidget(self.group_panel)
        self._is_built = True
        self.built.emit()

    async def _build_and_show(self) -> None:
        await asyncio.sleep(FRAME_SECONDS)
        self._build()
        self.show_entry(self._waiting)

    def follow(self, context: PageContext) -> None:
        """Show runs of `context` from now on, beginning with none."""
        self.context = context
        self._follower = RunFollower(context.bridge, context.tasks, self)
        self._follower.began.connect(lambda text, _: self.panel.show_answer(text))
        self._follower.grew.connect(lambda text, _: self.panel.grow(text))
        context.bridge.run_phase_changed.connect(self._take_phase)
        context.bridge.run_ended.connect(self._take_ended)
        self.show_nothing()

    def stop_following(self) -> None:
        """Leave the workspace: another is to be shown."""
        if self._is_built:
            self.panel.marks.show_nothing()
        self.context.bridge.run_phase_changed.disconnect(self._take_phase)
        self.context.bridge.run_ended.disconnect(self._take_ended)
        self._follower.leave()
        self._follower.deleteLater()

    def show_nothing(self) -> None:
        """Show an empty panel: no row is chosen."""
        self.run_id = self.group = self.detail = None
        self._follower.leave()
        if self._is_built:
            self.panel.show_nothing()
            self.setCurrentWidget(self.panel)

    def show_entry(self, entry: ListedRuns | None) -> None:
        """Show what was chosen in the list: at once what the list knows, then the rest."""
        if not self._is_built:
            self._waiting = entry
            if entry is not None and not self._is_building:
                self._is_building = True
                self.context.tasks.start(self._build_and_show())
            return
        match entry:
            case None:
                self.show_nothing()
            case RunSummary():
                was_hidden = self.detail is not None and self.detail.summary.is_hidden
                if entry.id != self.run_id or was_hidden:
                    self.panel.show_summary(entry, self._words.model_of(entry))
                    self.show_run(entry.id)
            case GroupSummary():
                self.show_nothing()
                self.group = entry
                self.group_panel.show_group(entry, self._words.group_name(entry))
                self.setCurrentWidget(self.group_panel)

    def show_run(self, run_id: int) -> None:
        """Show a run, whether it is in the list or not."""
        self.run_id, self.group, self.detail = run_id, None, None
        self._follower.leave()
        self.setCurrentWidget(self.panel)
        self._load_anew(run_id)

    def show_marks(self, summary: RunSummary) -> None:
        """Show a run's marks as they are now, if it is the one that is shown."""
        if summary.id == self.run_id:
            self.panel.marks.show_run(summary)

    def _load_anew(self, run_id: int) -> None:
        self.context.tasks.start(self._load(self.context, run_id))

    async def _load(self, context: PageContext, run_id: int) -> None:
        """Bring the panel up to date with a run, and follow one that goes on.

        The context is that of the moment when this was asked for, not when it begins.
        """
        history, call = context.workspace.history, context.bridge.call
        detail = await call(history.detail(run_id))
        # A request with pictures has megabytes.
        request = await asyncio.to_thread(request_of, detail.request_body)
        family = await call(history.family(run_id))
        if run_id != self.run_id or context is not self.context:
            return
        # Words that wait for the next frame are in this detail: they would come twice.
        self._follower.leave()
        self.detail = detail
        if detail.summary.is_hidden:
            self.panel.show_hidden(detail.summary, self._words.hidden())
            return
        self.panel.show_detail(detail, request, self._words.model_of(detail.summary))
        self.panel.show_family(family, run_id)
        if not detail.summary.status.is_over:
            self._follower.show(context.workspace, run_id)

    def _compare(self, run_id: int) -> None:
        self.context.tasks.start(self._show_differences(self.context, run_id))

    async def _show_differences(self, context: PageContext, run_id: int) -> None:
        """Show what differs between another run's answer and the shown one's."""
        from novita_desktop.domain.word_differences import (  # noqa: PLC0415  # when wanted
            word_differences,
        )

        shown = self.detail
        other = await context.bridge.call(context.workspace.history.detail(run_id))
        if shown is None:
            return
        earlier, later = sorted((shown, other), key=lambda detail: detail.summary.id)
        pieces = await asyncio.to_thread(word_differences, earlier.text, later.text)
        if self.run_id == shown.summary.id and context is self.context:
            self.panel.show_differences(run_id, pieces)

    def _take_phase(self, event: RunPhaseChanged) -> None:
        if event.run_id == self.run_id:
            self._load_anew(event.run_id)

    def _take_ended(self, event: RunEnded) -> None:
        if event.summary.id == self.run_id:
            self._load_anew(event.summary.id)
