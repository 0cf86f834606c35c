"""The chips make the filter that they say, and are found by their words."""

import pytest
from PySide6.QtWidgets import QPushButton

from novita_desktop.domain.catalogue import Ability, ModelFilter
from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.ui.widgets.model_filters import ModelFilters


@pytest.fixture
def filters(qtbot):
    filters = ModelFilters()
    qtbot.addWidget(filters)
    return filters


def press(filters, words):
    next(chip for chip in filters.findChildren(QPushButton) if chip.text() == words).click()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Chat", ModelFilter(chat_only=False)),
        ("Favourites", ModelFilter(favourites_only=True)),
        ("Images", ModelFilter(abilities=frozenset({Ability.VISION}))),
        ("JSON", ModelFilter(abilities=frozenset({Ability.JSON}))),
        ("Tools", ModelFilter(abilities=frozenset({Ability.TOOLS}))),
        ("Reasoning", ModelFilter(abilities=frozenset({Ability.REASONING}))),
        ("Context ≥ 100K", ModelFilter(abilities=frozenset({Ability.LONG_CONTEXT}))),
        ("≤ $0.50 / 1M", ModelFilter(max_input_price=UNITS_PER_USD // 2 // 1_000_000)),
        ("Retired", ModelFilter(with_retired=True)),
    ],
)
def test_each_chip_changes_the_filter_and_back(filters, words, wanted):
    told = []
    filters.changed.connect(told.append)
    press(filters, words)
    press(filters, words)
    assert told == [wanted, ModelFilter()]


def test_clearing_leaves_the_usual_filter_and_tells_it_once(filters):
    for words in ("Chat", "JSON", "Retired"):
        press(filters, words)
    told = []
    filters.changed.connect(told.append)
    filters.clear()
    assert told == [ModelFilter()]
    assert filters.value() == ModelFilter()
