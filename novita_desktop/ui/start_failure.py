"""What is shown instead of the window when the data cannot be opened, with the choices left."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    DemoUnavailable,
    NovitaDesktopError,
    RunsMissing,
)
from novita_desktop.domain.records import record
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.icons import app_icon
from novita_desktop.ui.tasks import Tasks, answer_of
from novita_desktop.ui.widgets.buttons import primary_button
from novita_desktop.ui.widgets.form_labels import title_label

WIDTH, HEIGHT = 620, 480
SHOWN_BACKUPS = 30


class BackupFacts(Protocol):
    """A copy of the data file; `made_at` is in unix microseconds."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def made_at(self) -> int:
        """When it was made."""

    @property
    def run_count(self) -> int:
        """How many runs it holds."""


@record(frozen=True, slots=True)
class TryAgain:
    """Open the same folder once more."""


@record(frozen=True, slots=True)
class RestoreBackup:
    """Put a backup in the place of the data file, which is kept aside."""

    path: Path


@record(frozen=True, slots=True)
class StartEmpty:
    """Begin with an empty data file; the old one is kept aside."""


@record(frozen=True, slots=True)
class OpenAnyway:
    """Open the file although runs are missing."""


@record(frozen=True, slots=True)
class UseFolder:
    """Work in another data folder."""

    path: Path


@record(frozen=True, slots=True)
class LeaveDemo:
    """Open the person's own data instead of the demo's."""


@record(frozen=True, slots=True)
class Quit:
    """End the program; nothing has changed."""


StartChoice = TryAgain | RestoreBackup | StartEmpty | OpenAnyway | UseFolder | LeaveDemo | Quit
"""What a person can decide when the data cannot be opened."""


class StartFailure(QWidget):
    """Says why the data cannot be opened and waits for a decision."""

    def __init__(
        self, error: NovitaDesktopError, folder: Path, backups: Sequence[BackupFacts]
    ) -> None:
        super().__init__()
        self.setProperty("role", "window")
        self.setWindowTitle(self.tr("Novita Desktop"))
        self.setWindowIcon(app_icon())
        self._folder = folder
        self._choice: asyncio.Future[StartChoice] = asyncio.get_running_loop().create_future()
        self._tasks = Tasks(lambda _: None)
        self._restore = QPushButton(self.tr("Restore this backup"))
        self._restore.clicked.connect(self._choose_backup)
        self._list = self._backup_list(backups)
        self._build(error, has_backups=bool(backups))
        self.resize(metrics.scaled(WIDTH), metrics.scaled(HEIGHT))

    async def choice(self) -> StartChoice:
        """Show the window and return what the person decides."""
        self.show()
        try:
            return await self._choice
        finally:
            await self._tasks.close()
            self.hide()
            self.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._decide(Quit())
        super().closeEvent(event)

    def _build(self, error: NovitaDesktopError, *, has_backups: bool) -> None:
        text = describe(error)
        title = QLabel(text.title)
        title.setProperty("type", "title")
        title.setObjectName("startFailure")
        title.setWordWrap(True)
        advice = QLabel(text.advice)
        advice.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_24,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addWidget(title)
        column.addWidget(advice)
        if _is_about_folder(error):
            column.addWidget(self._place())
        if has_backups:
            column.addWidget(title_label(self.tr("Backups"), self._list))
            column.addWidget(self._list, 1)
            column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._list.hide()
            column.addStretch(1)
        column.addLayout(self._buttons(error, has_backups=has_backups))

    def _place(self) -> QLabel:
        place = QLabel(self.tr("Data folder: {folder}").format(folder=self._folder))
        place.setProperty("tone", "muted")
        place.setWordWrap(True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return place

    def _buttons(self, error: NovitaDesktopError, *, has_backups: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        if _is_about_folder(error):
            folder = QPushButton(self.tr("Open folder"))
            folder.clicked.connect(self._open_folder)
            other = QPushButton(self.tr("Choose another folder…"))
            other.clicked.connect(lambda: self._tasks.start(self._choose_folder()))
            row.addWidget(folder)
            row.addWidget(other)
        leave = QPushButton(self.tr("Quit"))
        leave.clicked.connect(lambda: self._decide(Quit()))
        row.addStretch(1)
        row.addWidget(leave)
        for words, choice in self._decisions(error):
            is_primary = not has_backups and isinstance(choice, StartEmpty | TryAgain)
            button = primary_button(words) if is_primary else QPushButton(words)
            button.clicked.connect(lambda _=False, choice=choice: self._decide(choice))
            row.addWidget(button)
        if has_backups:
            self._restore.setProperty("kind", "primary")
        return row

    def _decisions(self, error: NovitaDesktopError) -> list[tuple[str, StartChoice]]:
        """Return what can be decided about `error` besides the choices that are always there."""
        match error:
            case RunsMissing():
                return [(self.tr("Open it as it is"), OpenAnyway())]
            case DatabaseDamaged() | DatabaseTooNew():
                return [(self.tr("Keep it aside and start empty"), StartEmpty())]
            case DemoUnavailable():
                own = (self.tr("Go on without the demo"), LeaveDemo())
                return [own, (self.tr("Try again"), TryAgain())]
            case _:
                return [(self.tr("Try again"), TryAgain())]

    def _backup_list(self, backups: Sequence[BackupFacts]) -> QListWidget:
        shown = QListWidget()
        shown.setAccessibleName(self.tr("Backups"))
        for backup in backups[:SHOWN_BACKUPS]:
            item = QListWidgetItem(
                self.tr("{time} · {runs}").format(
                    time=formatting.run_time(backup.made_at),
                    runs=formatting.counted(
                        backup.run_count, self.tr("1 run"), self.tr("{n} runs")
                    ),
                )
            )
            item.setData(Qt.ItemDataRole.UserRole, str(backup.path))
            item.setToolTip(str(backup.path))
            shown.addItem(item)
        shown.setCurrentRow(0)
        shown.itemActivated.connect(self._choose_backup)
        return shown

    def _choose_backup(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._decide(RestoreBackup(Path(item.data(Qt.ItemDataRole.UserRole))))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    async def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a data folder"), str(self._folder.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if await answer_of(dialog) and dialog.selectedFiles():
            self._decide(UseFolder(Path(dialog.selectedFiles()[0])))

    def _decide(self, choice: StartChoice) -> None:
        if not self._choice.done():
            self._choice.set_result(choice)


def _is_about_folder(error: NovitaDesktopError) -> bool:
    """Return whether another folder or a look at this one may help."""
    return not isinstance(error, DemoUnavailable)
