"""Buttons by their weight."""

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button, primary_button, quiet_button


def ground(button):
    return button.grab().toImage().pixelColor(button.width() // 2, 4)


def test_a_primary_button_stands_out_and_a_quiet_one_does_not(qtbot, theme):
    primary, quiet = primary_button("Run"), quiet_button("Share")
    for button in (primary, quiet):
        qtbot.addWidget(button)
        button.show()
        button.clearFocus()
    assert ground(primary) == theme.color("accent")
    assert ground(quiet).alpha() == 0


def test_an_icon_alone_has_a_name_and_a_tip(qtbot, theme):
    button = icon_button(Icons(theme), "copy", "Copy the answer")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Copy the answer"
    assert not button.icon().isNull()
