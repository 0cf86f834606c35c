"""What is shown while the data file takes long to open: after a crash, or on its first migration."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics

WIDTH = 420


class OpeningWindow(QWidget):
    """Says that the data is being opened and checked; closing it ends the program."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "window")
        self.setWindowTitle(self.tr("Novita Desktop"))
        title = QLabel(self.tr("Opening your data…"))
        title.setProperty("type", "title")
        words = QLabel(
            self.tr("The data file is checked or brought up to date. Nothing is lost if you wait.")
        )
        words.setWordWrap(True)
        words.setProperty("tone", "muted")
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setTextVisible(False)
        progress.setAccessibleName(self.tr("Opening your data"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_24,) * 4)
        column.setSpacing(metrics.SPACE_12)
        for widget in (title, words, progress):
            column.addWidget(widget)
        self.setFixedWidth(metrics.scaled(WIDTH))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
