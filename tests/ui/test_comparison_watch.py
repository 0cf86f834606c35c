"""Runs of the comparison in view are noticed, those of others are not."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        yield s


def test_what_begins_and_ends_is_read_again(stage):
    told = []
    stage.page._watch_runs.changed.connect(lambda comparison: told.append(comparison.live_runs()))
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    stage.until(lambda: told and told[-1] == [])
    told.clear()
    stage.page._watch_runs.watch(None)
    first = stage.columns[0]
    before = first.run_id
    stage.stage.call(stage.page.context.workspace.runs.retry(before))
    stage.stage.settle()
    assert told == []


def test_what_ended_before_it_was_watched_is_read(stage):
    stage.fill(*MODELS[:2])
    stage.run_to_end()
    comparison = stage.page._view.comparison
    told = []
    watch = stage.page._watch_runs
    watch.watch(None)
    watch.changed.connect(told.append)
    watch.watch(comparison.id)
    stage.until(lambda: told)
    assert told[0].id == comparison.id
