"""The side panel says which prompt is run, and where each input comes from."""

from __future__ import annotations

import pytest

from novita_desktop.domain.batches import Batch, Source, SourceKind, TableOrigin
from novita_desktop.domain.presets import Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.ui.pages.batch.batch_sources import BatchSources

PROMPT = PromptForm("a/b", message="Sum up: {{ text }}")
PRESET = Preset(4, "Greet", PromptForm("a/b", message="Greet {{ name }}"), version=2)


def batch(form=PROMPT, **sources):
    return Batch(1, "t", 0, TableOrigin("t.csv"), ("text", "name"), form, sources)


@pytest.fixture
def panel(qtbot):
    made = BatchSources()
    qtbot.addWidget(made)
    made.set_presets([PRESET], PROMPT)
    made.show()
    return made


def test_the_prompt_and_the_presets_are_offered(panel):
    assert [panel.preset.itemText(n) for n in range(panel.preset.count())] == [
        "The prompt on the Prompt page",
        "Greet",
    ]


def test_a_preset_is_run_with_sources_that_are_guessed(panel, qtbot):
    panel.show_batch(batch(system=Source(SourceKind.FIXED, "Be brief")))
    assert panel.sources() == {"system": Source(SourceKind.FIXED, "Be brief")}
    with qtbot.waitSignal(panel.changed):
        panel.preset.setCurrentIndex(1)
    assert panel.form().message == "Greet {{ name }}"
    assert panel.form().preset == PresetUse(4, 2, "Greet")
    assert panel.sources() == {"variable:name": Source(SourceKind.COLUMN, "name")}
    with qtbot.waitSignal(panel.changed):
        panel.preset.setCurrentIndex(0)
    assert panel.sources() == {"variable:text": Source(SourceKind.COLUMN, "text")}


def test_the_preset_of_a_batch_is_chosen_when_it_is_shown(panel, qtbot):
    form = PromptForm("a/b", message="Greet {{ name }}", preset=PresetUse(4, 2, "Greet"))
    with qtbot.assertNotEmitted(panel.changed):
        panel.show_batch(batch(form))
    assert panel.preset.currentText() == "Greet"


def test_price_and_problem_are_shown_while_there_are_any(panel):
    panel.show_preview("30 rows: about $1.00", "")
    assert panel.price.isVisible()
    assert not panel.problem.isVisible()
