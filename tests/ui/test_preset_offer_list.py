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
