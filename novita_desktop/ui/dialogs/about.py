"""About the program: its version, where its data is, how it is doing, and its licences."""

from __future__ import annotations

import asyncio
import platform
from pathlib import Path

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import novita_desktop
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.health import folder_bytes, licences, memory_bytes
from novita_desktop.ui.icons import app_icon
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.form_labels import title_label

WIDTH, HEIGHT = 520, 460
ICON_SIZE = 48


class About(QDialog):
    """Says what the program is and how it is doing. `start_ms` is how long its start took."""

    def __init__(
        self, data_folder: Path, tasks: Tasks, start_ms: int | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Novita Desktop"))
        self._data_folder = data_folder
        self._start_ms = start_ms
        self._health = self._fact("")
        self._health.setObjectName("health")
        self._licences = QPlainTextEdit()
        self._licences.setReadOnly(True)
        self._licences.setAccessibleName(self.tr("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        self._version = self._fact(
            self.tr("Version {version} · Python {python} · Qt {qt}").format(
                version=novita_desktop.__version__, python=platform.python_version(), qt=qVersion()
            )
        )
        column = QVBoxLayout(self)
        column.setSpacing(metrics.SPACE_8)
        column.addLayout(self._title_row())
        column.addWidget(self._version)
        column.addWidget(self._fact(self.tr("Data: {folder}").format(folder=data_folder)))
        column.addWidget(self._health)
        column.addWidget(title_label(self.tr("Licences"), self._licences))
        column.addWidget(self._licences, 1)
        column.addWidget(buttons)
        self.resize(metrics.dialog_size(WIDTH, HEIGHT, parent))
        self._asking = tasks.start(self._ask())
        self.finished.connect(self._asking.cancel)

    def _title_row(self) -> QHBoxLayout:
        picture = QLabel()
        size = QSize(ICON_SIZE, ICON_SIZE)
        picture.setPixmap(app_icon().pixmap(size, self.devicePixelRatioF()))
        title = QLabel(self.tr("Novita Desktop"))
        title.setProperty("type", "title")
        words = QLabel(self.tr("Run the open models that Novita AI hosts, without writing code."))
        words.setProperty("tone", "muted")
        words.setWordWrap(True)
        texts = QVBoxLayout()
        texts.addWidget(title)
        texts.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(metrics.SPACE_16)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        return row

    def _fact(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    async def _ask(self) -> None:
        memory, size, packages = await asyncio.gather(
            asyncio.to_thread(memory_bytes),
            asyncio.to_thread(folder_bytes, self._data_folder),
            asyncio.to_thread(licences),
        )
        facts = [self.tr("Data {size}").format(size=formatting.file_size(size))]
        if memory is not None:
            facts.insert(0, self.tr("Memory {size}").format(size=formatting.file_size(memory)))
        if self._start_ms is not None:
            facts.append(
                self.tr("Started in {time}").format(time=formatting.duration(self._start_ms))
            )
        self._health.setText(" · ".join(facts))
        own = self.tr("Novita Desktop itself: MIT licence.")
        others = "\n".join(f"{name}: {licence}" for name, licence in packages)
        self._licences.setPlainText(f"{own}\n\n{others}" if others else own)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._version.text()}\n{self._health.text()}")
