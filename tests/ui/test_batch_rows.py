"""The rows of a batch are drawn with a chip for the status; narrow tables keep what matters."""

from __future__ import annotations

import asyncio

from PySide6.QtGui import QColor, QImage

from novita_desktop.domain.batches import BatchRow, RowResult, RowState
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tables.batch_rows import BatchRowPainter, plan_for
from novita_desktop.ui.tables.batch_table import BatchTable
from novita_desktop.ui.tables.batch_words import BatchWords
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView


def test_the_answer_takes_what_the_cells_leave():
    plan = plan_for(3)
    assert plan.stretched == 5
    assert set(plan.widths) == {0, 1, 2, 3, 4, 6, 7}
    # Of the table's own columns the first stays.
    assert 1 not in plan.leaving


def test_a_row_shows_its_state_in_colour(qtbot, theme):
    rows = [RowResult(BatchRow(1, ("a",), state), "text") for state in RowState]

    async def read(place, limit, state):
        return rows

    table = BatchTable(read, asyncio.run, BatchWords())
    table.show_table(("name",), len(rows), None)
    paint = RowPaint(theme, Icons(theme))
    view = RowView(paint, BatchRowPainter(paint, table), plan_for(1))
    qtbot.addWidget(view)
    view.setModel(table)
    view.fit_columns()
    view.resize(900, 400)
    view.show()
    table.want(0)
    image = view.grab().toImage()
    state = view.columnViewportPosition(table.state_column)
    for row, colour in (
        (list(RowState).index(RowState.DONE), "accent_soft"),
        (list(RowState).index(RowState.FAILED), "danger_soft"),
    ):
        top = view.viewport().y() + view.rowViewportPosition(row)
        assert has_colour(image, state, top, view.rowHeight(row), theme.color(colour))


def has_colour(image: QImage, left: int, top: int, height: int, colour: QColor) -> bool:
    places = ((x, y) for x in range(left, left + 80) for y in range(top, top + height))
    return any(image.pixelColor(x, y).name() == colour.name() for x, y in places)
