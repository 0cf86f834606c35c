"""The list of presets with a box to tick, by folder."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from novita_desktop.ui.widgets.preset_tick_list import PresetTickList, TickRow

WHAT = "says what it does"
ROWS = (
    TickRow("A", "Support", WHAT, is_ticked=True, state="new"),
    TickRow("B", "Other", WHAT, is_ticked=True),
    TickRow("C", "Support", "", is_ticked=True),
    TickRow("D", "Support", "", is_ticked=False),
    TickRow("E", "", "", is_ticked=False),
)


@pytest.fixture
def listed(qtbot):
    shown = PresetTickList("Presets to tick")
    qtbot.addWidget(shown)
    shown.set_rows(ROWS)
    return shown


def names(listed) -> str:
    return "".join(ROWS[place].name for place in listed.ticked_places())


def item(listed, name):
    (found,) = listed.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    return found


def test_what_is_said_of_a_preset_stands_beside_it(listed) -> None:
    assert listed.accessibleName() == "Presets to tick"
    assert item(listed, "A").text(1) == "new"
    assert item(listed, "E").parent() is None


def test_a_folder_ticks_what_is_in_it(listed) -> None:
    folder = item(listed, "Support")
    assert folder.checkState(0) == Qt.CheckState.PartiallyChecked
    folder.setCheckState(0, Qt.CheckState.Unchecked)
    assert names(listed) == "B"
    folder.setCheckState(0, Qt.CheckState.Checked)
    assert names(listed) == "ABCD"


def test_the_one_in_front_is_told_of(qtbot, listed) -> None:
    with qtbot.waitSignal(listed.looked_at) as told:
        listed.setCurrentItem(item(listed, "B"))
    assert told.args == [1]
    with qtbot.assertNotEmitted(listed.looked_at):
        listed.setCurrentItem(item(listed, "Support"))


def test_ticking_is_told_of_once(qtbot, listed) -> None:
    with qtbot.waitSignal(listed.ticked):
        item(listed, "A").setCheckState(0, Qt.CheckState.Unchecked)
    with qtbot.waitSignal(listed.ticked):
        listed.tick_all(is_ticked=False)
    assert names(listed) == ""


def test_the_search_hides_the_others_and_their_folders(listed) -> None:
    assert listed.search("what b") == 1
    assert item(listed, "Support").isHidden()
    assert not item(listed, "B").isHidden()
    listed.tick_all(is_ticked=False)
    assert names(listed) == "AC"
    assert listed.search("") == len(ROWS)
    assert not item(listed, "Support").isHidden()


def test_names_cannot_trick_the_eye(listed) -> None:
    listed.set_rows([TickRow("a\u202eb", "", "", is_ticked=False)])
    assert "\u202e" not in listed.topLevelItem(0).text(0)
