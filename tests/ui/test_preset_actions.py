"""What is done with presets in their list, on a real workspace."""

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.dialogs.save_preset import SavePreset
from novita_desktop.ui.pages.prompt.preset_actions import PresetActions
from novita_desktop.ui.widgets.preset_rows import Placing
from tests.ui.page_stage import Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


@pytest.fixture
def ids(stage):
    new = [NewPreset(name, PromptForm("m", message=name), "Work") for name in ("a", "b")]
    ids = [preset.id for preset in stage.call(stage.context.workspace.presets.add(new))]
    stage.tools.qtbot.waitUntil(lambda: len(presets(stage)) == 2)
    return ids


@pytest.fixture
def actions(stage):
    return PresetActions(stage.context, stage.context.toast.window())


def presets(stage):
    return stage.context.state.presets


def until(stage, fact):
    stage.tools.qtbot.waitUntil(lambda: bool(fact()), timeout=5_000)


def test_a_star_is_given_and_taken(stage, ids, actions):
    actions.toggle_star(ids[0])
    until(stage, lambda: stage.context.state.preset(ids[0]).is_favourite)
    actions.toggle_star(ids[0])
    until(stage, lambda: not stage.context.state.preset(ids[0]).is_favourite)
    actions.toggle_star(99)


def test_a_preset_is_put_in_its_place(stage, ids, actions):
    actions.place(Placing(ids[1], (ids[1], ids[0]), "Work", is_favourite=False))
    until(stage, lambda: [preset.name for preset in presets(stage)] == ["b", "a"])


def test_a_copy_stands_beside_it(stage, ids, actions):
    actions.duplicate(ids[0])
    until(stage, lambda: [preset.name for preset in presets(stage)] == ["a", "b", "a 2"])


def test_it_is_renamed_and_moved(stage, ids, actions):
    actions.rename(ids[0])
    window = stage.context.toast.window()
    until(stage, lambda: window.findChild(SavePreset))
    dialog = window.findChild(SavePreset)
    dialog.name.setText("Renamed")
    dialog.folder.setCurrentText("Letters")
    dialog.accept()
    until(stage, lambda: stage.context.state.preset(ids[0]).folder == "Letters")
    renamed = stage.context.state.preset(ids[0])
    assert (renamed.name, renamed.version) == ("Renamed", 1)


def test_a_deleted_one_comes_back(stage, ids, actions):
    actions.delete(ids[0])
    until(stage, lambda: len(presets(stage)) == 1)
    until(stage, lambda: "runs stay" in stage.context.toast.text())
    stage.context.toast._button.click()
    until(stage, lambda: len(presets(stage)) == 2)
