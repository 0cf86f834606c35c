"""Presets, form and answer side by side."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.preset_split import USUAL_PRESETS, PresetSplit


@pytest.fixture
def split(qtbot, theme):
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    split = PresetSplit(Icons(theme), QLabel("form"), QLabel("answer"))
    column.addWidget(split)
    holder.resize(1250, 700)
    holder.show()
    split.holder = holder
    return split


def shown(split):
    return [split.widget(place).isVisible() for place in range(3)]


def test_presets_have_their_usual_width_and_the_rest_is_shared(split):
    presets, form, answer = split.sizes()
    assert abs(presets - USUAL_PRESETS) < 20
    assert abs(form - answer) < 20


def test_presets_are_folded_away_and_stay_so(split):
    split.fold.click()
    assert shown(split) == [False, True, True]
    kept = split.state()
    split.show_presets()
    assert shown(split) == [True, True, True]
    split.restore(kept)
    assert shown(split) == [False, True, True]
    for text in ("", "AAAA", "[]"):
        split.restore(text)
    assert shown(split) == [False, True, True]


def test_without_room_presets_take_the_answers_place_until_one_is_opened(split, qtbot):
    split.window().resize(720, 640)
    qtbot.waitUntil(lambda: split.is_narrow)
    assert shown(split) == [False, True, True]
    split.fold.click()
    assert shown(split) == [True, True, False]
    split.give_way()
    assert shown(split) == [False, True, True]
    split.window().resize(1250, 700)
    qtbot.waitUntil(lambda: not split.is_narrow)
    assert shown(split) == [True, True, True]
    split.give_way()
    assert shown(split) == [True, True, True]


def test_large_text_needs_more_room(split, theme, qtbot):
    split.window().resize(1000, 700)
    qtbot.waitUntil(lambda: split.width() == 1000)
    assert not split.is_narrow
    theme.set_look("light", 200)
    qtbot.waitUntil(lambda: split.is_narrow)
    theme.set_look("light", 100)
    qtbot.waitUntil(lambda: not split.is_narrow)


def test_presets_grow_and_shrink_with_the_text(split, theme):
    split.window().resize(2000, 700)
    before = split.sizes()[0]
    theme.set_look("light", 150)
    assert abs(split.sizes()[0] - 1.5 * before) <= 3
    kept = split.state()
    theme.set_look("light", 100)
    assert abs(split.sizes()[0] - before) <= 3
    split.restore(kept)
    assert abs(split.sizes()[0] - before) <= 3


def test_the_panel_is_put_into_its_place(split):
    panel = QLabel("presets")
    split.presets.hold(panel)
    assert panel.parent() is split.presets
