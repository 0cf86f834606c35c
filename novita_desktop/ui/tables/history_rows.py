"""How the rows of the History page are drawn: time, status chip, figures, a Retry button."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from novita_desktop.domain.runs import GroupSummary, RunStatus
from novita_desktop.ui import metrics
from novita_desktop.ui.tables.history_table import HistoryTable
from novita_desktop.ui.tables.history_words import NUMBERS, Column
from novita_desktop.ui.tables.row_paint import LEFT, RIGHT, RowPaint
from novita_desktop.ui.tables.row_view import ColumnPlan, RowPlace

PLAN = ColumnPlan(
    {
        Column.TIME: 80,
        Column.STATUS: 90,
        Column.PRESET: 130,
        Column.MODEL: 144,
        Column.TOKENS: 70,
        Column.TOOK: 70,
        Column.COST: 90,
        Column.RETRY: 90,
    },
    stretched=Column.MESSAGE,
    least_width=130,
    leaving=(Column.TOKENS, Column.TOOK, Column.PRESET, Column.COST, Column.MODEL),
)
_MUTED = frozenset({Column.TIME})
DAY_LINE = 2
ARROW = 14


class HistoryRowPainter:
    """Draws the rows of a `HistoryTable`; `kinds` are the colours of statuses' chips."""

    def __init__(
        self, paint: RowPaint, table: HistoryTable, kinds: Mapping[RunStatus, str]
    ) -> None:
        self._paint, self._table, self._kinds = paint, table, kinds

    def row_height(self) -> int:
        """Return the height of every row: a button with space around it."""
        return metrics.scaled(metrics.ROW_HEIGHT)

    def retry_place(self, area: QRect) -> QRect:
        """Return where the Retry button stands in its cell."""
        return self._paint.button_place(area, self._table.words.retry())

    def is_on_retry(self, area: QRect, place: QPoint) -> bool:
        """Return whether `place` is on the Retry button of the cell `area`."""
        return self.retry_place(area).contains(place)

    def _after_arrow(self, painter: QPainter, area: QRect) -> QRect:
        """Draw what says that a row opens to others; return the rest of the cell's area."""
        side = metrics.scaled(ARROW)
        place = QRect(area.left(), 0, side, side)
        place.moveCenter(QPoint(place.center().x(), area.center().y()))
        self._paint.draw_icon(painter, place, "chevron-right", "text_muted")
        return area.adjusted(side + metrics.SPACE_4, 0, 0, 0)

    def paint_row(self, painter: QPainter, place: RowPlace) -> None:
        """Draw one row."""
        entry = self._table.entry_at(place.row)
        if entry is None:
            self._table.want(place.row)
            return
        words, paint = self._table.words_at(place.row), self._paint
        is_group = isinstance(entry, GroupSummary)
        if self._table.is_first_of_day(place.row):
            top = place.area.top() - DAY_LINE + 1
            line = QRect(place.area.left(), top, place.area.width(), DAY_LINE)
            painter.fillRect(line, paint.color("text_muted"))
        for column, area in place.cells:
            inside = paint.inside(area)
            if column == Column.STATUS:
                paint.draw_chip(
                    painter,
                    inside,
                    words[column],
                    self._kinds[entry.status],
                    is_chosen=place.is_chosen,
                )
            elif column == Column.RETRY:
                button = self.retry_place(area)
                is_hot = place.pointer is not None and button.contains(place.pointer)
                paint.draw_button(
                    painter,
                    button,
                    words[column],
                    "rotate-cw",
                    is_enabled=self._table.can_retry(place.row),
                    is_hot=is_hot,
                )
            else:
                if is_group and column == Column.MESSAGE:
                    inside = self._after_arrow(painter, inside)
                paint.draw_text(
                    painter,
                    inside,
                    words[column],
                    paint.bold if is_group and column == Column.PRESET else paint.text,
                    meaning="text_muted" if column in _MUTED else "text",
                    align=RIGHT if column in NUMBERS else LEFT,
                )
