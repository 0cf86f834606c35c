"""How the rows of the Models page are drawn: two lines, chips, the cost and its bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QPainter

from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.tables.models_table import Column, ModelRow, ModelsTable
from novita_desktop.ui.tables.row_paint import RIGHT, RowPaint
from novita_desktop.ui.tables.row_view import ColumnPlan, RowPlace

STAR_SIDE = 16

PLAN = ColumnPlan(
    {
        Column.STAR: 36,
        Column.CONTEXT: 72,
        Column.INPUT: 88,
        Column.OUTPUT: 88,
        Column.ABILITIES: 196,
        Column.COST: 84,
        Column.SHARE: 84,
    },
    stretched=Column.MODEL,
    least_width=210,
    leaving=(Column.SHARE, Column.ABILITIES, Column.CONTEXT),
)


class ModelRowPainter:
    """Draws the rows of a `ModelsTable`."""

    def __init__(self, paint: RowPaint, table: ModelsTable) -> None:
        self._paint, self._table = paint, table

    def row_height(self) -> int:
        """Return the height of every row: two lines with space around them."""
        return self._paint.bold.height + self._paint.mono.height + metrics.scaled(metrics.SPACE_16)

    def paint_row(self, painter: QPainter, place: RowPlace) -> None:
        """Draw one row."""
        row = self._table.row_at(place.row)
        if row is None:
            return
        for column, area in place.cells:
            inside = self._paint.inside(area)
            match column:
                case Column.STAR:
                    self._draw_star(painter, area, row, place)
                case Column.MODEL:
                    self._draw_name(painter, inside, row)
                case Column.ABILITIES:
                    self._draw_chips(painter, inside, row, is_chosen=place.is_chosen)
                case Column.SHARE:
                    share = self._table.share(row)
                    if share is not None:
                        self._paint.draw_bar(painter, inside, share)
                case _:
                    self._draw_figure(painter, inside, row, Column(column))

    def _draw_star(self, painter: QPainter, area: QRect, row: ModelRow, place: RowPlace) -> None:
        side = metrics.scaled(STAR_SIDE)
        star = QRect(0, 0, side, side)
        star.moveCenter(QPoint(area.center().x(), area.center().y()))
        if self._table.is_starred(row.model):
            self._paint.draw_icon(painter, star, "star-filled", "accent")
        else:
            is_hot = place.pointer is not None and area.contains(place.pointer)
            self._paint.draw_icon(painter, star, "star", "text" if is_hot else "border_strong")

    def _draw_name(self, painter: QPainter, area: QRect, row: ModelRow) -> None:
        paint, model = self._paint, row.model
        free = (area.height() - paint.bold.height - paint.mono.height) // 2
        name = QRect(area.left(), area.top() + free, area.width(), paint.bold.height)
        meaning = "text_muted" if model.is_retired else "text"
        word = retired_word()
        if model.is_retired:
            name.setWidth(name.width() - paint.chip_width(word) - metrics.SPACE_8)
        paint.draw_text(painter, name, model.name, paint.bold, meaning=meaning)
        if model.is_retired:
            used = min(paint.bold.width(model.name), name.width()) + metrics.SPACE_8
            chip = QRect(area.left() + used, name.top(), area.width() - used, name.height())
            paint.draw_chip(painter, chip, word, "warn")
        below = QRect(area.left(), name.bottom() + 1, area.width(), paint.mono.height)
        paint.draw_text(painter, below, model.id, paint.mono, meaning="text_muted")

    def _draw_chips(
        self, painter: QPainter, area: QRect, row: ModelRow, *, is_chosen: bool
    ) -> None:
        for text in self._table.words(row).chips:
            used = self._paint.draw_chip(painter, area, text, is_chosen=is_chosen)
            if not used:
                break
            area.setLeft(area.left() + used)

    def _draw_figure(self, painter: QPainter, area: QRect, row: ModelRow, column: Column) -> None:
        words, paint = self._table.words(row), self._paint
        match column:
            case Column.CONTEXT:
                text, is_known = words.context, row.model.context_size is not None
            case Column.INPUT:
                text, is_known = words.input_price, row.model.prices is not None
            case Column.OUTPUT:
                text, is_known = words.output_price, row.model.prices is not None
            case _:
                text, is_known = formatting.money(row.cost), row.cost is not None
        face = paint.bold if column is Column.COST and is_known else paint.text
        meaning = "text_muted" if row.model.is_retired or not is_known else "text"
        paint.draw_text(painter, area, text, face, meaning=meaning, align=RIGHT)


def retired_word() -> str:
    """Return the word on the chip of a model that cannot be run any more."""
    return QCoreApplication.translate("ModelRowPainter", "Retired")
