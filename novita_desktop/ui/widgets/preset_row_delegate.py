"""How the rows of the list of presets are drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import SMALL_SHARE, Theme
from novita_desktop.ui.widgets.preset_rows import ROW_ROLE, PresetHeading, PresetRow

Index = QModelIndex | QPersistentModelIndex

MARGIN = 4
_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading


class PresetRowDelegate(QStyledItemDelegate):
    """Draws headings, and presets with a star; the star of one that is no favourite is faint."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._list = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(self._theme.font(SMALL_SHARE, is_bold=True)).height()
        if isinstance(index.data(ROW_ROLE), PresetHeading):
            return QSize(0, small + metrics.SPACE_12 + metrics.SPACE_4)
        line = QFontMetrics(self._theme.font()).height()
        return QSize(0, line + small + 2 * metrics.SPACE_8)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match index.data(ROW_ROLE):
            case PresetHeading() as heading:
                self._paint_heading(painter, area, heading)
            case PresetRow() as row:
                self._paint_ground(painter, area, state)
                self._paint_preset(painter, area, row, state)
        painter.restore()

    def star_place(self, area: QRect) -> QRect:
        """Return where the star of a row in `area` can be pressed."""
        side = metrics.scaled(metrics.ICON) + metrics.SPACE_8
        place = QRect(0, 0, side, side)
        x = area.right() - metrics.SPACE_12 - side // 2
        place.moveCenter(QPoint(x, area.center().y()))
        return QStyle.visualRect(self._list.layoutDirection(), area, place)

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        card = area.adjusted(MARGIN, 1, -MARGIN, -1)
        if state & QStyle.StateFlag.State_Selected:
            ground = "accent_soft"
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        else:
            ground = ""
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(self._theme.color(ground))
            painter.drawRoundedRect(card, metrics.RADIUS_FIELD, metrics.RADIUS_FIELD)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), metrics.LINE))
            painter.drawRoundedRect(
                card.adjusted(1, 1, -1, -1), metrics.RADIUS_FIELD, metrics.RADIUS_FIELD
            )

    def _paint_heading(self, painter: QPainter, area: QRect, heading: PresetHeading) -> None:
        inside = area.adjusted(metrics.SPACE_12, metrics.SPACE_12, -metrics.SPACE_12, 0)
        font = self._theme.font(SMALL_SHARE, is_bold=True)
        painter.setFont(font)
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(inside, _START, _short(font, heading.title, inside.width()))

    def _paint_preset(
        self, painter: QPainter, area: QRect, row: PresetRow, state: QStyle.StateFlag
    ) -> None:
        star = self.star_place(area)
        is_pointed = bool(
            state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        )
        if row.preset.is_favourite:
            self._icons.get("star-filled", "accent").paint(painter, star.adjusted(4, 4, -4, -4))
        elif is_pointed:
            self._icons.get("star", "text_muted").paint(painter, star.adjusted(4, 4, -4, -4))
        inside = area.adjusted(
            metrics.SPACE_16, metrics.SPACE_8, -metrics.SPACE_12, -metrics.SPACE_8
        )
        if star.center().x() > area.center().x():
            inside.setRight(star.left() - metrics.SPACE_4)
        else:
            inside.setLeft(star.right() + metrics.SPACE_4)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        lines = (
            (row.preset.name, self._theme.font(is_bold=is_chosen), "text"),
            (row.fact, self._theme.font(SMALL_SHARE), "text_muted"),
        )
        top = inside.top()
        for text, font, color in lines:
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            place = QRect(inside.left(), top, inside.width(), height)
            painter.drawText(place, _START, _short(font, text, inside.width()))
            top += height


def _short(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
