"""The frame around an input: label and help above, its state or what is wrong below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from novita_desktop.ui.widgets.edited_mark import EditedMark
from novita_desktop.ui.widgets.form_labels import (
    help_label,
    link_button,
    short_help,
    show_invalid,
    show_tone,
    title_label,
)


class FieldFrame(QWidget):
    """Holds one input in `content`; the line below never disappears, so nothing jumps."""

    reset_requested = Signal()

    def __init__(self, title: str, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = title_label(title)
        self._help = short_help(help_text)
        self._note = help_label()
        self._note.setWordWrap(True)
        self._reset = link_button(self.tr("Reset"), self.tr("Reset {name}").format(name=title))
        self._reset.setToolTip(self.tr("Back to the model's default: nothing is sent"))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._reset.hide()
        self._reset.clicked.connect(self.reset_requested)
        self._problem = ""
        self._refusal = ""
        self._state_words = ""
        self.head = QHBoxLayout()
        self._mark = EditedMark(self.head)
        self.head.setSpacing(8)
        self.head.addWidget(self._label)
        self.head.addWidget(self._help, 1)
        self.content = QVBoxLayout()
        self.content.setSpacing(4)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addLayout(self.content)
        layout.addLayout(foot)

    def set_buddy(self, widget: QWidget) -> None:
        """Make the label the name of `widget` for assistive technology."""
        self._label.setBuddy(widget)

    def focus_input(self) -> None:
        """Give the keyboard to the input."""
        buddy = self._label.buddy()
        if buddy is not None:
            buddy.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_help(self, text: str) -> None:
        """Show `text` beside the label."""
        self._help.setText(text)

    def mark_changed(self, *, is_changed: bool) -> None:
        """Say beside the label whether the input differs from its preset."""
        self._mark.show(is_edited=is_changed)

    def set_state(self, words: str, *, can_reset: bool) -> None:
        """Say where the value comes from."""
        self._state_words = words
        self._refusal = ""
        self._reset.setVisible(can_reset)
        self._show_note()

    def set_problem(self, text: str) -> None:
        """Show what is wrong instead of the state; an empty text takes it away."""
        self._problem = text
        self._show_note()

    def show_refusal(self, text: str) -> None:
        """Show that the host refused what stands here, until it is edited."""
        self._refusal = text
        self._show_note()

    def problem_text(self) -> str:
        """Return what is shown as wrong."""
        return self._problem or self._refusal

    def _show_note(self) -> None:
        problem = self.problem_text()
        show_tone(self._note, is_problem=bool(problem))
        self._note.setText(problem or self._state_words)
        buddy = self._label.buddy()
        if buddy is not None:
            show_invalid(buddy, is_invalid=bool(problem))


class InputField(FieldFrame):
    """A frame whose input has a wire name; `changed` tells name and text of each edit once."""

    changed = Signal(str, object)

    def __init__(
        self, name: str, title: str, help_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, help_text, parent)
        self.name = name

    def value(self) -> str | None:
        """Return the input's text, None when nothing is sent."""
        raise NotImplementedError

    def set_value(self, text: str | None) -> None:
        """Show `text`, None for the model's default."""
        raise NotImplementedError
