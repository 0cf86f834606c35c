"""The command palette finds actions, presets and models."""

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Column
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.main_window.palette_commands import palette_commands
from novita_desktop.ui.pages.compare import ComparePage
from novita_desktop.ui.pages.prompt import PromptPage
from tests.services.stage import MODEL, OTHER_MODEL
from tests.ui.page_stage import Tools
from tests.ui.window_stage import window_stage


@pytest.fixture
def opened(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0, ttft_ms=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, stage),
    ):
        yield window, stage, host


def commands(window):
    found = palette_commands(window.actions_by_id, window._links, window.state)
    return {command.words: command for command in found}


def test_a_preset_is_opened_and_run_by_its_name(opened, qtbot):
    window, stage, host = opened
    new = NewPreset("Greeting", PromptForm(MODEL, message="Say hello"), "Letters")
    stage.call(stage.context.workspace.presets.add([new]))
    qtbot.waitUntil(lambda: "Run Greeting" in commands(window))
    assert commands(window)["Run Greeting"].hint == "Letters"
    window.show_page("models")
    commands(window)["Open Greeting"].run()
    page = window.findChild(PromptPage)
    qtbot.waitUntil(lambda: page.title == "Greeting")
    assert window._book.shown_name == "prompt"
    assert list(host.chats) == []
    commands(window)["Run Greeting"].run()
    qtbot.waitUntil(lambda: len(host.chats) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: not page.button.is_running, timeout=10_000)


def test_actions_have_their_keys_and_models_their_ids(opened):
    window, _, _ = opened
    found = commands(window)
    assert found["Save preset"].hint == "Ctrl+S"
    assert "Command palette" not in found
    use = next(command for command in found.values() if command.hint == MODEL)
    use.run()
    assert window.findChild(PromptPage).form.value().model == MODEL


def test_the_keys_for_presets_reach_the_page(opened, qtbot):
    window, _, _ = opened
    page = window.findChild(PromptPage)
    qtbot.waitUntil(lambda: page.library.panel)
    page.form.message.setPlainText("Words")
    commands(window)["New prompt"].run()
    qtbot.waitUntil(lambda: page.form.message.value() == "")
    commands(window)["Find a preset"].run()
    assert window.focusWidget() is page.library.panel.search


def test_a_preset_is_compared_by_its_name(opened, qtbot):
    window, stage, host = opened
    new = NewPreset("Greeting", PromptForm(MODEL, message="Say hello"))
    stage.call(stage.context.workspace.presets.add([new]))
    qtbot.waitUntil(lambda: "Compare Greeting" in commands(window))
    commands(window)["Compare Greeting"].run()
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page.form.value().message == "Say hello", timeout=10_000)
    assert window._book.shown_name == "compare"
    assert page.plan().columns[0].model == MODEL
    assert page.plan().form.preset.name == "Greeting"
    assert list(host.chats) == []


def test_the_prompts_form_is_compared_by_a_command(opened, qtbot):
    window, _, _ = opened
    window.findChild(PromptPage).form.set_value(PromptForm(MODEL, message="From Prompt"))
    window.show_page("history")
    commands(window)["Compare models with the prompt's form"].run()
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page.form.value().message == "From Prompt", timeout=10_000)
    assert window._book.shown_name == "compare"


def test_a_set_of_models_is_compared_by_its_name(opened, qtbot):
    window, stage, _ = opened
    columns = (Column(1, MODEL), Column(2, OTHER_MODEL, "Be brief"))
    stage.call(stage.context.workspace.model_sets.save("Pair", columns))
    qtbot.waitUntil(lambda: "Compare the models of Pair" in commands(window))
    commands(window)["Compare the models of Pair"].run()
    page = window.findChild(ComparePage)
    qtbot.waitUntil(lambda: page._is_restored, timeout=10_000)
    found = [(column.model, column.system) for column in page.plan().columns]
    assert found == [(MODEL, None), (OTHER_MODEL, "Be brief")]
