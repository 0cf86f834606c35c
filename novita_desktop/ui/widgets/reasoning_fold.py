"""The model's reasoning, folded away above the answer: "Thought for 1.2 s · 96 tokens"."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QWidget

from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.run_progress import RunProgress

SHOWN_LINES = 10


class ReasoningFold(Fold):
    """Shows how long the model thought, and what, when it is unfolded. Hidden without any."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, "", parent)
        self.view = AnswerView()
        self.view.setAccessibleName(self.tr("Reasoning so far"))
        self.view.setFixedHeight(self.view.fontMetrics().lineSpacing() * SHOWN_LINES)
        self.body_layout.addWidget(self.view)
        self.hide()

    def show_progress(self, progress: RunProgress) -> None:
        """Say how long the model has thought."""
        usage = progress.summary.usage if progress.summary else None
        tokens = usage.reasoning if usage and usage.reasoning else progress.reasoning_tokens
        seconds = progress.thought_seconds(time.monotonic())
        count = formatting.counted(tokens, self.tr("1 token"), self.tr("{n} tokens"))
        if not progress.is_over and progress.writing_since is None:
            words = self.tr("Thinking · {tokens}").format(tokens=count)
        elif seconds is not None and seconds >= 0.1:
            words = self.tr("Thought for {time} · {tokens}").format(
                time=formatting.duration(round(seconds * 1000)), tokens=count
            )
        else:
            words = self.tr("Thought · {tokens}").format(tokens=count)
        self.button.setText(words)
