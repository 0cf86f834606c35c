"""A text to read and select, as high as its lines need up to a limit."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from novita_desktop.ui import formatting, metrics

SHOWN_CHARACTERS = 10_000
"""More than anybody reads in a side panel; laying out more would stop the window."""

AROUND = 14
"""The edge and the space inside it, above and below, as the style sheet draws them."""


class ReadOnlyText(QPlainTextEdit):
    """Shows the start of a text; what is left out is told at its end."""

    def __init__(self, name: str, most_lines: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_text(self, text: str) -> None:
        """Show `text`, or its start."""
        shown = text[:SHOWN_CHARACTERS]
        if len(text) > SHOWN_CHARACTERS:
            rest = len(text) - SHOWN_CHARACTERS
            shown += "\n" + formatting.counted(
                rest, self.tr("… 1 more character"), self.tr("… {n} more characters")
            )
        if shown != self.toPlainText():
            self.setPlainText(shown)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height of the lines there are; this document's height is told in lines."""
        all_lines = max(round(self.document().size().height()), 1)
        lines = min(all_lines, self._most_lines)
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAlwaysOff if lines == all_lines else bar.ScrollBarAsNeeded
        )
        around = metrics.scaled(AROUND) + 2 * round(self.document().documentMargin())
        # Lines are laid out in fractions of a pixel: what is rounded down cuts the last one.
        height = math.ceil(lines * QFontMetricsF(self.font()).lineSpacing())
        self.setFixedHeight(height + around)
