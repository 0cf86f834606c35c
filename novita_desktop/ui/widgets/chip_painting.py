"""Draws a row of chips, as many as fit, for the places where a widget each would be too much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QPainter

from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.model_words import Fact

SMALL = 0.9
"""The size of small type, as a share of the base size."""

USUAL_POINTS = 10.0
_PADDING, _GAP = 8, 4


class PaintSizes:
    """Sizes and fonts for what is painted by hand, at the person's text size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def px(self, size: int) -> int:
        """Return a drawing's `size` in pixels, grown with the text."""
        points = self._theme.font().pointSizeF()
        return round(size * points / USUAL_POINTS) if points > USUAL_POINTS else size

    def bold(self, share: float = 1.0) -> QFont:
        """Return the semi-bold font for names, at a share of the base size."""
        font = self._theme.font(share)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def mono(self, share: float = 1.0) -> QFont:
        """Return the fixed-width font for ids."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._theme.font(share).pointSizeF())
        return font


class ChipPainter:
    """Draws chips in the colours of `theme`."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._px = PaintSizes(theme).px

    def height(self) -> int:
        """Return the height of a row of chips, in pixels."""
        return QFontMetrics(self._theme.font(SMALL)).height() + 4

    def width(self, chips: Sequence[Fact]) -> int:
        """Return the width that all of `chips` need, in pixels."""
        measure = QFontMetrics(self._theme.font(SMALL))
        return sum(
            measure.horizontalAdvance(c.text) + 2 * self._px(_PADDING) + self._px(_GAP)
            for c in chips
        )

    def draw(self, painter: QPainter, place: QRect, chips: Sequence[Fact]) -> None:
        """Draw those of `chips` that fit into `place`, from its leading edge on."""
        font = self._theme.font(SMALL)
        measure = QFontMetrics(font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(Qt.PenStyle.NoPen)
        left, radius = place.left(), self.height() / 2
        for chip in chips:
            width = measure.horizontalAdvance(chip.text) + 2 * self._px(_PADDING)
            if left + width > place.right() + 1:
                break
            area = QRectF(left, place.top(), width, self.height())
            soft, text = (
                ("accent_soft", "accent_soft_text")
                if chip.is_ability
                else ("neutral_soft", "text_muted")
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(soft))
            painter.drawRoundedRect(area, radius, radius)
            painter.setPen(self._theme.color(text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, chip.text)
            left += width + self._px(_GAP)
        painter.restore()
