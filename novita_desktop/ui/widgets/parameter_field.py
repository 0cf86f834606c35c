"""One numeric input of the form, with its three states in view.

*Model default* (empty: not sent), *set* (a number), *from a variable* (`{{ name }}`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QWidget
from typing_extensions import override

from novita_desktop.domain import templates
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.input_values import RANGES, parsed_number
from novita_desktop.domain.records import record
from novita_desktop.ui.widgets.field_frame import InputField
from novita_desktop.ui.widgets.form_labels import set_look, show_invalid

SLIDER_STEPS = 100
"""How many places a slider has for each whole number."""


class InputState(StrEnum):
    """Where an input's value comes from."""

    DEFAULT = "default"
    SET = "set"
    VARIABLE = "variable"


def state_of(text: str | None) -> InputState:
    """Return the state that an input with this text is in."""
    if text is None:
        return InputState.DEFAULT
    return InputState.VARIABLE if templates.has_variables(text) else InputState.SET


@record(frozen=True, slots=True)
class ParameterWords:
    """What a parameter's field says: its title, a short help, and its state when it is unset."""

    title: str
    help: str = ""
    unset: str = ""


Explain = Callable[[InputError], str]
"""Turns what is wrong with an input into words."""


class ParameterField(InputField):
    """Edits one number as text, so that a variable fits too; `changed` tells each edit once."""

    left = Signal()

    def __init__(
        self,
        name: str,
        words: ParameterWords,
        explain: Explain,
        *,
        slider_rest: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Edit the input with the wire name `name`.

        `slider_rest` adds a slider, which stands there while the input is at the model's default.
        """
        super().__init__(name, words.title, words.help, parent)
        self._explain = explain
        self._unset = words.unset or self.tr("Model default, not sent")
        self._limit: int | None = None
        self._rest = slider_rest
        self.edit = _NumberEdit()
        self.edit.setAccessibleName(words.title)
        self.edit.setPlaceholderText(self.tr("default"))
        self.edit.textChanged.connect(self._follow_text)
        self.edit.left.connect(self.left)
        self.set_buddy(self.edit)
        self._slider: QSlider | None = None
        if slider_rest is None:
            self.content.addWidget(self.edit)
        else:
            self._add_slider(words.title)
        self.reset_requested.connect(lambda: self.edit.setText(""))
        self._show_state()

    @override
    def value(self) -> str | None:
        text = self.edit.text().strip()
        return text or None

    @override
    def set_value(self, text: str | None) -> None:
        with QSignalBlocker(self):
            self.edit.setText(text or "")

    def set_unset_words(self, words: str, placeholder: str) -> None:
        """Say what is sent while the input is unset."""
        self._unset = words
        self.edit.setPlaceholderText(placeholder)
        self._show_state()

    def set_limit(self, limit: int | None) -> None:
        """Refuse numbers above `limit`, which depends on the model."""
        self._limit = limit
        self._show_state()

    def state(self) -> InputState:
        """Return where the value comes from."""
        return state_of(self.value())

    def problem(self) -> InputError | None:
        """Return what is wrong with the number that stands there."""
        text = self.value()
        if text is None or templates.has_variables(text):
            return None
        try:
            number = parsed_number(self.name, text)
        except InputError as error:
            if self._limit is not None and error.high:
                return InputError(
                    self.name, error.problem, given=text, low=error.low, high=str(self._limit)
                )
            return error
        if self._limit is not None and number > self._limit:
            return InputError(self.name, "out_of_range", given=text, low="1", high=str(self._limit))
        return None

    def _add_slider(self, title: str) -> None:
        allowed = RANGES[self.name]
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(self.tr("{name} slider").format(name=title))
        lowest = allowed.low if allowed.low_is_inside else allowed.low + 1 / SLIDER_STEPS
        slider.setRange(round(lowest * SLIDER_STEPS), round(allowed.high * SLIDER_STEPS))
        slider.setSingleStep(5)
        slider.setPageStep(10)
        slider.valueChanged.connect(self._follow_slider)
        self._slider = slider
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(slider, 3)
        row.addWidget(self.edit, 2)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.content.addLayout(row)

    def _follow_slider(self, position: int) -> None:
        self.edit.setText(f"{position / SLIDER_STEPS:.2f}")

    def _follow_text(self) -> None:
        self._show_state()
        self.changed.emit(self.name, self.value())

    def _show_state(self) -> None:
        state, problem = self.state(), self.problem()
        words = {
            InputState.DEFAULT: self._unset,
            InputState.SET: self.tr("Set"),
            InputState.VARIABLE: self.tr("From a variable"),
        }
        self.set_state(words[state], can_reset=state is not InputState.DEFAULT)
        self.set_problem("" if problem is None else self._explain(problem))
        show_invalid(self.edit, is_invalid=problem is not None)
        self._place_slider(state, is_valid=problem is None)

    def _place_slider(self, state: InputState, *, is_valid: bool) -> None:
        if self._slider is None or self._rest is None:
            return
        place = self._rest
        text = self.value()
        if state is InputState.SET and is_valid and text is not None:
            place = float(parsed_number(self.name, text))
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(place * SLIDER_STEPS))
        self._slider.setEnabled(state is not InputState.VARIABLE)
        set_look(self._slider, "unset", "true" if state is InputState.DEFAULT else "false")


class _NumberEdit(QLineEdit):
    """A line that tells when the focus leaves it."""

    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
