"""How a row of the Models page looks: two lines, the star, chips, and a bar."""

import pytest

from novita_desktop.domain.catalogue import Model, ModelFilter
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.models_rows import PLAN, ModelRowPainter
from novita_desktop.ui.tables.models_table import Column, ModelsTable
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView

PRICES = Prices((PriceBand(0, 200, 500),))


@pytest.fixture
def view(qtbot, theme):
    table = ModelsTable()
    paint = RowPaint(theme, Icons(theme))
    view = RowView(paint, ModelRowPainter(paint, table), PLAN)
    table.setParent(view)
    view.setModel(table)
    view.fit_columns()
    qtbot.addWidget(view)
    view.resize(1000, 400)
    view.show()
    return view


def shown(view, model, favourites=()):
    view.model().set_models((model,), favourites)
    view.model().set_filter(ModelFilter(with_retired=True, chat_only=False))
    return view.viewport().grab().toImage()


def colors_in(view, image, column):
    cell = view.visualRect(view.model().index(0, column))
    return {
        image.pixelColor(x, y).name()
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
    }


def test_a_star_is_filled_for_favourites(view, theme):
    model, accent = Model("a/b", "B", prices=PRICES), theme.color("accent").name()
    assert accent not in colors_in(view, shown(view, model), Column.STAR)
    assert accent in colors_in(view, shown(view, model, ("a/b",)), Column.STAR)


def test_a_retired_model_has_a_chip(view, theme):
    warn = theme.color("warn_soft").name()
    usual = shown(view, Model("a/b", "B"))
    assert warn not in colors_in(view, usual, Column.MODEL)
    retired = shown(view, Model("a/b", "B", is_retired=True))
    assert warn in colors_in(view, retired, Column.MODEL)


def test_there_is_a_bar_only_where_the_cost_is_known(view, theme):
    accent = theme.color("accent").name()
    assert accent in colors_in(view, shown(view, Model("a", "A", prices=PRICES)), Column.SHARE)
    assert accent not in colors_in(view, shown(view, Model("a", "A")), Column.SHARE)


def test_chips_that_lack_room_are_left_out(view, theme):
    every = frozenset({"structured-outputs", "function-calling", "reasoning"})
    image = shown(view, Model("a", "A", features=every))
    assert theme.color("neutral_soft").name() in colors_in(view, image, Column.ABILITIES)
    view.setColumnWidth(Column.ABILITIES, 30)
    narrow = view.viewport().grab().toImage()
    assert theme.color("neutral_soft").name() not in colors_in(view, narrow, Column.ABILITIES)


def test_rows_hold_two_lines_at_any_size_of_text(view, theme):
    for percent in (80, 100, 200):
        theme.set_look("light", percent)
        view.fit_columns()
        lines = view.fontMetrics().height() * 1.9
        assert view.rowHeight(0) >= lines or view.model().rowCount() == 0
        assert view.verticalHeader().defaultSectionSize() >= lines
