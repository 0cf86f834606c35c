"""The day above a list is that of its topmost row, however it is scrolled."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.day_list import DayList
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS
from tests.ui.test_history_table import summary, unread

NOW = datetime.now().astimezone()


def moment(days):
    return round((NOW - timedelta(days=days)).timestamp() * 1_000_000)


@pytest.fixture
def shown(qtbot, theme):
    table = unread()
    paint = RowPaint(theme, Icons(theme))
    view = RowView(paint, HistoryRowPainter(paint, table, STATUS_KINDS), PLAN)
    table.setParent(view)
    view.setModel(table)
    view.fit_columns()

    def moment_at(row):
        run = table.run_at(row)
        return None if run is None else run.created_at

    days = DayList(view, moment_at)
    qtbot.addWidget(days)
    days.resize(900, 200)
    days.show()
    days.table, days.view = table, view
    return days


def test_the_day_follows_the_list(shown, qtbot):
    label = shown.findChild(QLabel, "historyDay")
    assert label.text() == ""
    for run_id in range(60, 0, -1):
        days = 0 if run_id > 40 else 1 if run_id > 20 else 9
        shown.table.show_run(summary(run_id, created_at=moment(days)))
    assert label.text() == "Today"
    bar = shown.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 40 * shown.view.rowHeight(0))
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: label.text() == "Yesterday")
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: label.text() == formatting.day(moment(9)))
    shown.table.take_away(range(1, 60))
    qtbot.waitUntil(lambda: label.text() == "Today")


def test_the_first_row_of_a_day_is_known_and_looks_so(shown):
    for run_id, days in ((3, 0), (2, 0), (1, 1)):
        shown.table.show_run(summary(run_id, created_at=moment(days)))
    assert [shown.table.is_first_of_day(row) for row in range(-1, 4)] == [
        False, False, False, True, False,
    ]  # fmt: skip
    picture = shown.view.viewport().grab().toImage()
    edges = [shown.view.rowViewportPosition(row) for row in (1, 2)]
    assert picture.pixelColor(5, edges[0]) != picture.pixelColor(5, edges[1])
