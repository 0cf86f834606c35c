"""The attempts of a run: each one's status, time, reason, and the wait that followed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from novita_desktop.domain.runs import Attempt
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.widgets.chip import Chip


class AttemptsList(QWidget):
    """Shows attempts in their order, each on a line, with its reason below if it failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Attempt, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics.SPACE_8)
        self._grid.setVerticalSpacing(metrics.SPACE_4)
        self._grid.setColumnStretch(2, 1)

    def set_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Show `attempts` in the place of others."""
        if self._shown == tuple(attempts):
            return
        self._shown = tuple(attempts)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, attempt in enumerate(attempts):
            self._add(2 * number, attempt)

    def _add(self, row: int, attempt: Attempt) -> None:
        chip = Chip(self._status_words(attempt), "danger" if attempt.error else "accent", self)
        time = QLabel(formatting.run_time(attempt.started_at), self)
        after = _muted(self._words_after(attempt), self)
        after.setWordWrap(True)
        after.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(chip, row, 0)
        self._grid.addWidget(time, row, 1)
        self._grid.addWidget(after, row, 2)
        if attempt.error is not None:
            reason = _muted(describe_run_error(attempt.error).title, self)
            reason.setWordWrap(True)
            self._grid.addWidget(reason, row + 1, 1, 1, 2)

    def _status_words(self, attempt: Attempt) -> str:
        if attempt.status is not None:
            return str(attempt.status)
        return self.tr("No answer") if attempt.error else formatting.DASH

    def _words_after(self, attempt: Attempt) -> str:
        if attempt.wait_after_ms is not None:
            wait = formatting.duration(attempt.wait_after_ms)
            return self.tr("then waited {time}").format(time=wait)
        if attempt.first_word_ms is not None:
            first = formatting.duration(attempt.first_word_ms)
            return self.tr("first word {time}").format(time=first)
        return ""


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "muted")
    return label
