"""An id that can be copied whole, however little of it there is room for."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.code_line import CodeLine


def test_the_whole_id_is_copied(qtbot, theme):
    line = CodeLine(Icons(theme), "Copy the id", "first")
    qtbot.addWidget(line)
    line.resize(60, 30)
    line.set_code("maker/" + "long-" * 40)
    button = line.findChild(QToolButton)
    assert button.accessibleName() == button.toolTip() == "Copy the id"
    button.click()
    assert QGuiApplication.clipboard().text() == "maker/" + "long-" * 40
