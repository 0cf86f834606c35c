"""The editors for a variable's value, one for each kind of field, all used in one way."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.ui.widgets.given_editor import EditorMeans, GivenEditor
from novita_desktop.ui.widgets.message_editor import MessageEditor

MOST_LINES = 8


class LineEditor(QLineEdit):
    """Edits a value on one line; `changed` is emitted for the person's own edits."""

    changed = Signal(str)
    left = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        self.setPlaceholderText(hint)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        """Return the text."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show `text`."""
        with QSignalBlocker(self):
            self.setText(text)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceEditor(QComboBox):
    """Picks a value from a list; nothing is picked at first."""

    changed = Signal(str)
    left = Signal()
    is_composing = False

    def __init__(self, choices: tuple[str, ...], hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItem(hint or self.tr("Choose"), "")
        for choice in choices:
            self.addItem(choice, choice)
        self.currentIndexChanged.connect(self._tell)

    def value(self) -> str:
        """Return what is picked, empty for nothing."""
        return str(self.currentData() or "")

    def set_value(self, text: str) -> None:
        """Pick `text`; a text that is no choice any more stays in sight, so that it is seen."""
        with QSignalBlocker(self):
            place = self.findData(text)
            if place < 0:
                self.addItem(text, text)
                place = self.count() - 1
            self.setCurrentIndex(place)

    def _tell(self) -> None:
        self.changed.emit(self.value())
        self.left.emit()


ValueEditor = MessageEditor | LineEditor | ChoiceEditor | GivenEditor
"""What edits a variable's value."""


def editor_for(field: VariableField, hint: str, means: EditorMeans, parent: QWidget) -> ValueEditor:
    """Return an empty editor for `field`; `hint` is what it shows while it is empty."""
    match field.kind:
        case FieldKind.FILE:
            from novita_desktop.ui.widgets.file_editor import (  # noqa: PLC0415  # when wanted
                FileEditor,
            )

            return FileEditor(means, hint, parent)
        case FieldKind.IMAGE:
            from novita_desktop.ui.widgets.image_editor import (  # noqa: PLC0415  # when wanted
                ImageEditor,
            )

            return ImageEditor(means, hint, parent)
        case FieldKind.CHOICE:
            return ChoiceEditor(field.choices, hint, parent)
        case FieldKind.LINES:
            editor = MessageEditor(parent, least_lines=1, most_lines=MOST_LINES)
            editor.setPlaceholderText(hint)
            return editor
        case _:
            return LineEditor(hint, parent)
