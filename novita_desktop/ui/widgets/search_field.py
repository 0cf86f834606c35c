"""A field to search in, with a magnifying glass at its start."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons


class SearchField(QLineEdit):
    """A line edit; the glass is drawn here, as Qt misplaces icons in fields with a style sheet."""

    def __init__(self, icons: Icons, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._make_room()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._make_room()
        side = metrics.scaled(metrics.ICON)
        glass = QRect(0, 0, side, side)
        x = metrics.scaled(metrics.SPACE_8) + side // 2
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        glass.moveCenter(QPoint(self.width() - x if is_mirrored else x, self.height() // 2))
        self._icons.get("search", "text_muted").paint(QPainter(self), glass)

    def _make_room(self) -> None:
        """Begin the text beside the glass, also after the size of text changed."""
        room = metrics.scaled(metrics.ICON) + metrics.SPACE_4
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (0, room) if is_mirrored else (room, 0)
        if (self.textMargins().left(), self.textMargins().right()) != (left, right):
            self.setTextMargins(left, 0, right, 0)
