"""The button says what it does, and hands over the form as it stands."""

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.compare_button import compare_button


class Page(QObject):
    wanted = Signal(object)


def test_it_is_heard_and_pressed(qtbot, theme):
    page, pressed = Page(), []
    page.wanted.connect(pressed.append)
    button = compare_button(Icons(theme), lambda: PromptForm("m"), page.wanted)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Compare models"
    button.click()
    assert pressed == [PromptForm("m")]
