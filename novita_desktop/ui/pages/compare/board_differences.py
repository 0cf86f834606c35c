"""Shows in each column what differs, word by word, from the answer of one of them."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from novita_desktop.domain.word_differences import word_differences
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.compare_column import CompareColumn


class BoardDifferences(QObject):
    """Works the differences out on a worker thread, once all answers are there.

    The first column is what the others are compared with, until another is chosen.
    """

    def __init__(self, context: PageContext, board: CompareBoard) -> None:
        super().__init__(board)
        self.context = context
        self._board = board
        self._is_on = False
        self._chosen: int | None = None
        self._turn = 0
        board.state_changed.connect(self.refresh)
        board.answers_changed.connect(self.refresh)

    @property
    def is_on(self) -> bool:
        """Whether differences are shown."""
        return self._is_on

    def set_on(self, is_on: bool) -> None:  # noqa: FBT001  # the signal passes it
        """Show differences from now on, or the answers themselves."""
        if is_on != self._is_on:
            self._is_on = is_on
            self.refresh()

    def compare_with(self, key: int) -> None:
        """Compare all others with this column from now on."""
        self._chosen = key
        self.refresh()

    def refresh(self) -> None:
        """Show what is to be shown now."""
        self._turn += 1
        columns = list(self._board)
        over = [column for column in columns if column.facts and column.answer.text]
        if not self._is_on or self._board.is_live or len(over) < 2:
            for column in columns:
                column.answer.show_whole()
            return
        base = next((column for column in over if column.key == self._chosen), over[0])
        base.answer.show_whole(self.tr("The others are compared with this answer."))
        for column in columns:
            if column in over and column is not base:
                self.context.tasks.start(self._show(base, column, self._turn))
            elif column is not base:
                column.answer.show_whole()

    async def _show(self, base: CompareColumn, column: CompareColumn, turn: int) -> None:
        before, after = base.answer.shown_text, column.answer.shown_text
        pieces = await asyncio.to_thread(word_differences, before, after)
        if turn == self._turn:
            column.answer.show_differences(pieces)
