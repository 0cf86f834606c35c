"""What an empty list says: what belongs here, and one button that starts it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons

TEXT_WIDTH = 380


class EmptyState(QWidget):
    """An icon, a title, a sentence, and at most one button."""

    action_requested = Signal()

    def __init__(self, icons: Icons, shape: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QToolButton(self)
        picture.setProperty("kind", "quiet")
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setAccessibleName(self.tr("Nothing here yet"))
        icons.show_on(picture, shape, "text_muted")
        picture.setIconSize(QSize(metrics.ICON_LARGE, metrics.ICON_LARGE))
        self._title = QLabel(self)
        self._title.setProperty("weight", "bold")
        self._text = QLabel(self)
        self._text.setProperty("tone", "muted")
        self._text.setWordWrap(True)
        self._text.setMaximumWidth(metrics.scaled(TEXT_WIDTH))
        self._button = QPushButton(self)
        self._button.clicked.connect(self.action_requested)
        column = QVBoxLayout(self)
        column.setSpacing(metrics.SPACE_8)
        column.addStretch(1)
        for widget in (picture, self._title, self._text, self._button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def set_words(self, title: str, text: str, action: str = "") -> None:
        """Say what belongs here; without `action` there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
