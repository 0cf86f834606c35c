"""The button says what it does, and does it."""

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.compare_button import compare_button


def test_it_is_heard_and_pressed(qtbot, theme):
    pressed = []
    button = compare_button(Icons(theme), lambda: pressed.append(True))
    qtbot.addWidget(button)
    assert button.accessibleName() == "Compare models"
    button.click()
    assert pressed == [True]
