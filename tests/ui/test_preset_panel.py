"""The panel of presets: search, menus, and what it says when it is empty."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.presets import Preset
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.preset_panel import PresetPanel
from tests.ui.preset_samples import FORM, samples


@pytest.fixture
def panel(qtbot, theme):
    panel = PresetPanel(theme, Icons(theme), str)
    qtbot.addWidget(panel)
    panel.resize(224, 600)
    panel.show()
    return panel


def told_by(signal):
    told = []
    signal.connect(lambda *args: told.append(args))
    return told


def entry(menu, words):
    return next(action for action in menu.actions() if action.text() == words)


def words_of(panel):
    labels = (*panel.findChildren(QLabel), *panel.findChildren(QPushButton))
    return [label.text() for label in labels if label.isVisible()]


def test_names_for_assistive_technology(panel):
    assert panel.list.accessibleName() == "Presets"
    assert panel.search.accessibleName() == "Search presets"
    assert panel.new_button.accessibleName() == "New prompt"


def test_an_empty_panel_says_what_belongs_here_and_starts_it(panel):
    saved, library = told_by(panel.save_requested), told_by(panel.library_requested)
    assert {"No presets yet", "Save this prompt"} <= set(words_of(panel))
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Save this prompt").click()
    panel.offer_exchange()
    next(b for b in panel.findChildren(QPushButton) if b.text() == "See starter presets").click()
    assert (len(saved), len(library)) == (1, 1)


def test_a_search_without_result_says_so(panel):
    panel.set_presets(samples())
    panel.search.setText("zebra")
    assert "No preset has these words." in words_of(panel)
    panel.search.setText("")
    assert panel.list.isVisible()


def test_the_keyboard_goes_from_the_search_to_what_it_found(panel, qtbot):
    panel.set_presets(samples())
    opened = told_by(panel.opened)
    panel.search.setFocus()
    qtbot.keyClicks(panel.search, "reply")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert opened == [(4,)]
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.focusWidget() is panel.list
    assert panel.list.chosen() == 4
    panel.search.setFocus()
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == ""


def test_the_open_preset_stays_marked_when_presets_change(panel):
    panel.set_presets(samples())
    panel.choose(4)
    panel.set_presets(samples()[1:])
    assert panel.list.chosen() == 4


@pytest.mark.parametrize(
    ("words", "signal", "expected"),
    [
        ("Open", "opened", (4,)),
        ("Open and run", "run_requested", (4,)),
        ("Add to favourites", "star_toggled", (4,)),
        ("Rename or move…", "rename_requested", (4,)),
        ("Duplicate", "duplicate_requested", (4,)),
        ("Versions…", "versions_requested", (4,)),
        ("Delete", "delete_requested", (4,)),
    ],
)
def test_the_menu_of_a_preset(panel, words, signal, expected):
    panel.set_presets(samples())
    told = told_by(getattr(panel, signal))
    entry(panel.menu_for(4), words).trigger()
    assert told == [expected]


def test_a_preset_is_moved_from_its_menu(panel):
    panel.set_presets(samples())
    placed = told_by(panel.placed)
    menu = panel.menu_for(4)
    assert not entry(menu, "Move up").isEnabled()
    entry(menu, "Move down").trigger()
    assert [placing.among for (placing,) in placed] == [(5, 4)]
    assert entry(panel.menu_for(1), "Remove from favourites").isEnabled()


def test_files_are_offered_only_when_somebody_listens(panel):
    panel.set_presets(samples())
    assert "Export…" not in [action.text() for action in panel.menu_for(4).actions()]
    assert panel.more_button.isHidden()
    panel.offer_exchange()
    assert panel.more_button.isVisible()
    exported, imported = told_by(panel.export_requested), told_by(panel.import_requested)
    entry(panel.menu_for(4), "Export…").trigger()
    entry(panel.more_menu(), "Export…").trigger()
    entry(panel.more_menu(), "Import…").trigger()
    assert exported == [([4],), (None,)]
    assert len(imported) == 1


def test_the_list_stays_where_it_is_when_a_preset_is_used(panel):
    many = [Preset(i, f"Preset {i}", FORM, position=i) for i in range(100)]
    panel.set_presets(many)
    panel.resize(224, 300)
    bar = panel.list.verticalScrollBar()
    bar.setValue(400)
    resets = told_by(panel.rows.modelReset)
    panel.set_presets([replace(many[0], use_count=7), *many[1:]])
    assert (resets, bar.value()) == ([], 400)
    assert panel.rows.preset_at(0).use_count == 7
    panel.set_presets([replace(many[0], name="Renamed"), *many[1:]])
    assert (len(resets), bar.value()) == (1, 400)


def test_a_preset_is_moved_step_by_step_with_the_keyboard(panel, qtbot):
    panel.set_presets(samples())
    panel.choose(1)
    panel.list.setFocus()
    panel.list.choose(4)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    moved = [replace(preset, position=9) if preset.id == 4 else preset for preset in samples()]
    panel.set_presets(moved)
    assert panel.list.chosen() == 4
