"""What the rows of a batch say: statuses, why one was skipped, what it cost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from novita_desktop.domain.batches import RowResult, RowState, row_problem_from
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting
from novita_desktop.ui.error_words import error_words
from novita_desktop.ui.input_messages import input_name, input_problem
from novita_desktop.ui.table_messages import row_problem

MOST_CHARACTERS = 300
"""Of a cell, the list shows so much at most."""

STATE_KINDS = {
    RowState.PLANNED: "neutral",
    RowState.RUNNING: "info",
    RowState.DONE: "accent",
    RowState.FAILED: "danger",
    RowState.STOPPED: "warn",
    RowState.SKIPPED: "warn",
}
"""The colour's kind of each state's chip."""


class BatchWords(QObject):
    """Puts rows into words."""

    def titles(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Return the titles of all columns."""
        return (
            self.tr("#"),
            *(visible_text(name) for name in columns),
            self.tr("Status"),
            self.tr("Answer"),
            self.tr("Tries"),
            self.tr("Cost"),
        )

    def state(self, state: RowState) -> str:
        """Return a row's state in one word."""
        match state:
            case RowState.PLANNED:
                return self.tr("Queued")
            case RowState.RUNNING:
                return self.tr("Running")
            case RowState.DONE:
                return self.tr("Done")
            case RowState.FAILED:
                return self.tr("Failed")
            case RowState.STOPPED:
                return self.tr("Stopped")
            case RowState.SKIPPED:
                return self.tr("Skipped")

    def cells(self, result: RowResult, columns: int) -> tuple[str, ...]:
        """Return the texts of a row's cells in a table of so many columns."""
        row = result.row
        own = [_one_line(cell) for cell in row.cells[:columns]]
        return (
            formatting.whole(row.number),
            *own,
            *[""] * (columns - len(own)),
            self.state(row.state),
            self._answer(result),
            formatting.whole(result.attempt_count) if result.attempt_count else "",
            "" if result.cost is None else formatting.cost(result.cost),
        )

    def problem(self, problem: str) -> str:
        """Return why a row was skipped, in a sentence."""
        if (broken := row_problem_from(problem)) is not None:
            return row_problem(broken)
        place, _, what = problem.rpartition(" ")
        if what == "missing":
            return self.tr("No value for “{name}”").format(name=input_name(place))
        return input_problem(InputError(place, what))

    def _answer(self, result: RowResult) -> str:
        if result.row.state is RowState.SKIPPED:
            return self.problem(result.row.problem)
        if result.row.state is RowState.FAILED:
            words = error_words().get(result.error_code)
            return words.title if words else result.error_code
        return _one_line(result.answer)


def _one_line(text: str) -> str:
    return visible_text(" ".join(text[:MOST_CHARACTERS].split()))
