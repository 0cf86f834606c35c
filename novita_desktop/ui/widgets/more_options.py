"""The inputs under "More": what most people never need, and nothing is sent unless it is set."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.input_values import RANGES
from novita_desktop.domain.requests import Reasoning
from novita_desktop.ui.widgets.choice_field import ChoiceField
from novita_desktop.ui.widgets.field_frame import InputField
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.parameter_field import (
    Explain,
    ParameterField,
    ParameterWords,
)

NUMBERS = tuple(name for name in RANGES if name not in {"temperature", "top_p", "max_tokens"})
NAMES = frozenset({"reasoning", "reasoning_effort", *NUMBERS, "stop", "extra"})
"""The wire names of all inputs under "More"."""

EFFORTS = ("low", "medium", "high", "max")


class TextInput(InputField):
    """An input that is a text of its own, such as stop sequences or a JSON object."""

    def __init__(self, name: str, words: ParameterWords, *, is_code: bool = False) -> None:
        super().__init__(name, words.title, words.help)
        self._unset = words.unset or self.tr("Not sent")
        self.edit = MessageEditor(least_lines=1, most_lines=10)
        self.edit.setAccessibleName(words.title)
        if is_code:
            self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.content.addWidget(self.edit)
        self.set_buddy(self.edit)
        self.edit.changed.connect(self._tell)
        self.reset_requested.connect(self._clear)
        self._show_state()

    @override
    def value(self) -> str | None:
        return self.edit.value() or None

    @override
    def set_value(self, text: str | None) -> None:
        self.edit.set_value(text or "")
        self.set_problem("")
        self._show_state()

    def _clear(self) -> None:
        self.edit.selectAll()
        self.edit.insertPlainText("")

    def _tell(self) -> None:
        self.set_problem("")
        self._show_state()
        self.changed.emit(self.name, self.value())

    def _show_state(self) -> None:
        words = self._unset if self.value() is None else self.tr("Set")
        self.set_state(words, can_reset=self.value() is not None)


class MoreOptions(QWidget):
    """Edits the inputs under "More" as texts by wire name."""

    changed = Signal(str, object)

    def __init__(self, explain: Explain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        numbers = [ParameterField(n, self._words()[n], explain) for n in NUMBERS]
        words = self._words()
        reasoning = ChoiceField(
            "reasoning",
            words["reasoning"],
            ((Reasoning.ON.value, self.tr("On")), (Reasoning.OFF.value, self.tr("Off"))),
        )
        efforts = (self.tr("Low"), self.tr("Medium"), self.tr("High"), self.tr("Highest"))
        effort = ChoiceField(
            "reasoning_effort", words["reasoning_effort"], tuple(zip(EFFORTS, efforts, strict=True))
        )
        self.stop = TextInput("stop", words["stop"])
        self.extra = TextInput("extra", words["extra"], is_code=True)
        fields: tuple[InputField, ...] = (reasoning, effort, *numbers, self.stop, self.extra)
        self._fields = {field.name: field for field in fields}
        self._small = fields[: len(numbers) + 2]
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addWidget(self.stop)
        layout.addWidget(self.extra)
        self.place_fields(2)
        for field in self._fields.values():
            field.changed.connect(self.changed)

    def place_fields(self, columns: int) -> None:
        """Place the short fields in so many columns."""
        if columns == self._columns:
            return
        self._columns = columns
        for field in self._small:
            self._grid.removeWidget(field)
        for place, field in enumerate(self._small):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(field, place // columns, place % columns, top)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def value(self) -> dict[str, str]:
        """Return the inputs that are set."""
        texts = {name: field.value() for name, field in self._fields.items()}
        return {name: text for name, text in texts.items() if text is not None}

    def set_value(self, inputs: Mapping[str, str]) -> None:
        """Show `inputs`; those that are missing are at the model's default."""
        with QSignalBlocker(self):
            for name, field in self._fields.items():
                with QSignalBlocker(field):
                    field.set_value(inputs.get(name))

    def mark_changes(self, names: Collection[str]) -> None:
        """Mark the inputs that differ from the preset."""
        for name, field in self._fields.items():
            field.mark_changed(is_changed=name in names)

    def show_refusal(self, name: str, words: str) -> None:
        """Mark the input that the host refused, and no other."""
        for field in self._fields.values():
            field.show_refusal(words if field.name == name else "")

    def field(self, name: str) -> InputField | None:
        """Return the field of the input `name`, None when it is not here."""
        return self._fields.get(name)

    def _words(self) -> dict[str, ParameterWords]:
        between = self.tr("-2 to 2")
        return {
            "reasoning": ParameterWords(self.tr("Reasoning"), self.tr("think before answering")),
            "reasoning_effort": ParameterWords(self.tr("Reasoning effort")),
            "seed": ParameterWords(self.tr("Seed"), self.tr("same seed, similar answer")),
            "frequency_penalty": ParameterWords(self.tr("Frequency penalty"), between),
            "presence_penalty": ParameterWords(self.tr("Presence penalty"), between),
            "repetition_penalty": ParameterWords(
                self.tr("Repetition penalty"), self.tr("above 0, to 2")
            ),
            "top_k": ParameterWords(self.tr("Top K"), self.tr("1 to 128")),
            "min_p": ParameterWords(self.tr("Min P"), self.tr("0 to 1")),
            "stop": ParameterWords(
                self.tr("Stop sequences"),
                self.tr("one on each line, at most 4; the answer ends before them"),
            ),
            "extra": ParameterWords(
                self.tr("Further fields as JSON"),
                self.tr("laid over the request as they stand"),
            ),
        }
