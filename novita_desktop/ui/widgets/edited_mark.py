"""The word beside the name of an input that differs from its preset."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel

PLACE = 1
"""Where in the row it stands: after the name."""


class EditedMark:
    """A mark in the row of an input's name; its label is made when it is first shown."""

    def __init__(self, row: QHBoxLayout) -> None:
        self._row = row
        self._label: QLabel | None = None

    def show(self, *, is_edited: bool) -> None:
        """Show the mark, or take it away."""
        if self._label is None and is_edited:
            self._label = QLabel(QCoreApplication.translate("EditedMark", "edited"))
            self._label.setProperty("type", "small")
            self._label.setProperty("tone", "warn")
            self._row.insertWidget(PLACE, self._label)
        if self._label is not None:
            self._label.setVisible(is_edited)
