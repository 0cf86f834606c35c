"""Columns scroll together when that is wanted."""

from __future__ import annotations

import pytest

from novita_desktop.demo import DemoThread
from tests.ui.compare_stage import MODELS, compare_stage
from tests.ui.page_stage import Tools


@pytest.fixture
def bars(qtbot, wait, theme, tmp_path):
    with DemoThread(speed=0) as host, compare_stage(Tools(qtbot, wait, theme, host), tmp_path) as s:
        host.script(["tokens=600", "tokens=900"])
        s.fill(MODELS[0], MODELS[2])
        s.run_to_end()
        first, second = (c.answer.view.verticalScrollBar() for c in s.columns)
        s.until(lambda: first.maximum() > 100 and second.maximum() > 100)
        yield s, first, second


def test_one_scrolls_the_other_to_the_same_share(bars):
    stage, first, second = bars
    first.setValue(0)
    second.setValue(0)
    first.setValue(first.maximum() // 2)
    assert second.value() == 0
    stage.page._more.scroll_toggled.emit(True)
    first.setValue(first.maximum() // 4)
    assert second.value() / second.maximum() == pytest.approx(0.25, abs=0.02)
    second.setValue(second.maximum())
    assert first.value() == first.maximum()
