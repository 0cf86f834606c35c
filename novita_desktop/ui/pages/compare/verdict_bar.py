"""Asks which answer is best, and says what was answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from novita_desktop.domain.comparisons import Verdict
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.buttons import quiet_button
from novita_desktop.ui.widgets.elided_label import ElidedLabel

LEAST_NOTE_WIDTH = 80


class VerdictBar(QFrame):
    """A line with Tie and All bad; the winner is chosen in its column.

    `judged` has a `Verdict`, or None to take one back.
    """

    judged = Signal(object)
    names_requested = Signal()

    def __init__(self, note: QWidget, parent: QWidget | None = None) -> None:
        """Have the line for a note beside the verdict."""
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._words = ElidedLabel()
        self._words.setObjectName("verdictStatus")
        self._tie = QPushButton(self.tr("Tie"))
        self._tie.setToolTip(self.tr("The best answers are equally good (T)"))
        self._tie.clicked.connect(lambda: self.judged.emit(Verdict.TIE))
        self._bad = QPushButton(self.tr("All bad"))
        self._bad.setToolTip(self.tr("None of the answers is good enough (B)"))
        self._bad.clicked.connect(lambda: self.judged.emit(Verdict.ALL_BAD))
        self._back = quiet_button(self.tr("Take back"))
        self._back.setToolTip(self.tr("Take the verdict back"))
        self._back.clicked.connect(lambda: self.judged.emit(None))
        self._names = quiet_button(self.tr("Show names"))
        self._names.setToolTip(self.tr("Stop judging blind: show the names without a verdict"))
        self._names.clicked.connect(self.names_requested)
        self._keys = QLabel()
        self._keys.setProperty("tone", "muted")
        self._keys.setProperty("type", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_8, metrics.PAGE_MARGIN, metrics.SPACE_8
        )
        row.setSpacing(metrics.SPACE_8)
        row.addWidget(self._words, 1)
        note.setMinimumWidth(metrics.scaled(LEAST_NOTE_WIDTH))
        row.addWidget(note, 1)
        row.addWidget(self._keys)
        for button in (self._names, self._back, self._tie, self._bad):
            row.addWidget(button)
        self.hide()

    def ask(self, count: int, *, is_hidden: bool, can_judge: bool) -> None:
        """Ask which of `count` answers is best, as soon as all are there."""
        if not can_judge:
            words = self.tr("Judge once all answers are there.")
        else:
            words = self.tr("Which answer is best?")
        if is_hidden:
            words += " " + self.tr("Names and figures are hidden until you have judged.")
        self._words.setText(words)
        keys = self.tr("Keys 1 to {n}, T, B").format(n=count)
        self._keys.setText(keys if can_judge else "")
        self._show_buttons(can_judge=can_judge, is_judged=False, is_hidden=is_hidden)

    def tell(self, verdict: Verdict, winner: str) -> None:
        """Say what the verdict was."""
        words = {
            Verdict.BEST: self.tr("Best: {name}").format(name=winner),
            Verdict.TIE: self.tr("Tie: the best answers are equally good."),
            Verdict.ALL_BAD: self.tr("All bad: none of the answers is good enough."),
        }
        self._words.setText(words[verdict])
        self._keys.setText("")
        self._show_buttons(can_judge=False, is_judged=True, is_hidden=False)

    def _show_buttons(self, *, can_judge: bool, is_judged: bool, is_hidden: bool) -> None:
        for button in (self._tie, self._bad):
            button.setVisible(not is_judged)
            button.setEnabled(can_judge)
        self._back.setVisible(is_judged)
        self._names.setVisible(is_hidden)
        self.show()
