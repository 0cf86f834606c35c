"""What an empty list says: what belongs here, and one button that starts it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.picture import Picture

TEXT_WIDTH = 380
TEXT_STRETCH = 1_000  # the text takes its room first


class EmptyState(QWidget):
    """An icon, a title, a sentence, and at most one button."""

    action_requested = Signal()

    def __init__(self, icons: Icons, shape: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = Picture(icons, metrics.ICON_LARGE, self)
        picture.show_shape(shape, "text_muted")
        self._title = QLabel(self)
        self._title.setProperty("weight", "bold")
        self._text = QLabel(self)
        self._text.setProperty("tone", "muted")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.action_requested)
        column = QVBoxLayout(self)
        column.setSpacing(metrics.SPACE_8)
        column.addStretch(1)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        # A wrapped text that is aligned by its layout is cut: it stands between stretches instead.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._text, TEXT_STRETCH)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._limit_width()

    def set_words(self, title: str, text: str, action: str = "") -> None:
        """Say what belongs here; without `action` there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))

    def _limit_width(self) -> None:
        self._text.setMaximumWidth(metrics.scaled(TEXT_WIDTH))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._limit_width()
