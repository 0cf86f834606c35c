"""Starting runs, and why one could not start."""

import pytest

from novita_desktop.domain.errors import DiskFull
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.pages.prompt.prompt_runs import PromptRuns
from tests.ui.prompt_stage import MODEL, prompt_stage

FORM = PromptForm(model=MODEL, message="Hello")


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


@pytest.fixture
def runs(stage):
    return PromptRuns(stage.context, stage.page)


def test_one_press_starts_one_run(stage, runs):
    started = []
    runs.started.connect(started.append)
    runs.run(FORM, None)
    runs.run(FORM, None)
    stage.until(lambda: started and not runs.is_starting)
    stage.until(lambda: len(stage.host.chats) == 1)
    assert len(started) == 1


def test_a_wrong_input_and_a_full_disk_are_told_apart(stage, runs, monkeypatch):
    inputs, refusals = [], []
    runs.input_refused.connect(inputs.append)
    runs.refused.connect(refusals.append)
    runs.run(PromptForm(model=MODEL), None)
    stage.until(lambda: inputs)
    assert inputs[0].field == "message"

    async def full(*_given, **_named):
        raise DiskFull

    monkeypatch.setattr(stage.workspace.runs, "submit", full)
    runs.run(FORM, None)
    stage.until(lambda: refusals)
    assert isinstance(refusals[0], DiskFull)
    assert not runs.is_starting


def test_the_question_about_the_limit_is_forgotten_with_an_edit(stage, runs):
    stage.run_to_end()
    stage.wait(stage.bridge.call(stage.workspace.settings.change(daily_limit_units=1)))
    runs.run(FORM, None)
    stage.until(lambda: runs.is_over_limit)
    runs.forget_question()
    assert not runs.is_over_limit
    runs.run(FORM, None)
    stage.until(lambda: runs.is_over_limit)
    assert len(stage.host.chats) == 1


def test_the_clipboard_is_a_variable(stage, runs):
    runs.run(PromptForm(model=MODEL, message="Say {{ clipboard }}"), "copied words")
    stage.until(lambda: stage.host.chats)
    assert stage.host.chats[0].json["messages"][0]["content"] == "Say copied words"
