"""What is asked of a column is done there, and errors are mended where they stand."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def bodies(stage):
    return [chat.body for chat in stage.tools.host.chats]


def test_an_error_is_mended_in_its_column(stage):
    stage.tools.host.script(["no-json-schema", "text=Hello"])
    stage.fill(MODELS[0], MODELS[2])
    stage.run_to_end()
    failed = next(c for c in stage.columns if stage.status(c) == "Failed")
    other = next(c for c in stage.columns if c is not failed)
    before = (failed.run_id, other.run_id)
    failed.action_pressed.emit("retry")
    stage.until(lambda: failed.run_id not in {before[0], None})
    stage.until_over()
    assert stage.status(failed) == "Done"
    assert other.run_id == before[1]


def test_a_cut_answer_is_raised_and_continued(stage):
    stage.tools.host.script(["truncate=3; text=One two three four five six"])
    stage.fill(MODELS[0], MODELS[2])
    stage.run_to_end()
    cut = next(c for c in stage.columns if c.facts.finish_reason == "length")
    first = cut.run_id
    cut.commanded.emit("continue")
    stage.until(lambda: cut.run_id not in {first, None})
    stage.until_over()
    assert cut.answer.text.startswith("One")
    second = cut.run_id
    cut.commanded.emit("raise")
    stage.until(lambda: cut.run_id not in {second, None})
    stage.until_over()


def test_errors_lead_to_the_key_and_the_settings(stage):
    asked = []
    stage.page.connect_requested.connect(lambda run: asked.append(("key", run)))
    stage.page.settings_requested.connect(lambda section: asked.append(("settings", section)))
    stage.page._commands.mend(0, "change_key")
    stage.page._commands.mend(0, "open_network_settings")
    stage.page._commands.mend(0, "raise_limit")
    assert asked == [("key", False), ("settings", "network"), ("settings", "budget")]
