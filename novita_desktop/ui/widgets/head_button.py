"""A button in a page's head that gives way to its icon where room is short."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import ICON_GAP
from novita_desktop.ui.widgets.run_button import FittingButton


def head_button(
    icons: Icons, word: str, shape: str, *, is_primary: bool = False, checked: str = ""
) -> FittingButton:
    """Return a button with an icon and a word, of which the icon alone stays in a narrow window."""
    button = FittingButton()
    button.setAccessibleName(word)
    button.setToolTip(word)
    button.set_words((f"{ICON_GAP}{word}", ""))
    if is_primary:
        button.setProperty("kind", "primary")
    icons.show_on(button, shape, "on_accent" if is_primary else "text", checked=checked)
    let_give_way(button)
    return button


def let_give_way(button: FittingButton) -> None:
    """Let a button be as small as its shortest text: its own policy asks for the longest."""
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
