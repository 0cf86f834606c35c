"""The page's further views and actions, behind one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget


class MoreMenu(QMenu):
    """Checkable entries tell their state, others that they were chosen.

    `sets` is a menu of its own, to be filled when it opens.
    """

    differences_toggled = Signal(bool)
    scroll_toggled = Signal(bool)
    inputs_requested = Signal()
    leaderboard_requested = Signal()
    export_requested = Signal()
    rename_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addAction(self.tr("Inputs…")).triggered.connect(self.inputs_requested)
        leaderboard = self.addAction(self.tr("Leaderboard…"))
        leaderboard.triggered.connect(self.leaderboard_requested)
        self.sets = self.addMenu(self.tr("Sets of models"))
        self.addAction(self.tr("Rename…")).triggered.connect(self.rename_requested)
        self.addAction(self.tr("Export…")).triggered.connect(self.export_requested)
        self.addSeparator()
        self._differences = self.addAction(self.tr("Show word differences"))
        self._differences.setCheckable(True)
        self._differences.toggled.connect(self.differences_toggled)
        scroll = self.addAction(self.tr("Scroll together"))
        scroll.setCheckable(True)
        scroll.toggled.connect(self.scroll_toggled)

    def show_differences(self, *, is_on: bool) -> None:
        """Check the entry of the differences, or take its mark away."""
        self._differences.setChecked(is_on)
