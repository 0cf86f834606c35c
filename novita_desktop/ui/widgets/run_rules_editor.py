"""How a run of this form is tried again, and how long it waits."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QVBoxLayout, QWidget

from novita_desktop.domain.records import record
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import title_label
from novita_desktop.ui.widgets.form_words import policy_words

LONGEST_SECONDS = 3_600
LONGEST_CONNECT_SECONDS = 120
LEAST_CHARACTERS = 12


@record(frozen=True, slots=True)
class RunRules:
    """The retry policy and time limits of one form; None means as in Settings."""

    retry_policy: RetryPolicy | None = None
    time_limits: TimeLimits | None = None


class RunRulesEditor(QWidget):
    """Edits the rules; each starts at "as in Settings"."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy = QComboBox()
        self._policy.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._policy.setMinimumContentsLength(LEAST_CHARACTERS)
        self._policy.addItem(self.tr("As in Settings"), "")
        for policy, words in policy_words().items():
            self._policy.addItem(words, policy.value)
        self._connect = self._seconds(LONGEST_CONNECT_SECONDS)
        self._first_word = self._seconds(LONGEST_SECONDS)
        self._silence = self._seconds(LONGEST_SECONDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("When it fails, try again"), self._policy),
            (self.tr("Wait for a connection"), self._connect),
            (self.tr("Wait for the first word"), self._first_word),
            (self.tr("Wait between words"), self._silence),
        )
        for title, widget in rows:
            widget.setAccessibleName(title)
            column.addWidget(title_label(title, widget))
            column.addWidget(widget)
            column.addSpacing(metrics.SPACE_4)
        self._policy.currentIndexChanged.connect(self._tell)

    def value(self) -> RunRules:
        """Return the rules; a limit that is not set takes the usual one beside those that are."""
        policy = str(self._policy.currentData())
        usual = TimeLimits()
        limits = TimeLimits(
            self._connect.value() or usual.connect_seconds,
            self._first_word.value() or usual.first_word_seconds,
            self._silence.value() or usual.silence_seconds,
        )
        boxes = (self._connect, self._first_word, self._silence)
        is_set = any(box.value() for box in boxes)
        return RunRules(RetryPolicy(policy) if policy else None, limits if is_set else None)

    def set_value(self, rules: RunRules) -> None:
        """Show `rules`."""
        limits = rules.time_limits
        with QSignalBlocker(self):
            place = self._policy.findData(rules.retry_policy.value if rules.retry_policy else "")
            self._policy.setCurrentIndex(place)
            self._connect.setValue(round(limits.connect_seconds) if limits else 0)
            self._first_word.setValue(round(limits.first_word_seconds) if limits else 0)
            self._silence.setValue(round(limits.silence_seconds) if limits else 0)

    def _seconds(self, longest: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, longest)
        box.setSpecialValueText(self.tr("As in Settings"))
        box.setSuffix(self.tr(" s"))
        box.valueChanged.connect(self._tell)
        return box

    def _tell(self) -> None:
        self.changed.emit(self.value())
