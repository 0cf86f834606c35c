"""The menu tells what is switched on."""

from __future__ import annotations

from novita_desktop.ui.pages.compare.more_menu import MoreMenu


def test_entries_tell_their_state(qtbot, theme):
    menu = MoreMenu()
    qtbot.addWidget(menu)
    told = []
    menu.differences_toggled.connect(lambda on: told.append(("differences", on)))
    menu.scroll_toggled.connect(lambda on: told.append(("scroll", on)))
    by_text = {action.text(): action for action in menu.actions()}
    by_text["Scroll together"].trigger()
    by_text["Show word differences"].trigger()
    menu.show_differences(is_on=False)
    assert told == [("scroll", True), ("differences", True), ("differences", False)]
