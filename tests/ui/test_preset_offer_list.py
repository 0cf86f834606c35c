"""The list of presets to add: by folder, ticked by default unless they are there already."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from novita_desktop.ui.widgets.preset_offer_list import PresetOfferList
from tests.ui.offer_samples import offer, there_already

OFFERS = (offer("A"), offer("B", "Other"), there_already("C"), there_already("D", is_same=True))


@pytest.fixture
def listed(qtbot):
    shown = PresetOfferList()
    qtbot.addWidget(shown)
    shown.set_offers(OFFERS, are_ticked=True)
    return shown


def names(offers) -> list[str]:
    return [each.new.name for each in offers]


def item(listed, name):
    (found,) = listed.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    return found


def test_what_is_there_already_is_not_ticked(listed) -> None:
    assert names(listed.chosen()) == ["A", "B", "C"]
    assert [item(listed, name).text(1) for name in "ABCD"] == ["", "", "differs", "yours"]


def test_a_folder_ticks_what_is_in_it(listed) -> None:
    folder = item(listed, "Support")
    assert folder.checkState(0) == Qt.CheckState.PartiallyChecked
    folder.setCheckState(0, Qt.CheckState.Unchecked)
    assert names(listed.chosen()) == ["B"]
    folder.setCheckState(0, Qt.CheckState.Checked)
    assert names(listed.chosen()) == ["A", "B", "C", "D"]


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
    assert listed.chosen() == []


def test_the_search_hides_the_others_and_their_folders(listed) -> None:
    assert listed.search("what b") == 1
    assert item(listed, "Support").isHidden()
    assert not item(listed, "B").isHidden()
    listed.tick_all(is_ticked=False)
    assert names(listed.chosen()) == ["A", "C"]
    assert listed.search("") == 4
    assert not item(listed, "Support").isHidden()


def test_names_cannot_trick_the_eye(listed) -> None:
    listed.set_offers((offer("a\u202eb", ""),), are_ticked=False)
    assert "\u202e" not in listed.topLevelItem(0).text(0)
