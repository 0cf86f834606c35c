"""One form in several columns: run, stopped, mended, judged, found again after a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.comparisons import Verdict
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.widgets.answer_view import AnswerView
from tests.ui.compare_stage import MODELS, compare_stage


@pytest.fixture
def stage(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        yield stage


def test_the_first_visit_offers_two_models_and_the_prompts_message(tools, tmp_path):
    with compare_stage(tools, tmp_path) as first:
        drafts = first.stage.context.workspace.drafts
        form = PromptForm(model=MODELS[2], message="From the Prompt page")
        first.stage.call(drafts.save("prompt", form))
        page = first.page
        page._is_restored = False
        first.stage.call(page.context.workspace.comparisons.load_plan())
        page.context.tasks.start(page._restore(page.context))
        first.until(lambda: page.form.message.value() == "From the Prompt page")
        assert len(page.plan().columns) == 2
        assert page.plan().columns[0].model == MODELS[2]


def test_run_all_answers_in_every_column(stage):
    stage.fill(*MODELS, message="Say something")
    stage.run_to_end()
    for column, model in zip(stage.columns, MODELS, strict=True):
        name = stage.stage.context.state.model_name(model)
        assert column.accessibleName() == name
        assert f"not written by {name}" in stage.answer(column)
        assert stage.status(column) == "Done"
        assert column.facts.tokens > 0
    assert stage.label("verdictStatus") == "Which answer is best?"


def test_names_for_assistive_technology(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    names = {b.accessibleName() for b in stage.page.findChildren(QPushButton)}
    assert {"Add model", "Run all", "Stop all", "Blind"} <= names
    for column in stage.columns:
        heard = QAccessible.queryAccessibleInterface(column)
        assert heard.role() == QAccessible.Role.Grouping
        assert heard.text(QAccessible.Text.Name) == column.shown_name
        inside = {b.accessibleName() for b in column.findChildren(QPushButton)}
        assert {"Best", "Retry"} <= inside
        assert "Answer" in {v.accessibleName() for v in column.findChildren(AnswerView)}
        assert not column.findChild(QLabel, "columnStatus").accessibleName()


def test_a_failed_column_leaves_the_others_alone_and_is_tried_again(stage, host):
    stage.fill(MODELS[0], "nobody/no-such-model", MODELS[1])
    stage.run_to_end()
    good, bad, other = stage.columns
    assert [stage.status(c) for c in (good, bad, other)] == ["Done", "Failed", "Done"]
    assert bad.findChild(QLabel, "errorTitle").isVisibleTo(bad)
    runs = (good.run_id, other.run_id)
    before = bad.run_id
    stage.press(bad, "Retry")
    stage.until(lambda: bad.run_id not in {before, None})
    stage.until_over()
    assert (good.run_id, other.run_id) == runs


def test_one_column_and_all_columns_stop(stage, host):
    host.play_always("gate; gate=half; gate_after=3; text=One two three four five six")
    stage.fill(MODELS[0], MODELS[0], MODELS[2])
    stage.page.button.run.click()
    stage.until(lambda: all("One" in stage.answer(c) for c in stage.columns) and stage.columns)
    first, second, third = stage.columns
    stage.press(first, "Stop")
    stage.until(lambda: not first.is_live)
    assert second.is_live
    assert third.is_live
    assert stage.page.button.is_running
    stage.page.button.stop.click()
    stage.until_over()
    assert [stage.status(c) for c in stage.columns] == ["Stopped"] * 3
    assert "One" in stage.answer(first)
    assert not stage.page.button.is_running


def test_nothing_is_judged_before_all_answers_are_there(stage, host):
    host.play_always("gate; gate=half; gate_after=3; text=One two three four five six")
    stage.fill(MODELS[0], MODELS[2])
    stage.page.button.run.click()
    stage.until(lambda: all("One" in stage.answer(c) for c in stage.columns) and stage.columns)
    stage.page.stop()
    stage.until_over()
    host.play_always(None)
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    assert stage.page._view.can_judge


@pytest.mark.parametrize(
    ("key", "verdict", "best"),
    [
        (Qt.Key.Key_2, Verdict.BEST, 2),
        (Qt.Key.Key_T, Verdict.TIE, None),
        (Qt.Key.Key_B, Verdict.ALL_BAD, None),
    ],
)
def test_the_keyboard_judges(stage, key, verdict, best):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.tools.qtbot.keyClick(stage.page, key)
    stage.until(stage.judged)
    judgement = stage.page._view.round.judgement
    keys = [column.key for column in stage.columns]
    assert judgement.verdict is verdict
    assert judgement.best == (None if best is None else keys[best - 1])


def test_a_verdict_is_taken_back_and_changed(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    first, second = stage.columns
    stage.press(first, "Best")
    stage.until(stage.judged)
    assert stage.label("verdictStatus") == f"Best: {first.shown_name}"
    assert (first.property("chosen"), second.property("chosen")) == ("true", "false")
    stage.press(second, "Best")
    stage.until(lambda: second.property("chosen") == "true")
    stage.press(stage.page, "Take back")
    stage.until(lambda: not stage.judged())
    assert first.property("chosen") == second.property("chosen") == "false"


def test_all_is_as_before_after_a_restart(tools, tmp_path):
    with compare_stage(tools, tmp_path) as stage:
        stage.fill(MODELS[0], "nobody/no-such-model", MODELS[1], message="Keep me")
        stage.run_to_end()
        stage.columns[2]._up.click()
        stage.until(stage.columns[2]._up.isChecked)
        stage.press(stage.columns[0], "Best")
        stage.until(stage.judged)
        before = [(c.shown_name, stage.answer(c), stage.status(c)) for c in stage.columns]
    with compare_stage(tools, tmp_path) as stage:
        stage.until(lambda: stage.columns and all(c.facts for c in stage.columns))
        stage.until(lambda: all(c.answer.view.is_settled for c in stage.columns))
        after = [(c.shown_name, stage.answer(c), stage.status(c)) for c in stage.columns]
        assert after == before
        assert stage.page.form.message.value() == "Keep me"
        assert stage.columns[0].property("chosen") == "true"
        assert stage.columns[2]._up.isChecked()
        assert len(tools.host.chats) == 3


def test_an_added_column_runs_alone(stage, host):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    asked = len(host.chats)
    kept = stage.page._view.comparison.id
    stage.page.use_model(MODELS[2])
    stage.run_to_end()
    assert len(host.chats) == asked + 1
    assert stage.page._view.comparison.id == kept
    assert [stage.status(c) for c in stage.columns] == ["Done"] * 3


def test_another_message_is_another_comparison(stage, host):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    kept = stage.page._view.comparison.id
    stage.page.form.message.insertPlainText(" and more")
    stage.run_to_end()
    assert stage.page._view.comparison.id != kept
    assert len(host.chats) == 4


def test_a_column_changed_in_place_has_no_answer_yet(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    second = stage.columns[1].key
    stage.page._columns._change_model(second, MODELS[3])
    first, changed = stage.columns
    assert changed.run_id is None
    assert changed.accessibleName() == stage.stage.context.state.model_name(MODELS[3])
    assert first.run_id is not None


def test_without_a_message_the_form_says_so_and_nothing_is_sent(stage, host):
    stage.fill(*MODELS[:2], message="")
    stage.page._split.fold.setChecked(False)
    stage.page.button.run.click()
    stage.until(lambda: not stage.page.form.isHidden())
    assert not host.chats


def test_without_a_key_the_page_asks_for_one(tools, tmp_path):
    with compare_stage(tools, tmp_path, key=None) as stage:
        stage.fill(*MODELS[:2])
        asked = []
        stage.page.connect_requested.connect(asked.append)
        stage.page.button.run.click()
        stage.until(lambda: asked)
        assert asked == [True]


def test_over_the_daily_limit_the_page_asks_once_more(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.stage.call(stage.page.context.workspace.settings.change(daily_limit_units=1))
    stage.page.form.message.insertPlainText(" again")
    stage.page.button.run.click()
    stage.until(stage.page.notice.text)
    assert not stage.page.board.is_live
    before = stage.page._view.comparison
    stage.press(stage.page.notice, "Run anyway")
    stage.until(lambda: stage.page._view.comparison is not before)
    stage.until_over()


def test_a_thumb_pressed_again_is_taken_away(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    first = stage.columns[0]
    first._down.click()
    stage.until(first._down.isChecked)
    first._down.click()
    stage.until(lambda: not first._down.isChecked())
    assert stage.page._view.round.cells[first.key].thumb == 0


def test_runs_of_a_comparison_stand_in_the_history(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    runs = stage.stage.call(stage.page.context.workspace.history.page())
    assert [run.status for run in runs] == [RunStatus.SUCCEEDED] * 2
    assert {run.group_id for run in runs} == {stage.page._view.comparison.id}
