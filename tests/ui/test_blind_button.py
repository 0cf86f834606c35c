"""The switch says what it does, and can be pressed in."""

from __future__ import annotations

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.compare.blind_button import BlindButton


def test_it_is_named_and_stays_pressed(qtbot, theme) -> None:
    button = BlindButton(Icons(theme))
    qtbot.addWidget(button)
    assert button.accessibleName() == "Blind"
    assert "until you have judged" in button.toolTip()
    button.click()
    assert button.isChecked()
