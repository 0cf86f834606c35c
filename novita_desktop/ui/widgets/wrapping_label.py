"""A label that would stand on one line, and wraps where there is no room for that."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override


class WrappingLabel(QLabel):
    """A plain text. Qt's own label that wraps asks for several lines even where one would fit."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    @override
    def sizeHint(self) -> QSize:
        around = self.contentsMargins()
        lines = self.fontMetrics().size(0, self.text())
        return lines.grownBy(around) + QSize(2 * self.margin(), 2 * self.margin())
