"""Shows one round of a comparison on the board, as far as it may be seen, and takes its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.comparisons import Column, Comparison, Round, Verdict
from novita_desktop.domain.self_naming import names_of
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.verdict_bar import VerdictBar


class RoundView(QObject):
    """Keeps board and verdict bar at what is kept of the round in view.

    `judged` has a `Verdict` or None, and the winning column's key or None.
    """

    judged = Signal(object, object)

    def __init__(
        self, context: PageContext, board: CompareBoard, bar: VerdictBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.comparison: Comparison | None = None
        self.number = 1
        self._columns: Sequence[Column] = ()
        self._board = board
        self._bar = bar
        bar.judged.connect(lambda verdict: self._judge(verdict, None))
        board.state_changed.connect(self.show_state)

    @property
    def round(self) -> Round | None:
        """The round in view, None before the first."""
        return self.comparison.round(self.number) if self.comparison else None

    @property
    def hides_names(self) -> bool:
        """Whether nobody is to know yet whose answers are in view."""
        return self.comparison is not None and self.comparison.hides_names(self.number)

    @property
    def can_judge(self) -> bool:
        """Whether all answers are there, and no verdict is."""
        found = self.round
        if found is None or found.judgement is not None or self._board.is_live:
            return False
        return self._has_several() and not self._is_missing(found)

    @property
    def is_running(self) -> bool:
        """Whether any run of the comparison goes on, also of inputs that are not in view."""
        shown = {column.run_id for column in self._board}
        live = self.comparison.live_runs() if self.comparison is not None else ()
        return self._board.is_live or any(run_id not in shown for run_id in live)

    def show(self, comparison: Comparison | None, number: int, columns: Sequence[Column]) -> None:
        """Show a round in these columns; those that are not the comparison's show no answer."""
        self.comparison, self.number, self._columns = comparison, number, columns
        found = self.round
        self._board.set_columns(columns, found.order if found else ())
        # Before the answers: no name is to be seen even for a moment.
        self._hide_names()
        for column in columns:
            shown = self._board.column(column.key)
            cell = found.cells.get(column.key) if found else None
            is_kept = comparison is not None and comparison.column(column.key) == column
            if cell is not None and is_kept:
                shown.follow(self.context.workspace, cell.run_id)
            else:
                shown.clear()
        self.show_state()

    def choose_best(self, key: int) -> None:
        """Take a column for the winner; the winner once more takes the verdict back."""
        found = self.round
        if found is None:
            return
        if found.judgement is not None and found.judgement.best == key:
            self._judge(None, None)
        elif self.can_judge or found.judgement is not None:
            self._judge(Verdict.BEST, key)

    def choose_place(self, place: int) -> None:
        """Take the column at a place, from 1, for the winner."""
        keys = [column.key for column in self._board]
        if self.can_judge and 0 < place <= len(keys):
            self.choose_best(keys[place - 1])

    def choose(self, verdict: Verdict) -> None:
        """Take a verdict without a winner."""
        if self.can_judge:
            self._judge(verdict, None)

    def show_state(self) -> None:
        """Say what can be judged, or what was."""
        found = self.round
        judgement = found.judgement if found else None
        is_over = found is not None and not self._board.is_live
        is_whole = found is not None and not self._is_missing(found)
        self._board.set_judgeable(is_judgeable=is_over and is_whole and self._has_several())
        thumbs = {key: cell.thumb for key, cell in found.cells.items()} if found else {}
        self._board.show_marks(judgement.best if judgement else None, thumbs)
        self._board.mark_best_facts()
        if found is None:
            self._bar.hide()
        elif judgement is None:
            self._bar.ask(len(self._columns), is_hidden=self.hides_names, can_judge=self.can_judge)
        else:
            self._bar.tell(judgement.verdict, self._name_of(judgement.best))

    def _is_missing(self, found: Round) -> bool:
        """Whether a column of the round is yet to run, because other inputs come first."""
        columns = self.comparison.columns if self.comparison else ()
        return any(column.key not in found.cells for column in columns)

    def _has_several(self) -> bool:
        return sum(column.run_id is not None for column in self._board) > 1

    def _hide_names(self) -> None:
        if not self.hides_names:
            self._board.hide_names("", ())
            return
        state = self.context.state
        ids = [column.model for column in self._columns]
        names = names_of((*ids, *(state.model_name(model_id) for model_id in ids)))
        self._board.hide_names(self.tr("Answer {n}"), sorted(names))

    def _name_of(self, key: int | None) -> str:
        column = self.comparison.column(key) if self.comparison and key is not None else None
        return self.context.state.model_name(column.model) if column else ""

    def _judge(self, verdict: Verdict | None, best: int | None) -> None:
        if self.round is not None:
            self.judged.emit(verdict, best)
