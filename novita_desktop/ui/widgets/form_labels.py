"""The kinds of label and button that a form is made of, as the style sheet knows them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from novita_desktop.ui.widgets.elided_label import ElidedLabel

Label = TypeVar("Label", bound=QLabel)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and apply it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # A widget that was not drawn yet is styled when it is.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def show_tone(label: QLabel, *, is_problem: bool) -> None:
    """Draw a small text as a problem or as help."""
    set_look(label, "tone", "danger" if is_problem else "muted")


def show_invalid(widget: QWidget, *, is_invalid: bool) -> None:
    """Draw the edge of an input as wrong or not."""
    set_look(widget, "wrong", "true" if is_invalid else "false")


def title_label(text: str, buddy: QWidget | None = None) -> QLabel:
    """Return the name of an input; `buddy` is the input, for assistive technology."""
    label = QLabel(text)
    label.setProperty("weight", "bold")
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def section_label(text: str) -> QLabel:
    """Return the title of a group of inputs."""
    label = QLabel(text)
    label.setProperty("weight", "bold")
    label.setProperty("tone", "muted")
    return label


def small(label: Label) -> Label:
    """Return `label`, drawn as a small muted text."""
    label.setProperty("type", "small")
    label.setProperty("tone", "muted")
    return label


def help_label(text: str = "") -> QLabel:
    """Return a small muted text."""
    return small(QLabel(text))


def short_help(text: str = "") -> ElidedLabel:
    """Return a small muted text on one line that gives way where room is short."""
    return small(ElidedLabel(text))


def problem_label() -> QLabel:
    """Return a hidden label for what is wrong."""
    label = help_label()
    show_tone(label, is_problem=True)
    label.setWordWrap(True)
    label.hide()
    return label


def show_words(label: QLabel, text: str) -> None:
    """Show `text` in `label`, and the label only while there is text."""
    label.setText(text)
    label.setVisible(bool(text))


def link_button(text: str, name: str = "") -> QPushButton:
    """Return a button that looks like a link; `name` is what assistive technology reads."""
    button = QPushButton(text)
    button.setProperty("kind", "link")
    if name:
        button.setAccessibleName(name)
    return button


def chip_button(text: str, tip: str) -> QPushButton:
    """Return a small button that can be pressed in."""
    button = QPushButton(text)
    button.setCheckable(True)
    button.setProperty("kind", "chip")
    button.setToolTip(tip)
    return button
