"""Tables in and out of the Batch page: files that are chosen, cells that are pasted, results."""

from __future__ import annotations

import re
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from novita_desktop.domain.batches import Batch
from novita_desktop.ui import formatting
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of

Work = Coroutine[Any, Any, Batch]


class BatchFiles(QObject):
    """Asks for files and has the engine read and write them; `opened` has a new batch.

    `reading` tells that a table is being read, with its name, or with nothing that none is.
    """

    opened = Signal(object)
    reading = Signal(str)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page
        self._is_busy = False

    def ask(self) -> None:
        """Ask for a table's file and open it."""
        self.context.tasks.start(self._ask())

    def open_file(self, path: Path) -> None:
        """Open a table's file."""
        work = self.context.workspace.batches.open_file(path)
        self._take(work, path.name)

    def paste(self) -> None:
        """Take the cells that were copied elsewhere."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.context.toast.show_toast(
                self.tr("Copy cells in a spreadsheet first: then they can be pasted here")
            )
            return
        title = self.tr("Pasted table")
        self._take(self.context.workspace.batches.paste(text, title), title)

    def copy_answers(self, batch: Batch) -> None:
        """Put all answers on the clipboard, a cell each."""
        self.context.tasks.start(self._copy(batch))

    def export(self, batch: Batch) -> None:
        """Ask for a file and write the rows with their results to it."""
        self.context.tasks.start(self._export(batch))

    def _take(self, work: Work, name: str) -> None:
        if self._is_busy:
            work.close()
            return
        self._is_busy = True
        self.reading.emit(name)
        self.context.tasks.start(self._show(work))

    async def _show(self, work: Work) -> None:
        try:
            batch = await self.context.bridge.call(work)
        finally:
            self._is_busy = False
            self.reading.emit("")
        self.opened.emit(batch)

    async def _ask(self) -> None:
        dialog = QFileDialog(self._page, self.tr("Open a table"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.ods *.jsonl *.ndjson)"),
                self.tr("All files (*)"),
            ]
        )
        if await answer_of(dialog) and dialog.selectedFiles():
            self.open_file(Path(dialog.selectedFiles()[0]))

    async def _copy(self, batch: Batch) -> None:
        context = self.context
        text = await context.bridge.call(context.workspace.batches.answers_as_cells(batch.id))
        QGuiApplication.clipboard().setText(text)
        context.toast.show_toast(
            self.tr("Copied all answers: paste them beside the cells that the rows came from")
        )

    async def _export(self, batch: Batch) -> None:
        dialog = QFileDialog(self._page, self.tr("Export results"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("CSV table (*.csv)"),
                self.tr("Excel workbook (*.xlsx)"),
                self.tr("JSON Lines (*.jsonl)"),
            ]
        )
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(re.findall(r"\*\.(\w+)", chosen)[0])
        )
        dialog.selectFile(f"{Path(batch.title).stem}-results.csv")
        if not await answer_of(dialog) or not dialog.selectedFiles():
            return
        path = Path(dialog.selectedFiles()[0])
        context = self.context
        count = await context.bridge.call(context.workspace.batches.export(batch.id, path))
        words = self.tr("Saved {n} rows as {name}")
        context.toast.show_toast(words.format(n=formatting.whole(count), name=path.name))
