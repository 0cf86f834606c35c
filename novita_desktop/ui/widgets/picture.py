"""An icon that only illustrates: nothing to press, nothing to read out."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons


class Picture(QWidget):
    """Draws one shape in the theme's present colour, `side` large at 100 % text size."""

    def __init__(
        self, icons: Icons, side: int = metrics.ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._side = side
        self._shape, self._meaning = "", "text"

    def show_shape(self, shape: str, meaning: str = "text") -> None:
        """Draw `shape` in the colour of `meaning` from now on."""
        self._shape, self._meaning = shape, meaning
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = metrics.scaled(self._side)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shape:
            icon = self._icons.get(self._shape, self._meaning)
            icon.paint(QPainter(self), self.rect())
