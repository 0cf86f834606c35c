"""Many inputs: filled in as a table, run in every column, stepped through and judged one by one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from novita_desktop.demo import DemoThread
from novita_desktop.ui.dialogs.comparison_inputs import ComparisonInputs
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def tools(qtbot, wait, theme):
    with DemoThread(speed=0) as host:
        yield Tools(qtbot, wait, theme, host)


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def ask_for_three(stage):
    """Have three inputs, pasted into the table."""
    stage.fill(MODELS[0], MODELS[2], message="Greet {{ name }} from {{ city }}")
    stage.until(lambda: set(stage.page.form.variables.names()) == {"name", "city"})
    stage.page._more.inputs_requested.emit()
    stage.until(lambda: stage.page.findChild(ComparisonInputs))
    dialog = stage.page.findChild(ComparisonInputs)
    QGuiApplication.clipboard().setText("city\tname\nRome\tAnn\nParis\tBen\nOslo\tCem\n")
    dialog.paste()
    dialog.accept()
    stage.until(lambda: len(stage.page.plan().inputs) == 3)


def label(stage, name):
    return stage.page.findChild(QLabel, name).text()


def run_all(stage):
    stage.page.button.run.click()
    stage.until(lambda: "6 of 6 answers" in label(stage, "inputProgress"), timeout=20_000)
    stage.until_over()


def test_every_input_runs_in_every_column(stage):
    ask_for_three(stage)
    run_all(stage)
    assert label(stage, "inputPlace") == "Input 1 of 3"
    assert set(label(stage, "inputValues").split(" · ")) == {"name: Ann", "city: Rome"}
    sent = " ".join(str(chat.body) for chat in stage.tools.host.chats)
    assert [sent.count(f"Greet {n}") for n in ("Ann from Rome", "Ben from Paris")] == [2, 2]
    first = [c.run_id for c in stage.columns]
    stage.tools.qtbot.keyClick(stage.page, Qt.Key.Key_N)
    stage.until(lambda: label(stage, "inputPlace") == "Input 2 of 3")
    stage.until_over()
    assert not set(first) & {c.run_id for c in stage.columns}


def test_inputs_are_judged_one_by_one_by_keyboard(stage):
    ask_for_three(stage)
    run_all(stage)
    press = stage.tools.qtbot.keyClick
    press(stage.page, Qt.Key.Key_1)
    stage.until(lambda: "1 of 3 judged" in label(stage, "inputProgress"))
    press(stage.page, Qt.Key.Key_U)
    stage.until(lambda: label(stage, "inputPlace") == "Input 2 of 3")
    stage.until(lambda: stage.page._view.can_judge)
    press(stage.page, Qt.Key.Key_T)
    stage.until(lambda: "2 of 3 judged" in label(stage, "inputProgress"))
    press(stage.page, Qt.Key.Key_P)
    stage.until(lambda: label(stage, "inputPlace") == "Input 1 of 3")
    assert stage.judged()
    press(stage.page, Qt.Key.Key_U)
    stage.until(lambda: label(stage, "inputPlace") == "Input 3 of 3")


def test_inputs_and_verdicts_are_there_after_a_restart(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        ask_for_three(stage)
        run_all(stage)
        tools.qtbot.keyClick(stage.page, Qt.Key.Key_2)
        stage.until(stage.judged)
    with compare_stage(tools, tmp_path) as stage:
        stage.until(lambda: "6 of 6 answers · 1 of 3 judged" in label(stage, "inputProgress"))
        assert [dict(values)["name"] for values in stage.page.plan().inputs] == [
            "Ann",
            "Ben",
            "Cem",
        ]
        assert stage.judged()


def test_without_a_variable_the_page_says_what_to_write(stage):
    stage.fill(*MODELS[:2])
    stage.page._more.inputs_requested.emit()
    stage.until(lambda: "{{ name }}" in stage.page.notice.text())


def test_stop_ends_all_inputs_and_run_all_goes_on(stage):
    stage.tools.host.play_always("gate; gate=half; gate_after=3; text=One two three four five six")
    ask_for_three(stage)
    stage.page.button.run.click()
    stage.until(lambda: stage.columns and all("One" in stage.answer(c) for c in stage.columns))
    stage.page.button.stop.click()
    stage.until(lambda: not stage.page.button.is_running)
    kept = stage.page._view.comparison
    assert kept.live_runs() == []
    stage.tools.host.play_always(None)
    if kept.missing():
        stage.page.button.run.click()
        stage.until(lambda: not stage.page._view.comparison.missing())
        assert stage.page._view.comparison.id == kept.id
