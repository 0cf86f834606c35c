"""What runs is counted beside the page that it belongs to."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.batches import BatchProgress, BatchState, RowState
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.services.events import BatchChanged, RunAdded, RunEnded
from tests.ui.page_stage import Tools
from tests.ui.window_stage import window_stage


@pytest.fixture
def window(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, _),
    ):
        yield window


def counts(window):
    buttons = window._rail._buttons
    return buttons["prompt"]._count.text(), buttons["batch"]._count.text()


def test_a_batch_is_one_and_its_rows_are_not_counted_at_prompt(window):
    def tell(state, running):
        progress = BatchProgress(9, state, {RowState.RUNNING: running})
        window.bridge.batch_changed.emit(BatchChanged(progress))

    def run(run_id, group_id):
        return RunSummary(run_id, group_id, RunStatus.QUEUED, 0, "a/b", "", "Hi")

    window.bridge.run_added.emit(RunAdded(run(1, 5)))
    assert counts(window) == ("1", "")
    tell(BatchState.RUNNING, 0)
    for number in (2, 3):
        window.bridge.run_added.emit(RunAdded(run(number, 9)))
    assert counts(window) == ("1", "1")
    tell(BatchState.PAUSED, 2)
    assert counts(window) == ("1", "1")
    window.bridge.run_ended.emit(RunEnded(run(2, 9)))
    window.bridge.run_ended.emit(RunEnded(run(1, 5)))
    tell(BatchState.DONE, 0)
    assert counts(window) == ("", "")
