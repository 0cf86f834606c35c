"""Does what is asked of a column: its verdict, another run, what mends its error, its changes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from novita_desktop.services.column_reruns import Again, AgainKind
from novita_desktop.ui.error_messages import BILLING_URL
from novita_desktop.ui.error_words import ErrorAction
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.compare_column import ColumnCommand
from novita_desktop.ui.pages.compare.compare_runs import CompareRuns
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.pages.compare.round_view import RoundView

SETTINGS_SECTIONS: Mapping[str, str] = {
    ErrorAction.RAISE_LIMIT: "budget",
    ErrorAction.OPEN_NETWORK_SETTINGS: "network",
    ErrorAction.OPEN_CONNECTION_SETTINGS: "connection",
    ErrorAction.OPEN_DATA_SETTINGS: "data",
}
"""Which section of Settings mends an error."""


class ColumnCommands(QObject):
    """Connects the board's columns with the round in view, its runs and the plan.

    The signals with a column's key ask for its own settings to be shown, or to become those of
    the preset, or for the others to be compared with its answer; `step_requested` asks for it to be
    moved by so many places.
    """

    connect_requested = Signal()
    settings_requested = Signal(str)
    modify_requested = Signal(int)
    use_requested = Signal(int)
    differences_requested = Signal(int)
    step_requested = Signal(int, int)

    def __init__(
        self, board: CompareBoard, view: RoundView, runs: CompareRuns, columns: PlanColumns
    ) -> None:
        super().__init__(board)
        self._board, self._view, self._runs, self._columns = board, view, runs, columns
        board.commanded.connect(self.obey)
        board.action_pressed.connect(self.mend)
        runs.action_asked.connect(lambda action: self.mend(0, action))

    def obey(self, key: int, command: str) -> None:
        """Do what was asked of a column."""
        match ColumnCommand(command):
            case ColumnCommand.BEST:
                self._view.choose_best(key)
            case ColumnCommand.THUMB_UP | ColumnCommand.THUMB_DOWN as thumb:
                self._give_thumb(key, 1 if thumb is ColumnCommand.THUMB_UP else -1)
            case ColumnCommand.RETRY | ColumnCommand.CONTINUE | ColumnCommand.RAISE as again:
                self._run_again(key, Again(AgainKind(again.value)))
            case ColumnCommand.STOP | ColumnCommand.TRY_NOW as wanted:
                run_id = self._board.column(key).run_id
                if run_id is not None and wanted is ColumnCommand.STOP:
                    self._runs.stop([run_id])
                elif run_id is not None:
                    self._runs.try_now(run_id)
            case ColumnCommand.MODIFY:
                self.modify_requested.emit(key)
            case ColumnCommand.COMPARE_WITH:
                self.differences_requested.emit(key)
            case ColumnCommand.USE:
                self.use_requested.emit(key)
            case edit:
                self._edit(key, edit)

    def _edit(self, key: int, command: ColumnCommand) -> None:
        if command in {ColumnCommand.MOVE_LEFT, ColumnCommand.MOVE_RIGHT}:
            # Written from the right, the start of the row is at the right.
            is_back = (command is ColumnCommand.MOVE_LEFT) != self._board.isRightToLeft()
            self.step_requested.emit(key, -1 if is_back else 1)
        else:
            self._columns.edit(key, command)

    def _give_thumb(self, key: int, thumb: int) -> None:
        """Give a column a thumb; the one that it has is taken away."""
        comparison, shown = self._view.comparison, self._view.round
        if comparison is not None and shown is not None and key in shown.cells:
            is_same = shown.cells[key].thumb == thumb
            self._runs.set_thumb(comparison, shown.number, key, 0 if is_same else thumb)

    def _run_again(self, key: int, again: Again) -> None:
        if self._view.comparison is not None:
            self._runs.run_again(self._view.comparison, self._view.number, key, again)

    def mend(self, key: int, action: str) -> None:
        """Do what mends an error, in a column or (0) of the page."""
        name, _, parameter = action.partition(":")
        match name:
            case ErrorAction.CONNECT | ErrorAction.CHANGE_KEY:
                self.connect_requested.emit()
            case ErrorAction.OPEN_BILLING:
                QDesktopServices.openUrl(QUrl(BILLING_URL))
            case ErrorAction.CHOOSE_MODEL:
                self._columns.edit(key, ColumnCommand.CHANGE_MODEL)
            case ErrorAction.RUN_WITHOUT:
                self._run_again(key, Again(AgainKind.WITHOUT, parameter))
            case ErrorAction.RAISE_AND_RERUN:
                self._run_again(key, Again(AgainKind.RAISE))
            case ErrorAction.RETRY:
                self._run_again(key, Again())
            case _:
                self.settings_requested.emit(SETTINGS_SECTIONS.get(name, ""))
