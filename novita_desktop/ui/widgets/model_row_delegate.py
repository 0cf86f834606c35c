"""How a row of the model palette is drawn, and how its star is pressed."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import SMALL_SHARE, Theme
from novita_desktop.ui.widgets.chip_painting import ChipPainter
from novita_desktop.ui.widgets.model_list import Heading, ModelList, ModelRow, Row, TypedRow
from novita_desktop.ui.widgets.model_words import facts_of

Index = QModelIndex | QPersistentModelIndex


class ModelRowDelegate(QStyledItemDelegate):
    """Draws headings and models; tells whether a click was on a row's star or on the row."""

    star_pressed = Signal(QModelIndex)
    row_pressed = Signal(QModelIndex)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._chips = ChipPainter(theme)
        self._is_selected = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(self._theme.font()).height()
        if isinstance(_row_of(index), ModelRow):
            height = line + self._chips.height() + metrics.SPACE_4 + 2 * metrics.SPACE_8
        else:
            height = line + 2 * metrics.SPACE_8
        return QSize(0, height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(
                area.adjusted(2, 1, -2, -1), metrics.RADIUS_FIELD, metrics.RADIUS_FIELD
            )
        inside = area.adjusted(
            metrics.SPACE_12,
            metrics.SPACE_8,
            -metrics.SPACE_12,
            -metrics.SPACE_8,
        )
        self._is_selected = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_row(painter, inside, _row_of(index), str(index.data() or ""))
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            area: QRect = option.rect
            is_star = self.star_place(area).contains(event.position().toPoint())
            place = model.index(index.row(), 0)
            if is_star and isinstance(_row_of(index), ModelRow):
                self.star_pressed.emit(place)
            else:
                self.row_pressed.emit(place)
            return True
        return super().editorEvent(event, model, option, index)

    def star_place(self, area: QRect) -> QRect:
        """Return where the star of a row in `area` can be pressed."""
        side = metrics.scaled(metrics.ICON) + metrics.SPACE_8
        place = QRect(0, 0, side, side)
        place.moveCenter(QPoint(area.right() - metrics.SPACE_12 - side // 2, area.center().y()))
        return place

    def _paint_row(self, painter: QPainter, inside: QRect, row: Row | None, text: str) -> None:
        match row:
            case ModelRow():
                self._paint_model(painter, inside, row)
            case Heading():
                painter.setFont(self._theme.font(SMALL_SHARE, is_bold=True))
                painter.setPen(self._theme.color("text_muted"))
                painter.drawText(inside, _LEFT, text)
            case TypedRow():
                painter.setFont(self._theme.font())
                painter.setPen(self._theme.color("accent"))
                measure = QFontMetrics(painter.font())
                short = measure.elidedText(text, Qt.TextElideMode.ElideMiddle, inside.width())
                painter.drawText(inside, _LEFT, short)

    def _paint_model(self, painter: QPainter, inside: QRect, row: ModelRow) -> None:
        star = self.star_place(inside.adjusted(0, 0, metrics.SPACE_12, 0))
        shape, meaning = ("star-filled", "accent") if row.is_starred else ("star", "text_muted")
        drawn = star.adjusted(4, 4, -4, -4)
        self._icons.get(shape, meaning).paint(painter, drawn)
        inside.setRight(star.left() - metrics.SPACE_8)
        name_font = self._theme.font(is_bold=True)
        measure = QFontMetrics(name_font)
        name = measure.elidedText(row.model.name, Qt.TextElideMode.ElideRight, inside.width())
        top = QRect(inside.left(), inside.top(), inside.width(), measure.height())
        painter.setFont(name_font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(top, _LEFT, name)
        mono = self._theme.font(SMALL_SHARE, is_mono=True)
        top.setLeft(top.left() + measure.horizontalAdvance(name) + metrics.SPACE_8)
        top = QStyle.visualRect(painter.layoutDirection(), inside, top)
        painter.setFont(mono)
        painter.setPen(self._theme.color("text_muted"))
        short = QFontMetrics(mono).elidedText(
            row.model.id, Qt.TextElideMode.ElideMiddle, max(top.width(), 0)
        )
        painter.drawText(top, _LEFT, short)
        chips = QRect(
            inside.left(),
            inside.top() + measure.height() + metrics.SPACE_4,
            inside.width(),
            self._chips.height(),
        )
        facts = facts_of(row.model)
        self._chips.draw(painter, chips, facts, is_selected=self._is_selected)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _row_of(index: Index) -> Row | None:
    model = index.model()
    return model.row_at(index.row()) if isinstance(model, ModelList) else None
