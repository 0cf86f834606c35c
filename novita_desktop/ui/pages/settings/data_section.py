"""Settings: where the data is, and its backups."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QListWidgetItem, QPushButton

from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.dialogs.question import Question
from novita_desktop.ui.health import folder_bytes
from novita_desktop.ui.notices import open_outside
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.settings.section import Section
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.form_labels import help_label, title_label

LIST_ROWS = 5


class DataSection(Section):
    """Shows the data folder and makes, lists and restores backups."""

    restore_requested = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, QCoreApplication.translate("Settings", "Data"))
        self._place = QLabel()
        self._place.setWordWrap(True)
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._size = help_label()
        self._size.setObjectName("dataSize")
        opens = QPushButton(self.tr("Open folder"))
        opens.clicked.connect(self._open)
        back_up = QPushButton(self.tr("Back up now…"))
        back_up.clicked.connect(lambda: self.context.tasks.start(self._back_up()))
        restore = QPushButton(self.tr("Restore from a file…"))
        restore.clicked.connect(lambda: self.context.tasks.start(self._restore_file()))
        self._list = QListWidget()
        self._list.setMaximumHeight(metrics.scaled(metrics.ROW_HEIGHT) * LIST_ROWS)
        self._list.setAccessibleName(self.tr("Backups"))
        self._restore_chosen = QPushButton(self.tr("Restore this backup"))
        self._restore_chosen.clicked.connect(self._restore_row)
        self._list.currentRowChanged.connect(lambda row: self._restore_chosen.setEnabled(row >= 0))
        self._restore_chosen.setEnabled(False)
        self.column.addWidget(self._place)
        self.column.addWidget(self._size)
        self.add_row(opens, back_up, restore)
        self.column.addWidget(title_label(self.tr("Backups"), self._list))
        self.column.addWidget(help_label(self.tr("made every day: 7 days and 4 weeks are kept")))
        self.column.addWidget(self._list)
        self.add_row(self._restore_chosen)

    def refresh(self) -> None:
        """Look at the folder and its backups anew."""
        folder = self.context.data_folder
        self._place.setText(str(folder))
        self.context.tasks.start(self._look(folder))

    async def _look(self, folder: Path) -> None:
        size = await asyncio.to_thread(folder_bytes, folder)
        self._size.setText(self.tr("{size} in all").format(size=formatting.file_size(size)))
        backups = await self.context.bridge.call(self.context.workspace.backups.list())
        self._show([(each.path, each.made_at, each.run_count) for each in backups])

    def _show(self, backups: Sequence[tuple[Path, int, int]]) -> None:
        self._list.clear()
        for path, made_at, runs in backups:
            words = self.tr("{time} · {runs}").format(
                time=formatting.run_time(made_at), runs=self._runs(runs)
            )
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self._list.addItem(item)

    def _runs(self, count: int) -> str:
        return formatting.counted(count, self.tr("1 run"), self.tr("{n} runs"))

    def _open(self) -> None:
        open_outside(QUrl.fromLocalFile(str(self.context.data_folder)), self.context.toast)

    async def _back_up(self) -> None:
        name = f"novita-{datetime.now().astimezone():%Y-%m-%d}.db"
        start = str(Path.home() / name)
        dialog = QFileDialog(self.window(), self.tr("Back up everything to"), start)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        if not await answer_of(dialog) or not dialog.selectedFiles():
            return
        target = Path(dialog.selectedFiles()[0])
        work = self.context.workspace.backups.back_up_to(target)
        backup = await self.context.bridge.call(work)
        runs = self._runs(backup.run_count)
        self.context.toast.show_toast(
            self.tr("Backed up {runs} to {name}.").format(runs=runs, name=target.name)
        )
        self.refresh()

    async def _restore_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose a backup"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Backups (*.db)"))
        if await answer_of(dialog) and dialog.selectedFiles():
            await self._ask_to_restore(Path(dialog.selectedFiles()[0]))

    def _restore_row(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            path = Path(item.data(Qt.ItemDataRole.UserRole))
            self.context.tasks.start(self._ask_to_restore(path))

    async def _ask_to_restore(self, backup: Path) -> None:
        question = Question(
            self.tr("Restore this backup?"),
            self.tr(
                "Runs, drafts and settings become those of {name}. The data file as it is now is"
                " kept in the backups folder. Runs that are going on are interrupted."
            ).format(name=backup.name),
            self.tr("Restore"),
            self.window(),
        )
        if await answer_of(question):
            self.restore_requested.emit(backup)
