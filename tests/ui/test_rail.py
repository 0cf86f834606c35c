"""The rail of pages."""

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.rail import Rail, RailEntry

ENTRIES = (
    RailEntry("prompt", "Prompt", "message-square-text", "Prompt (Ctrl+1)"),
    RailEntry("settings", "Settings", "settings", "Settings", is_at_foot=True),
)


@pytest.fixture
def rail(qtbot, theme):
    menu = QMenu()
    rail = Rail(Icons(theme), ENTRIES, menu)
    rail.help_menu = menu
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 600)
    rail.show()
    return rail


def button(rail, name):
    (found,) = [b for b in rail.findChildren(QPushButton) if b.accessibleName() == name]
    return found


def test_a_press_asks_for_the_page(rail, qtbot):
    with qtbot.waitSignal(rail.page_requested) as asked:
        button(rail, "Settings").click()
    assert asked.args == ["settings"]


def test_one_page_is_marked(rail):
    rail.show_page("prompt")
    rail.show_page("settings")
    assert [button(rail, name).isChecked() for name in ("Prompt", "Settings")] == [False, True]


def test_narrow_shows_icons_alone_and_keeps_the_names(rail):
    wide = rail.width()
    rail.set_narrow(is_narrow=True)
    assert rail.width() < wide / 2
    assert button(rail, "Prompt").text() == ""
    assert button(rail, "Prompt").toolTip() == "Prompt (Ctrl+1)"
    rail.set_narrow(is_narrow=False)
    assert button(rail, "Prompt").text().strip() == "Prompt"


def test_a_count_stands_where_something_runs(rail):
    rail.set_count("prompt", 3)
    (count,) = [c for c in button(rail, "Prompt").children() if hasattr(c, "text")]
    assert (count.text(), count.isVisible()) == ("3", True)
    rail.set_count("prompt", 0)
    assert not count.isVisible()


def test_settings_stand_at_the_foot(rail):
    assert button(rail, "Settings").y() > 400 > button(rail, "Prompt").y()


def test_help_opens_its_menu(rail, qtbot):
    rail.help_menu.addAction("About")
    button(rail, "Help").click()
    assert rail.help_menu.isVisible()
    rail.help_menu.close()
