"""Asks for a use, such as 1,000 runs of 800 tokens in and 300 out, to compare prices by."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.flow_layout import FlowLayout

MOST_RUNS = 10_000_000
MOST_TOKENS = 10_000_000
SETTLE_MS = 150
"""Prices follow a number that is typed once it stands still this long."""

FIELD_WIDTH = 92


class CostCalculator(QWidget):
    """Three numbers in a sentence; `changed` has runs, tokens in and tokens out."""

    changed = Signal(int, int, int)

    def __init__(
        self, runs: int, prompt_tokens: int, answer_tokens: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runs = self._number(runs, 1, MOST_RUNS, self.tr("Runs"))
        self._prompt = self._number(prompt_tokens, 0, MOST_TOKENS, self.tr("Tokens in"))
        self._answer = self._number(answer_tokens, 0, MOST_TOKENS, self.tr("Tokens out"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self._flow = flow = FlowLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(metrics.SPACE_8)
        for words, field in (
            (self.tr("Cost of"), self._runs),
            (self.tr("runs of"), self._prompt),
            (self.tr("in +"), self._answer),
        ):
            flow.addWidget(self._pair(words, field))
        end = QLabel(self.tr("out tokens"), self)
        end.setProperty("tone", "muted")
        flow.addWidget(end)

    @override
    def sizeHint(self) -> QSize:
        # Of a row that does not wrap: a flow asks for no more than its widest part.
        items = (self._flow.itemAt(at) for at in range(self._flow.count()))
        parts = [item.sizeHint() for item in items if item is not None]
        width = sum(part.width() for part in parts) + self._flow.spacing() * (len(parts) - 1)
        return QSize(width, max(part.height() for part in parts))

    def _pair(self, words: str, field: QSpinBox) -> QWidget:
        """Return a word and its field, which are never parted by the end of a row."""
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.SPACE_8)
        label = QLabel(words, pair)
        label.setProperty("tone", "muted")
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field)
        return pair

    def _number(self, value: int, low: int, high: int, name: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(low, high)
        field.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        field.setGroupSeparatorShown(True)
        field.setValue(value)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setFixedWidth(metrics.scaled(FIELD_WIDTH))
        field.valueChanged.connect(lambda _: self._settle.start())
        return field

    def _tell(self) -> None:
        self.changed.emit(self._runs.value(), self._prompt.value(), self._answer.value())
