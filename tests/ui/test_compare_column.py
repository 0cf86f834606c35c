"""A column follows one run and says what can be done with it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from novita_desktop.demo import DemoThread
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_before_a_run_there_is_nothing_to_judge_or_copy(stage):
    stage.fill(*MODELS[:2])
    column = stage.columns[0]
    assert column.run_id is None
    assert not any(b.isEnabled() for b in (column._best, column._copy, column._retry, column._up))


def test_the_answer_is_copied_as_markdown(stage):
    stage.tools.host.play_always("text=# Title\\n\\n- one")
    stage.fill(MODELS[0], MODELS[2])
    stage.run_to_end()
    stage.columns[0]._copy.click()
    assert QGuiApplication.clipboard().text() == stage.columns[0].answer.text


def test_while_it_goes_on_its_button_stops_it(stage):
    stage.tools.host.play_always("gate; gate=half; gate_after=3; text=One two three four five six")
    stage.fill(MODELS[0], MODELS[2])
    stage.page.button.run.click()
    stage.until(lambda: stage.columns and all("One" in stage.answer(c) for c in stage.columns))
    column = stage.columns[0]
    assert column._retry.accessibleName() == "Stop"
    assert column.findChild(QLabel, "fact_tokens").text().startswith("≈")
    stage.page.stop()
    stage.until_over()
    assert column._retry.accessibleName() == "Retry"
    assert column.findChild(QLabel, "columnNote").text().startswith("Stopped.")
