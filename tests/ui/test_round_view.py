"""What is kept of a round is what the board and the bar show."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.comparisons import Column, Verdict
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_a_column_that_is_not_the_comparisons_shows_no_answer(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    first, second = stage.page._columns.value
    other = (first, Column(second.key, MODELS[3]))
    stage.page._view.show(stage.page._view.comparison, 1, other)
    assert stage.page.board.column(first.key).run_id is not None
    assert stage.page.board.column(second.key).run_id is None
    assert not stage.page._view.can_judge


def test_places_beyond_the_columns_judge_nothing(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    told = []
    stage.page._view.judged.connect(lambda *verdict: told.append(verdict))
    stage.page._view.choose_place(3)
    stage.page._view.choose_place(0)
    assert told == []
    stage.page._view.choose_place(2)
    assert told == [(Verdict.BEST, stage.columns[1].key)]


def test_without_a_round_there_is_nothing_to_judge(stage):
    stage.fill(*MODELS[:2])
    assert not stage.page._view.can_judge
    assert stage.page._bar.isHidden()
    stage.page._view.choose(Verdict.TIE)
    assert stage.page._view.round is None
