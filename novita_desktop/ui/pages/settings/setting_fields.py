"""Controls that edit one setting each, made from its declaration: kind, limits and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from decimal import Decimal

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.settings import Settings
from novita_desktop.ui import metrics
from novita_desktop.ui.pages.settings.setting_words import setting_words
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import problem_label, set_look, show_words
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

CONTROL_WIDTH = 400
NUMBER_WIDTH = 170
LEAST_CHARACTERS = 12

_DECLARED: Mapping[str, Field[object]] = {spec.name: spec for spec in fields(Settings)}


class SettingField(QWidget):
    """A label with help, a control, and a place for what is wrong.

    `changed` has the setting's name and its new value; only a person's edits emit it.
    """

    changed = Signal(str, object)

    def __init__(
        self, name: str, control: QWidget, width: int, parent: QWidget | None = None
    ) -> None:
        """Edit the setting `name` with `control`, at most `width` pixels wide at 100 %."""
        super().__init__(parent)
        self.name = name
        self._width = width
        self.words = setting_words(name)
        self._control = control
        self._problem = problem_label()
        title = WrappingLabel(self.words.title)
        title.setProperty("weight", "bold")
        title.setBuddy(control)
        titles = FlowLayout()
        titles.setSpacing(metrics.SPACE_8)
        titles.addWidget(title)
        if self.words.help:
            help_words = WrappingLabel(self.words.help)
            help_words.setProperty("type", "small")
            help_words.setProperty("tone", "muted")
            titles.addWidget(help_words)
        self.row = QHBoxLayout()
        self.row.setSpacing(metrics.SPACE_8)
        # Up to its greatest width; the rest is for the stretch.
        self.row.addWidget(control, 1)
        self.row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        column.addLayout(titles)
        column.addLayout(self.row)
        column.addWidget(self._problem)
        self._fit_control()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_control()

    def show_value(self, settings: Settings) -> None:
        """Show the value in `settings`; subclasses say how."""
        raise NotImplementedError

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the value; an empty text says that nothing is."""
        set_look(self._control, "wrong", "true" if words else "false")
        show_words(self._problem, words)

    def _fit_control(self) -> None:
        policy = QSizePolicy.Policy
        self._control.setSizePolicy(policy.Expanding, policy.Fixed)
        self._control.setMaximumWidth(metrics.scaled(self._width))


def _tell_apart(box: QAbstractSpinBox, *, is_unset: bool) -> None:
    """Stand a figure at the right, and words in the place of one at the left."""
    # The style sheet's padding does not reach the line inside the box.
    margin = metrics.scaled(metrics.SPACE_8)
    box.lineEdit().setTextMargins(margin, 0, 0, 0)
    side = Qt.AlignmentFlag.AlignLeft if is_unset else Qt.AlignmentFlag.AlignRight
    box.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


class ChoiceSetting(SettingField):
    """A setting that takes one of a few words."""

    def __init__(self, name: str, choices: Mapping[str, str] | None = None) -> None:
        self._combo = QComboBox()
        self._combo.setMinimumContentsLength(LEAST_CHARACTERS)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        super().__init__(name, self._combo, CONTROL_WIDTH)
        for value, words in (choices or self.words.choices).items():
            self._combo.addItem(words, value)
        self._combo.activated.connect(self._tell)

    @override
    def show_value(self, settings: Settings) -> None:
        with QSignalBlocker(self._combo):
            self._combo.setCurrentIndex(self._combo.findData(getattr(settings, self.name)))

    def _tell(self) -> None:
        self.changed.emit(self.name, self._combo.currentData())


class NumberSetting(SettingField):
    """A setting that is a number within limits; with a slider where the whole range is at hand."""

    def __init__(self, name: str, *, has_slider: bool = False, step: int = 1) -> None:
        self._number = QSpinBox()
        super().__init__(name, self._number, NUMBER_WIDTH)
        declared = _DECLARED[name]
        self._is_whole = isinstance(declared.default, int)
        low, high = int(declared.metadata["low"]), int(declared.metadata["high"])
        self._number.setRange(low, high)
        self._number.setSingleStep(step)
        self._number.setSuffix(self.words.suffix)
        self._number.setSpecialValueText(self.words.unset)
        self._number.setGroupSeparatorShown(True)
        # A value is taken when it is finished, not after each digit of it.
        self._number.setKeyboardTracking(False)
        self._number.valueChanged.connect(self._tell)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(low, high)
        self._slider.setSingleStep(step)
        self._slider.setPageStep(step)
        self._slider.setAccessibleName(self.words.title)
        self._slider.setFixedWidth(metrics.scaled(NUMBER_WIDTH))
        self._slider.setTracking(False)
        self._slider.valueChanged.connect(self._number.setValue)
        if has_slider:
            self.row.insertWidget(0, self._slider)
        else:
            self._slider.setParent(self)
            self._slider.hide()

    @override
    def show_value(self, settings: Settings) -> None:
        value = round(getattr(settings, self.name))
        with QSignalBlocker(self._number), QSignalBlocker(self._slider):
            self._number.setValue(value)
            self._slider.setValue(value)
        self._show_kind()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show_kind()

    def _show_kind(self) -> None:
        is_lowest = self._number.value() == self._number.minimum()
        _tell_apart(self._number, is_unset=is_lowest and bool(self.words.unset))

    def _tell(self, value: int) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(value)
        self._show_kind()
        self.changed.emit(self.name, value if self._is_whole else float(value))


class MoneySetting(SettingField):
    """A setting that is an amount: dollars on the screen, units of 10^-10 USD in the settings."""

    def __init__(self, name: str) -> None:
        self._amount = QDoubleSpinBox()
        super().__init__(name, self._amount, NUMBER_WIDTH)
        self._amount.setDecimals(2)
        self._amount.setRange(0, float(_DECLARED[name].metadata["high"] // UNITS_PER_USD))
        self._amount.setPrefix("$")
        self._amount.setSpecialValueText(self.words.unset)
        self._amount.setKeyboardTracking(False)
        self._amount.valueChanged.connect(self._tell)

    @override
    def show_value(self, settings: Settings) -> None:
        units = getattr(settings, self.name)
        with QSignalBlocker(self._amount):
            self._amount.setValue(float(Decimal(units) / UNITS_PER_USD))
        self._show_kind()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show_kind()

    def _show_kind(self) -> None:
        _tell_apart(self._amount, is_unset=not self._amount.value())

    def _tell(self, dollars: float) -> None:
        self._show_kind()
        # The control holds cents; as a text they are exact.
        self.changed.emit(self.name, int(Decimal(f"{dollars:.2f}") * UNITS_PER_USD))


class TextSetting(SettingField):
    """A setting that is a line of text; it is taken when the line is left or Enter is pressed."""

    def __init__(self, name: str) -> None:
        self._line = QLineEdit()
        super().__init__(name, self._line, CONTROL_WIDTH)
        self._shown = ""
        self._line.editingFinished.connect(self._tell)

    @override
    def show_value(self, settings: Settings) -> None:
        self._shown = str(getattr(settings, self.name))
        if not self._line.hasFocus() or not self._line.isModified():
            self._line.setText(self._shown)

    def _tell(self) -> None:
        text = self._line.text().strip()
        if text != self._shown:
            self._line.setModified(False)
            self._shown = text
            self.changed.emit(self.name, text)
