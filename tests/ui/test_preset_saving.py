"""The winner's settings become the preset's next version, or a new preset."""

from __future__ import annotations

from dataclasses import replace

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def presets(stage):
    return stage.page.context.workspace.presets


def test_a_form_without_preset_becomes_a_new_one(stage):
    stage.fill(*MODELS[:2], message="Write a reply to this customer and be kind")
    stage.page._commands.obey(stage.columns[1].key, "use")
    stage.until(lambda: presets(stage).current)
    (added,) = presets(stage).current
    assert added.name == "Write a reply to this customer"
    assert (added.form.model, added.form.preset) == (MODELS[1], None)


def test_a_form_of_a_preset_becomes_its_next_version(stage):
    form = PromptForm(MODELS[3], message="Hello")
    (kept,) = stage.stage.call(presets(stage).add([NewPreset("Greet", form)]))
    stage.fill(*MODELS[:2])
    stage.page.form.set_value(replace(form, preset=kept.use))
    stage.page._commands.obey(stage.columns[0].key, "use")
    stage.until(lambda: presets(stage).find(kept.id).version == 2)
    assert presets(stage).find(kept.id).form.model == MODELS[0]
    assert len(presets(stage).current) == 1
