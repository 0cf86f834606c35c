"""Puts columns in another order, as they are shown: by dragging, or by the menu of a column."""

from __future__ import annotations

from PySide6.QtCore import QObject

from novita_desktop.ui.pages.compare.column_commands import ColumnCommands
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.compare_runs import CompareRuns
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.pages.compare.round_view import RoundView


class ColumnOrder(QObject):
    """Changes the plan's order, and that of the comparison in view, where names may be seen."""

    def __init__(
        self,
        board: CompareBoard,
        commands: ColumnCommands,
        view: RoundView,
        runs: CompareRuns,
        columns: PlanColumns,
    ) -> None:
        super().__init__(board)
        self._board, self._view, self._runs, self._columns = board, view, runs, columns
        commands.step_requested.connect(self.step)
        board.dropped.connect(self.place)

    def step(self, key: int, step: int) -> None:
        """Move a column by so many places towards the end, or (below 0) the start."""
        keys = [column.key for column in self._board]
        if key in keys:
            self.place(key, keys.index(key) + step)

    def place(self, key: int, place: int) -> None:
        """Put a column at a place, from 0; one beyond the others changes nothing."""
        keys = [column.key for column in self._board]
        is_there = key in keys and 0 <= place < len(keys) and keys.index(key) != place
        if not is_there or self._view.hides_names:
            return
        keys.remove(key)
        keys.insert(place, key)
        self._board.expect_order(keys)
        if self._view.comparison is not None:
            self._runs.arrange(self._view.comparison, keys)
        self._columns.arrange(keys)
