"""How a row of the History page looks: chip by status, a Retry that can be pressed when over."""

import pytest

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.history_rows import PLAN, HistoryRowPainter
from novita_desktop.ui.tables.history_words import Column
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.widgets.chip import STATUS_KINDS
from tests.ui.test_history_table import group, summary, unread


@pytest.fixture
def view(qtbot, theme):
    table = unread()
    paint = RowPaint(theme, Icons(theme))
    painter = HistoryRowPainter(paint, table, STATUS_KINDS)
    view = RowView(paint, painter, PLAN)
    table.setParent(view)
    view.setModel(table)
    view.fit_columns()
    view.painter = painter
    qtbot.addWidget(view)
    view.resize(1000, 300)
    view.show()
    return view


def colors_in(view, column):
    image = view.viewport().grab().toImage()
    cell = view.visualRect(view.model().index(0, column))
    return {
        image.pixelColor(x, y).name()
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
    }


@pytest.mark.parametrize("status", list(RunStatus))
def test_each_status_has_its_colour(view, theme, status):
    view.model().show_run(summary(1, status))
    ground = {"neutral": "neutral_soft"}.get(STATUS_KINDS[status], f"{STATUS_KINDS[status]}_soft")
    assert theme.color(ground).name() in colors_in(view, Column.STATUS)


def test_a_live_run_cannot_be_retried_yet(view, theme):
    view.model().show_run(summary(1, RunStatus.RUNNING))
    assert theme.color("control_edge").name() not in colors_in(view, Column.RETRY)
    view.model().show_run(summary(1))
    assert theme.color("control_edge").name() in colors_in(view, Column.RETRY)


def test_only_the_button_itself_is_pressed(view):
    view.model().show_run(summary(1))
    area = view.visualRect(view.model().index(0, Column.RETRY))
    assert view.painter.is_on_retry(area, area.center())
    assert not view.painter.is_on_retry(area, area.topLeft())


def test_a_row_of_several_runs_has_an_arrow_where_one_has_none(view, theme):
    view.model().show_run(summary(1, message_head=""))
    assert theme.color("text_muted").name() not in colors_in(view, Column.MESSAGE)
    view.model()._put(0, [group(1, (RunStatus.SUCCEEDED, 2))])
    assert theme.color("text_muted").name() in colors_in(view, Column.MESSAGE)
