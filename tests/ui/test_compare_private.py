"""With Private pressed in, nothing of a comparison is kept, and it says so."""

from __future__ import annotations

import pytest

from tests.ui.compare_stage import MODELS, compare_stage

SECRET = "zanzibarite"


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def leaks(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if SECRET.encode() in path.read_bytes()]


def mark_is_shown(stage):
    return not stage.page._menu_commands.name.private_mark.isHidden()


def test_what_is_typed_run_and_noted_is_written_nowhere(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.page.private.click()
        stage.fill(*MODELS[:2], message=f"What is {SECRET}?")
        stage.run_to_end()
        assert mark_is_shown(stage)
        stage.tools.qtbot.keyClicks(stage.page._note, SECRET)
        stage.press(stage.columns[0], "Best")
        stage.until(stage.judged)
        stage.page._drafts.save()
        stage.page._drafts.touch()
        stage.tools.wait(stage.page.leave(), timeout=20_000)
        assert leaks(tmp_path) == []
        assert stage.stage.call(stage.page.context.workspace.history.page()) == []
    assert leaks(tmp_path) == []
    with compare_stage(tools, tmp_path) as stage:
        assert stage.page._view.comparison is None
        assert SECRET not in stage.page.form.message.value()


def test_a_switch_begins_another_comparison(stage, host):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    kept = stage.page._view.comparison.id
    assert not mark_is_shown(stage)
    stage.page.use_model(MODELS[2])
    stage.page.private.click()
    stage.run_to_end()
    secret = stage.page._view.comparison
    assert secret.is_private
    assert kept > 0 > secret.id
    assert len(host.chats) == 5
    stage.page.private.click()
    stage.page.use_model(MODELS[3])
    stage.run_to_end()
    assert stage.page._view.comparison.id > kept


def test_inputs_run_to_the_end_and_are_stepped_through(stage):
    stage.page.private.click()
    stage.fill(*MODELS[:2], message="Describe {{ thing }}")
    stage.page._inputs.value = ({"thing": "a door"}, {"thing": "a boat"})
    stage.run_to_end()
    stage.until(lambda: not stage.page._view.is_running)
    stage.until(lambda: "4 of 4 answers" in stage.label("inputProgress"))
    stage.page._stepper.step(1)
    stage.until(lambda: all("a boat" in stage.answer(c) for c in stage.columns))
