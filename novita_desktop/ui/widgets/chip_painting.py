"""Draws a row of chips, as many as fit, for the places where a widget each would be too much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from novita_desktop.ui import metrics
from novita_desktop.ui.theme import SMALL_SHARE, Theme
from novita_desktop.ui.widgets.model_words import Fact

_PADDING, _GAP = metrics.SPACE_8, metrics.SPACE_4


class ChipPainter:
    """Draws chips in the colours of `theme`."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def height(self) -> int:
        """Return the height of a row of chips, in pixels."""
        return QFontMetrics(self._theme.font(SMALL_SHARE)).height() + 4

    def width(self, chips: Sequence[Fact]) -> int:
        """Return the width that all of `chips` need, in pixels."""
        measure = QFontMetrics(self._theme.font(SMALL_SHARE))
        return sum(measure.horizontalAdvance(c.text) + 2 * _PADDING + _GAP for c in chips)

    def draw(
        self,
        painter: QPainter,
        place: QRect,
        chips: Sequence[Fact],
        *,
        is_selected: bool = False,
    ) -> None:
        """Draw those of `chips` that fit into `place`; on a selected row they keep their ground.

        They begin at the right where the painter writes from right to left.
        """
        font = self._theme.font(SMALL_SHARE)
        measure = QFontMetrics(font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(Qt.PenStyle.NoPen)
        left, radius = place.left(), self.height() / 2
        for chip in chips:
            width = measure.horizontalAdvance(chip.text) + 2 * _PADDING
            if left + width > place.right() + 1:
                break
            logical = QRect(left, place.top(), width, self.height())
            area = QRectF(QStyle.visualRect(painter.layoutDirection(), place, logical))
            soft, text = ("neutral_soft", "text_muted")
            if chip.is_ability:
                soft, text = ("surface" if is_selected else "accent_soft", "accent_soft_text")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(soft))
            painter.drawRoundedRect(area, radius, radius)
            painter.setPen(self._theme.color(text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, chip.text)
            left += width + _GAP
        painter.restore()
