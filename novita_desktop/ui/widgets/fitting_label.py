"""A label that says less where it lacks room, and nothing where even that does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from novita_desktop.ui.widgets.elided_label import ElidedLabel


class FittingLabel(ElidedLabel):
    """Shows the longest of its texts that fits whole; the longest is its text and its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words: Sequence[str] = ()

    def set_words(self, words: Sequence[str]) -> None:
        """Take texts, the longest first."""
        self._words = tuple(words)
        self.setText(self._words[0] if self._words else "")

    @override
    def shown_text(self) -> str:
        room, width_of = self.contentsRect().width(), self.fontMetrics().horizontalAdvance
        return next((text for text in self._words if width_of(text) <= room), "")
