"""How far a batch is, in words and as a bar."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QProgressBar

from novita_desktop.domain.batches import BatchProgress, BatchState, PauseReason, RowState
from novita_desktop.domain.costs import UNITS_PER_USD, Cost
from novita_desktop.ui.pages.batch.batch_bar import BAR_STEPS, BatchBar
from novita_desktop.ui.tables.batch_words import BatchWords


@pytest.fixture
def bar(qtbot):
    made = BatchBar(BatchWords())
    qtbot.addWidget(made)
    return made


def test_all_of_it_is_said(bar):
    counts = {
        RowState.DONE: 204,
        RowState.FAILED: 3,
        RowState.SKIPPED: 1,
        RowState.RUNNING: 24,
        RowState.PLANNED: 248,
    }
    bar.show_progress(
        BatchProgress(1, BatchState.RUNNING, counts, Cost(UNITS_PER_USD // 8), 38.2, 34.0)
    )
    assert bar.text() == (
        "204 of 480 done · 3 failed · 1 skipped · 24 at once · 38 rows/s · about 34 s left · $0.12"
    )
    assert bar.findChild(QProgressBar).value() == round(BAR_STEPS * 208 / 480)


def test_an_empty_table_is_no_division_by_nothing(bar):
    bar.show_progress(BatchProgress(1, BatchState.READY, {}))
    assert bar.text() == "0 of 0 done"


@pytest.mark.parametrize("reason", list(PauseReason))
def test_a_pause_says_why(bar, reason):
    bar.show_progress(
        BatchProgress(1, BatchState.PAUSED, {RowState.PLANNED: 1}, pause_reason=reason)
    )
    assert bar.text().count(" · ") == 1


def test_a_slow_pace_has_a_decimal(bar):
    bar.show_progress(BatchProgress(1, BatchState.RUNNING, {RowState.RUNNING: 1}, None, 0.42))
    assert "0.4 rows/s" in bar.text()
