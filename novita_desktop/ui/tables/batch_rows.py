"""How the rows of the Batch page are drawn: cells, status chip, answer, figures."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from novita_desktop.domain.batches import RowState
from novita_desktop.ui import metrics
from novita_desktop.ui.tables.batch_table import BatchTable
from novita_desktop.ui.tables.batch_words import STATE_KINDS
from novita_desktop.ui.tables.row_paint import LEFT, RIGHT, RowPaint
from novita_desktop.ui.tables.row_view import ColumnPlan, RowPlace

NUMBER_WIDTH, CELL_WIDTH, STATUS_WIDTH, TRIES_WIDTH, COST_WIDTH = 64, 150, 90, 60, 90
LEAST_ANSWER = 240


def plan_for(columns: int) -> ColumnPlan:
    """Return how a table of so many columns shares the width."""
    status = columns + 1
    answer, tries, cost = status + 1, status + 2, status + 3
    widths = {0: NUMBER_WIDTH, status: STATUS_WIDTH, tries: TRIES_WIDTH, cost: COST_WIDTH}
    widths |= dict.fromkeys(range(1, status), CELL_WIDTH)
    # The last columns of the table go first, so that what tells rows apart stays.
    return ColumnPlan(
        widths,
        stretched=answer,
        least_width=LEAST_ANSWER,
        leaving=(tries, cost, *range(columns, 1, -1)),
    )


class BatchRowPainter:
    """Draws the rows of a `BatchTable`."""

    def __init__(self, paint: RowPaint, table: BatchTable) -> None:
        self._paint, self._table = paint, table

    def row_height(self) -> int:
        """Return the height of every row."""
        return metrics.scaled(metrics.ROW_HEIGHT)

    def paint_row(self, painter: QPainter, place: RowPlace) -> None:
        """Draw one row."""
        table, paint = self._table, self._paint
        result = table.result_at(place.row)
        if result is None:
            table.want(place.row)
            return
        texts = table.texts_at(place.row)
        is_wrong = result.row.state in (RowState.FAILED, RowState.SKIPPED)
        for column, area in place.cells:
            inside = paint.inside(area)
            if column == table.state_column:
                kind = STATE_KINDS[result.row.state]
                paint.draw_chip(painter, inside, texts[column], kind, is_chosen=place.is_chosen)
                continue
            is_muted = column == 0 or (is_wrong and column == table.answer_column)
            paint.draw_text(
                painter,
                inside,
                texts[column],
                paint.text,
                meaning="text_muted" if is_muted else "text",
                align=RIGHT if column in table.number_columns else LEFT,
            )
