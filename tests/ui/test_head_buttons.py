"""The head's buttons have words to be heard, and do what they are for."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.compare.head_buttons import add_button, blind_button, more_button


def test_they_are_heard_by_their_words(qtbot, theme):
    icons, menu = Icons(theme), QMenu()
    buttons = (blind_button(icons), add_button(icons), more_button(icons, menu))
    for button in (*buttons, menu):
        qtbot.addWidget(button)
    assert [button.accessibleName() for button in buttons] == ["Blind", "Add model", "More"]
    assert [button.isCheckable() for button in buttons] == [True, False, False]
    assert buttons[2].menu() is menu
