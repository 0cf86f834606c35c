"""How many runs there are, in words, also when there are too many to count."""

from datetime import date

import pytest
from PySide6.QtCore import QObject

from novita_desktop.demo import DemoThread
from novita_desktop.domain.history_search import HistoryQuery, parsed
from novita_desktop.services.history import MOST_COUNTED
from novita_desktop.ui import formatting
from novita_desktop.ui.pages.history.run_count import RunCount
from tests.services.stage import request
from tests.ui.page_stage import Tools, page_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with (
        DemoThread(speed=0) as host,
        page_stage(Tools(qtbot, wait, theme, host), tmp_path) as built,
    ):
        yield built


def test_runs_and_found_ones_are_counted_and_told(stage):
    stage.run(request("A hinge"))
    stage.run(request("Snow boots"))
    owner = QObject()
    count = RunCount(stage.context, owner)
    told = []
    count.told.connect(told.append)
    count.count(stage.context, HistoryQuery())
    stage.settle()
    count.add(-1)
    count.add(-5)
    assert told == ["2 runs", "1 run", "0 runs"]
    count.count(stage.context, parsed("hinge is:odd", date(2026, 11, 24)))
    stage.settle()
    assert told[-1] == "1 found · “is:odd” is not understood"
    count.add(MOST_COUNTED)
    assert told[-1].startswith(f"{formatting.whole(MOST_COUNTED)}+ found")
