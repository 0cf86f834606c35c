"""Says what ended an answer before its own end: max_tokens, with two ways on, or something else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from novita_desktop.domain.runs import RunSummary
from novita_desktop.ui import formatting

CUT_OFF = "length"
"""The host's finish reason for an answer that reached max_tokens (novita/api.md section 2.4)."""

TOOL_CALLS = "tool_calls"
FILTERED = "content_filter"


def is_cut_off(summary: RunSummary) -> bool:
    """Return whether the answer ended because max_tokens was reached."""
    return summary.finish_reason == CUT_OFF and not summary.error_code


class CutOffBar(QFrame):
    """An amber line; "Continue here" and "Raise and rerun" go with an answer that was cut."""

    continue_pressed = Signal()
    raise_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "warn")
        self._words = QLabel()
        self._words.setObjectName("cutOff")
        self._words.setWordWrap(True)
        self._continue = QPushButton(self.tr("Continue here"))
        self._continue.setToolTip(self.tr("Ask for the rest, which is joined to this answer"))
        self._continue.clicked.connect(self.continue_pressed)
        self._raise = QPushButton(self.tr("Raise and rerun"))
        self._raise.setToolTip(self.tr("Run again from the start with twice the max tokens"))
        self._raise.clicked.connect(self.raise_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self._continue)
        row.addWidget(self._raise)
        self.hide()

    def show_run(self, summary: RunSummary) -> None:
        """Show the line if the answer of `summary` did not come to its own end."""
        is_cut = is_cut_off(summary)
        words = self._cut_words(summary) if is_cut else self._other_words(summary)
        self._words.setText(words)
        self._continue.setVisible(is_cut)
        self._raise.setVisible(is_cut)
        self.setVisible(bool(words))

    def _cut_words(self, summary: RunSummary) -> str:
        tokens = summary.usage.completion if summary.usage else None
        if not tokens:
            return self.tr("The answer was cut off at its limit of tokens.")
        one = self.tr("The answer was cut off at its limit of 1 token.")
        many = self.tr("The answer was cut off at its limit of {n} tokens.")
        return formatting.counted(tokens, one, many)

    def _other_words(self, summary: RunSummary) -> str:
        if summary.error_code:
            return ""
        if summary.finish_reason == TOOL_CALLS:
            return self.tr(
                "The model asks for a tool to be called, which this program does not do."
                " What it asks for is under Raw JSON."
            )
        if summary.finish_reason == FILTERED:
            return self.tr("The host's filter ended the answer. Put the message differently.")
        return ""
