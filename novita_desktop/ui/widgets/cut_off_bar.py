"""Says that an answer was cut by max_tokens, and offers the two ways on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from novita_desktop.domain.runs import RunSummary
from novita_desktop.ui import formatting

CUT_OFF = "length"
"""The host's finish reason for an answer that reached max_tokens (novita/api.md section 2.4)."""


def is_cut_off(summary: RunSummary) -> bool:
    """Return whether the answer ended because max_tokens was reached."""
    return summary.finish_reason == CUT_OFF and not summary.error_code


class CutOffBar(QFrame):
    """An amber line with "Continue here" and "Raise and rerun"."""

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
        """Show the line if the answer of `summary` was cut."""
        self.setVisible(is_cut_off(summary))
        tokens = summary.usage.completion if summary.usage else None
        if tokens:
            one = self.tr("The answer was cut off at its limit of 1 token.")
            many = self.tr("The answer was cut off at its limit of {n} tokens.")
            self._words.setText(formatting.counted(tokens, one, many))
        else:
            self._words.setText(self.tr("The answer was cut off at its limit of tokens."))
