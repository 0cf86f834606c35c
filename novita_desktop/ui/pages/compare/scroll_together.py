"""Scrolls all columns when one is scrolled: each to the same share of its own answer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollBar

from novita_desktop.ui.pages.compare.compare_board import CompareBoard


class ScrollTogether(QObject):
    """Follows the board's scroll bars while it is on, and no answer is still being written."""

    def __init__(self, board: CompareBoard) -> None:
        super().__init__(board)
        self._board = board
        self._is_on = False
        self._is_moving = False
        board.column_built.connect(self._follow)
        for column in board:
            self._follow(column.answer.view.verticalScrollBar())

    def set_on(self, is_on: bool) -> None:  # noqa: FBT001  # the signal passes it
        """Scroll together from now on, or each alone."""
        self._is_on = is_on

    def _follow(self, bar: QScrollBar) -> None:
        bar.valueChanged.connect(lambda: self._move_others(bar))

    def _move_others(self, moved: QScrollBar) -> None:
        if not self._is_on or self._is_moving or self._board.is_live or moved.maximum() <= 0:
            return
        share = moved.value() / moved.maximum()
        self._is_moving = True
        try:
            for column in self._board:
                bar = column.answer.view.verticalScrollBar()
                if bar is not moved:
                    bar.setValue(round(share * bar.maximum()))
        finally:
            self._is_moving = False
