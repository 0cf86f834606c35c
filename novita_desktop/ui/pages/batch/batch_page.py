"""The Batch page: a preset over the rows of a table, from this computer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.batches import (
    Batch,
    BatchProgress,
    BatchState,
    PauseReason,
    RowResult,
    RowState,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.batches import BatchService
from novita_desktop.services.events import BatchChanged
from novita_desktop.ui import formatting
from novita_desktop.ui.notices import NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.batch.batch_bar import BatchBar
from novita_desktop.ui.pages.batch.batch_files import BatchFiles
from novita_desktop.ui.pages.batch.batch_sources import BatchSources
from novita_desktop.ui.pages.batch.earlier_tables import EarlierTables
from novita_desktop.ui.pages.batch.preview_words import price_of, problem_of
from novita_desktop.ui.pages.batch.row_menu import RowMenu
from novita_desktop.ui.tables.batch_rows import BatchRowPainter, plan_for
from novita_desktop.ui.tables.batch_table import BatchTable
from novita_desktop.ui.tables.batch_words import BatchWords
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.head_button import head_button
from novita_desktop.ui.widgets.panel_split import PanelSplit

TRIED_ROWS = 3
PROMPT_DRAFT = "prompt"


class BatchPage(Page):
    """Opens a table, says where each input comes from, runs the rows, shows what came back.

    `connect_requested` asks for a key; `open_requested` has the id of a row's run.
    """

    connect_requested = Signal()
    open_requested = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Batch"), parent)
        self._batch: Batch | None = None
        self._progress: BatchProgress | None = None
        self._is_saving = False
        self._is_stale = False
        self._words = BatchWords(self)
        self.files = BatchFiles(context, self)
        self._rows = RowMenu(context, self)
        self._earlier = EarlierTables(context, self)
        self._earlier.chosen.connect(self.show_batch)
        self._rows.open_requested.connect(self.open_requested)
        self.bar = BatchBar(self._words)
        self.sources = BatchSources()
        self._paint = RowPaint(context.theme, context.icons, self)
        self.table = BatchTable(self._read, self._begin, self._words, self)
        self.view = self._built_view(0)
        self._split = PanelSplit(context.icons, self)
        self._lists = QStackedWidget()
        self._empty = EmptyState(context.icons, "table-2")
        self._build(context)
        self._connect()
        self._follow(context)

    @override
    def view_state(self) -> str:
        return self._split.state()

    @override
    def restore_view_state(self, state: str) -> None:
        self._split.restore(state)

    @override
    def set_context(self, context: PageContext) -> None:
        self._stop_following()
        super().set_context(context)
        for part in (self.files, self._rows, self._earlier):
            part.context = context
        self._show_batch(None)
        self._follow(context)

    def show_batch(self, batch_id: int) -> None:
        """Show a batch of the history."""
        self._begin(self._open(self.context, batch_id))

    def open_file(self, path: Path) -> None:
        """Open a table's file."""
        self.files.open_file(path)

    def _build(self, context: PageContext) -> None:
        icons = context.icons
        self._open_button = head_button(icons, self.tr("Open table"), "folder-open")
        self._paste = head_button(icons, self.tr("Paste table"), "clipboard-paste")
        self._copy = head_button(icons, self.tr("Copy results"), "copy")
        self._export = head_button(icons, self.tr("Export results"), "download")
        self._retry = head_button(icons, self.tr("Retry failed"), "rotate-cw")
        self._try = QPushButton(self.tr("Try {n}").format(n=TRIED_ROWS))
        self._pause = head_button(icons, self.tr("Pause"), "pause")
        self._stop = head_button(icons, self.tr("Stop"), "circle-stop")
        self._resume = head_button(icons, self.tr("Resume"), "play", is_primary=True)
        self._start = head_button(icons, self.tr("Start batch"), "play", is_primary=True)
        for button in (
            self._open_button,
            self._paste,
            self._copy,
            self._export,
            self._retry,
            self._try,
            self._pause,
            self._stop,
            self._resume,
            self._start,
            self._earlier.button,
            self._split.fold,
        ):
            self.add_head_action(button)
        holder = QWidget()
        self._view_row = QVBoxLayout(holder)
        self._view_row.setContentsMargins(0, 0, 0, 0)
        self._view_row.addWidget(self.view)
        self._split.addWidget(holder)
        self._split.add_panel(self.sources)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._split, 1)
        self._lists.addWidget(self._empty)
        self._lists.addWidget(work)
        self.body.addWidget(self._lists, 1)
        self._show_empty("")

    def _connect(self) -> None:
        self._open_button.clicked.connect(self.files.ask)
        self._paste.clicked.connect(self.files.paste)
        self._empty.action_requested.connect(self.files.ask)
        self.files.opened.connect(self._take_new)
        self.files.reading.connect(self._show_empty)
        self.sources.changed.connect(self._save_plan)
        self.bar.shown.currentIndexChanged.connect(self._show_rows)
        self._copy.clicked.connect(lambda: self._with_batch(self.files.copy_answers))
        self._export.clicked.connect(lambda: self._with_batch(self.files.export))
        self._start.clicked.connect(self._run_all)
        self._resume.clicked.connect(self._run_all)
        self._try.clicked.connect(lambda: self._run(most=TRIED_ROWS))
        self._pause.clicked.connect(lambda: self._call(lambda b, i: b.pause(i)))
        self._stop.clicked.connect(lambda: self._call(lambda b, i: b.stop(i)))
        self._retry.clicked.connect(self._retry_failed)

    def _follow(self, context: PageContext) -> None:
        context.bridge.batch_changed.connect(self._take_progress)
        context.state.presets_changed.connect(self._read_presets)
        context.tasks.start(self._restore(context))

    def _stop_following(self) -> None:
        self.context.bridge.batch_changed.disconnect(self._take_progress)
        self.context.state.presets_changed.disconnect(self._read_presets)

    def _built_view(self, columns: int) -> RowView:
        view = RowView(self._paint, BatchRowPainter(self._paint, self.table), plan_for(columns))
        view.setAccessibleName(self.tr("Rows"))
        view.setModel(self.table)
        view.fit_columns()
        view.row_activated.connect(self._open_row)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        return view

    async def _restore(self, context: PageContext) -> None:
        newest = await context.bridge.call(context.workspace.batches.recent(1))
        await self._offer_prompts(context)
        if newest and context is self.context and self._batch is None:
            await self._open(context, newest[0].id)

    async def _open(self, context: PageContext, batch_id: int, *, is_new: bool = False) -> None:
        batches = context.workspace.batches
        batch = await context.bridge.call(batches.get(batch_id))
        progress = await context.bridge.call(batches.progress(batch_id))
        has_changed = await context.bridge.call(batches.has_source_changed(batch_id))
        if context is not self.context:
            return
        self._show_batch(batch)
        self._show_progress(progress)
        if is_new:
            self.sources.take_prompt()
            return
        if has_changed and progress.state is not BatchState.DONE:
            words = self.tr("{name} changed since it was opened; the rows are those from then.")
            self.notice.show_notice(NoticeKind.INFO, words.format(name=batch.origin.name))
        await self._preview(context, batch)

    async def _offer_prompts(self, context: PageContext) -> None:
        saved = await context.bridge.call(context.workspace.drafts.load(PROMPT_DRAFT))
        if context is self.context:
            self.sources.set_presets(context.state.presets or (), saved or PromptForm())

    def _read_presets(self) -> None:
        self._begin(self._offer_prompts(self.context))

    def _take_new(self, batch: Batch) -> None:
        self._begin(self._prepare(self.context, batch))

    async def _prepare(self, context: PageContext, batch: Batch) -> None:
        """Show a new table, to be run with the prompt that stands on the Prompt page."""
        await self._offer_prompts(context)
        await self._open(context, batch.id, is_new=True)

    def _show_batch(self, batch: Batch | None) -> None:
        self._batch, self._progress = batch, None
        self.notice.clear()
        self.set_title(batch.title if batch else self.tr("Batch"))
        self.set_fact("")
        columns = batch.columns if batch else ()
        self.table.show_table(columns, 0, None)
        old, self.view = self.view, self._built_view(len(columns))
        self._view_row.replaceWidget(old, self.view)
        old.deleteLater()
        if batch is not None:
            self.sources.show_batch(batch)
        self._show_empty("")

    def _show_empty(self, reading: str) -> None:
        if reading:
            words = self.tr("Reading {name}…").format(name=reading)
            self._empty.set_words(words, self.tr("Large tables take a moment."))
        else:
            self._empty.set_words(
                self.tr("Run a preset over a table"),
                self.tr(
                    "Open a table (CSV, Excel, OpenDocument, JSON Lines), or copy cells in a"
                    " spreadsheet and paste them. Each row becomes a run."
                ),
                self.tr("Open table"),
            )
        self._lists.setCurrentIndex(int(self._batch is not None and not reading))
        self._show_buttons()

    def _take_progress(self, event: BatchChanged) -> None:
        if self._batch is not None and event.progress.batch_id == self._batch.id:
            self._show_progress(event.progress)

    def _show_progress(self, progress: BatchProgress) -> None:
        before, self._progress = self._progress, progress
        self.bar.show_progress(progress)
        self.set_fact(formatting.counted(progress.total, self.tr("1 row"), self.tr("{n} rows")))
        self.table.set_length(self._shown_count(progress))
        self._refresh()
        self._show_buttons()
        if progress.pause_reason is PauseReason.NOT_CONNECTED and (
            before is None or before.state is BatchState.RUNNING
        ):
            self.connect_requested.emit()
        if before is not None and before.state is BatchState.RUNNING:
            self._tell_end(progress)

    def _tell_end(self, progress: BatchProgress) -> None:
        """Say once that a batch is over."""
        if progress.state is not BatchState.DONE or self._batch is None:
            return
        words = self.tr("{name}: {done} of {all} rows done").format(
            name=self._batch.title,
            done=formatting.whole(progress.count(RowState.DONE)),
            all=formatting.whole(progress.total),
        )
        self.context.toast.show_toast(words)

    def _refresh(self) -> None:
        view = self.view
        first = max(view.rowAt(0), 0)
        last = view.rowAt(view.viewport().height() - 1)
        self.table.refresh(first, last if last >= 0 else max(self.table.rowCount() - 1, 0))

    def _shown_count(self, progress: BatchProgress) -> int:
        state = self.bar.shown.currentData()
        return progress.total if state is None else progress.count(RowState(state))

    def _show_rows(self) -> None:
        if self._batch is not None and self._progress is not None:
            state = self.bar.shown.currentData()
            chosen = None if state is None else RowState(state)
            count = self._shown_count(self._progress)
            self.table.show_table(self._batch.columns, count, chosen)

    def _show_buttons(self) -> None:
        progress = self._progress
        state = progress.state if progress and self._batch else None
        is_running = state is BatchState.RUNNING
        has_failed = bool(progress and progress.count(RowState.FAILED, RowState.SKIPPED))
        for button, is_shown in (
            (self._copy, state is not None and state is not BatchState.READY),
            (self._export, state is not None),
            (self._retry, has_failed and not is_running and state is not BatchState.READY),
            (self._try, state is BatchState.READY),
            (self._pause, is_running),
            (self._stop, is_running),
            (self._resume, state is BatchState.PAUSED),
            (self._start, state is BatchState.READY),
        ):
            button.setVisible(is_shown)
        self._split.set_needless(self._batch is None)

    def _save_plan(self) -> None:
        """Keep what was chosen; what is chosen meanwhile is kept after that."""
        if self._batch is None:
            return
        self._is_stale = True
        if not self._is_saving:
            self._is_saving = True
            self._begin(self._save(self.context, self._batch))

    async def _save(self, context: PageContext, batch: Batch) -> None:
        try:
            while self._is_stale and context is self.context:
                self._is_stale = False
                form, sources = self.sources.form(), self.sources.sources()
                work = context.workspace.batches.set_plan(batch.id, form, sources)
                await context.bridge.call(work)
                await self._preview(context, batch)
        finally:
            self._is_saving = False

    async def _preview(self, context: PageContext, batch: Batch) -> None:
        preview = await context.bridge.call(context.workspace.batches.preview(batch.id))
        if self._batch is not None and self._batch.id == batch.id:
            self.sources.show_preview(price_of(preview), problem_of(preview))
            can_start = not preview.looked_at or preview.faulty_rows < preview.looked_at
            for button in (self._start, self._try):
                button.setEnabled(can_start)

    def _run(self, *, most: int | None = None) -> None:
        is_confirmed = (
            self._progress is not None and self._progress.pause_reason is PauseReason.LIMIT
        )
        self._call(lambda b, i: b.start(i, most=most, confirmed_over_limit=is_confirmed))

    def _run_all(self) -> None:
        self._run()

    def _retry_failed(self) -> None:
        self._call(lambda b, i: b.retry_failed(i))

    def _call(self, do: Callable[[BatchService, int], Coroutine[Any, Any, None]]) -> None:
        if self._batch is not None:
            context = self.context
            self._begin(context.bridge.call(do(context.workspace.batches, self._batch.id)))

    def _with_batch(self, do: Callable[[Batch], None]) -> None:
        if self._batch is not None:
            do(self._batch)

    def _open_row(self, row: int) -> None:
        result = self.table.result_at(row)
        if result is not None and result.row.run_id is not None:
            self.open_requested.emit(result.row.run_id)

    def _open_menu(self, place: QPoint) -> None:
        row = self.view.rowAt(place.y()) if self.view.underMouse() else self.view.chosen_row()
        result = self.table.result_at(row)
        if self._batch is not None and result is not None:
            self._rows.popup(self._batch, result.row, self.view.viewport().mapToGlobal(place))

    async def _read(self, place: int, limit: int, state: RowState | None) -> Sequence[RowResult]:
        context, batch = self.context, self._batch
        if batch is None:
            return ()
        work = context.workspace.batches.results(batch.id, place, limit, state)
        return await context.bridge.call(work)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.context.tasks.start(work)
