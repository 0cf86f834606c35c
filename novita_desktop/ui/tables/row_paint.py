"""What rows of tables are painted with: texts, chips, buttons, icons and bars in the theme's look.

A row is painted by hand, because a widget for each cell would cost more than the whole frame.
Fonts, their measures and colours are looked up once for each look of the theme.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

BUTTON_HEIGHT = 26
BAR_HEIGHT = 5
BUTTON_ICON = 14
MOST_REMEMBERED = 4_096
"""How many shortened texts a font remembers: a scrolled table draws the same ones again."""

_CHIP_COLORS = {
    "neutral": ("neutral_soft", "text_muted"),
    "accent": ("accent_soft", "accent_soft_text"),
    "info": ("info_soft", "info"),
    "warn": ("warn_soft", "warn"),
    "danger": ("danger_soft", "danger"),
}


class Face:
    """A font with its measures."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self._elided: dict[tuple[str, int], str] = {}
        self.height = self._metrics.height()

    def width(self, text: str) -> int:
        """Return the width of `text` in pixels."""
        return self._metrics.horizontalAdvance(text)

    def elided(self, text: str, width: int) -> str:
        """Return `text`, shortened with an ellipsis if it is wider than `width` pixels."""
        key = (text, width)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) >= MOST_REMEMBERED:
                self._elided.clear()
            found = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = found
        return found


class RowPaint(QObject):
    """The faces, colours and small parts that rows are made of."""

    text: Face
    bold: Face
    small: Face
    mono: Face
    chip: Face

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._colors: dict[str, QColor] = {}
        self._drawn_icons: dict[tuple[str, str], QIcon] = {}
        theme.changed.connect(self.follow_theme)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take the theme's fonts and colours of the moment."""
        self._colors.clear()
        self._drawn_icons.clear()
        theme = self._theme
        self.padding = metrics.scaled(metrics.SPACE_8)
        self._chip_height = metrics.scaled(metrics.CHIP_HEIGHT)
        self._button_height = metrics.scaled(BUTTON_HEIGHT)
        self._button_icon = metrics.scaled(BUTTON_ICON)
        self._bar_height = metrics.scaled(BAR_HEIGHT)
        self.text = Face(_tabular(theme.font()))
        self.bold = Face(_tabular(theme.font(is_bold=True)))
        self.small = Face(theme.font(metrics.SMALL_SHARE))
        self.mono = Face(theme.font(metrics.SMALL_SHARE, is_mono=True))
        self.chip = Face(theme.font(metrics.TINY_SHARE))

    def inside(self, area: QRect) -> QRect:
        """Return the part of a cell's `area` that holds its content."""
        return area.adjusted(self.padding, 0, -self.padding, 0)

    def color(self, meaning: str) -> QColor:
        """Return the theme's colour for a meaning."""
        found = self._colors.get(meaning)
        if found is None:
            found = self._colors[meaning] = self._theme.color(meaning)
        return found

    def draw_text(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        face: Face,
        *,
        meaning: str = "text",
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Draw `text` on one line of `area`, shortened where it lacks room."""
        if not text or area.width() <= 0:
            return
        painter.setFont(face.font)
        painter.setPen(self.color(meaning))
        painter.drawText(area, align, face.elided(text, area.width()))

    def chip_width(self, text: str) -> int:
        """Return the width of a chip, in pixels."""
        return self.chip.width(text) + 2 * self.padding

    def draw_chip(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        kind: str = "neutral",
        *,
        is_chosen: bool = False,
    ) -> int:
        """Draw a chip at the leading edge of `area` if it fits; return the width it took.

        The ground of a chosen row would hide that of the chip.
        """
        width = self.chip_width(text)
        if width > area.width():
            return 0
        height = self._chip_height
        top = area.top() + (area.height() - height) // 2
        place = QRectF(area.left(), top, width, height)
        ground, words = _CHIP_COLORS[kind]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("surface" if is_chosen else ground))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(self.chip.font)
        painter.setPen(self.color(words))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return width + metrics.SPACE_4

    def button_width(self, text: str) -> int:
        """Return the width of a drawn button, in pixels."""
        around = 2 * self.padding + metrics.SPACE_4 + self._button_icon
        return self.small.width(text) + around

    def button_place(self, area: QRect, text: str) -> QRect:
        """Return where the button `text` stands in a cell's `area`."""
        place = QRect(0, 0, self.button_width(text), self._button_height)
        place.moveCenter(area.center())
        return place

    def draw_button(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        icon: str,
        *,
        is_enabled: bool,
        is_hot: bool,
    ) -> None:
        """Draw a button as the style sheet draws real ones."""
        meaning = "text" if is_enabled else "text_disabled"
        painter.setPen(self.color("control_edge" if is_enabled else "border"))
        painter.setBrush(self.color("hover" if is_hot and is_enabled else "surface"))
        radius = metrics.RADIUS_FIELD
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side, gap = self._button_icon, self.padding
        shape = QRect(place.left() + gap, 0, side, side)
        shape.moveCenter(QPoint(shape.center().x(), place.center().y()))
        self.draw_icon(painter, shape, icon, meaning)
        words = place.adjusted(gap + side + metrics.SPACE_4, 0, 0, 0)
        self.draw_text(painter, words, text, self.small, meaning=meaning)

    def draw_icon(self, painter: QPainter, place: QRect, icon: str, meaning: str) -> None:
        """Draw an icon."""
        key = (icon, meaning)
        found = self._drawn_icons.get(key)
        if found is None:
            found = self._drawn_icons[key] = self._icons.get(icon, meaning)
        found.paint(painter, place)

    def draw_bar(self, painter: QPainter, area: QRect, share: float) -> None:
        """Draw how large `share` (0 to 1) is, as a bar along the middle of `area`."""
        height = self._bar_height
        groove = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("border"))
        painter.drawRoundedRect(groove, height / 2, height / 2)
        groove.setWidth(max(groove.width() * share, height / 2))
        painter.setBrush(self.color("accent"))
        painter.drawRoundedRect(groove, height / 2, height / 2)


def _tabular(font: QFont) -> QFont:
    """Return `font` with figures of one width, so that columns of numbers line up."""
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font
