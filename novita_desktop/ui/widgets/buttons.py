"""Buttons by their weight: one primary on a page, outlined, quiet, and icons alone."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from novita_desktop.ui.icons import Icons

ICON_GAP = "\N{THIN SPACE}"


def primary_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return the one button of a page that is the next thing to do."""
    button = QPushButton(text, parent)
    button.setProperty("kind", "primary")
    return button


def quiet_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button without an edge."""
    button = QPushButton(text, parent)
    button.setProperty("kind", "quiet")
    return button


def show_icon_and_word(
    icons: Icons, button: QPushButton, shape: str, word: str, *, checked: str = ""
) -> None:
    """Put an icon before a button's word, with more room between them than Qt leaves."""
    button.setText(f"{ICON_GAP}{word}")
    button.setAccessibleName(word)
    icons.show_on(button, shape, "text", checked=checked)


def icon_button(icons: Icons, shape: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that shows an icon alone; `name` is its tooltip and accessible name."""
    button = QToolButton(parent)
    button.setProperty("kind", "quiet")
    button.setToolTip(name)
    button.setAccessibleName(name)
    icons.show_on(button, shape)
    return button
