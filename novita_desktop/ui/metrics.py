"""Sizes and spaces; nothing else names a pixel size. All are at 100 % text size."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_20, SPACE_24 = 4, 8, 12, 16, 20, 24
PAGE_MARGIN = SPACE_20
FIELD_GAP = 14
RADIUS_FIELD, RADIUS_CARD, RADIUS_CHIP = 6, 8, 10
CONTROL_HEIGHT = 30
ROW_HEIGHT = 34
ICON, ICON_LARGE = 16, 20
RAIL_WIDTH, RAIL_WIDTH_NARROW = 188, 56
NARROW_WINDOW = 1100
"""Below this width of the window the rail shows icons alone."""

MINIMUM_WINDOW = (960, 640)
USUAL_WINDOW = (1440, 900)
DEFAULT_POINTS = 10.0
MONO_FAMILIES_QSS = '"Cascadia Mono", "SF Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace'


def mono_font() -> QFont:
    """Return the system's fixed-width font."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def scaled(pixels: int) -> int:
    """Return `pixels` grown with the size of text, for places that hold text."""
    points = QApplication.font().pointSizeF()
    return round(pixels * (points if points > 0 else DEFAULT_POINTS) / DEFAULT_POINTS)


def text_width(text: str, font: QFont | None = None) -> int:
    """Return the width of `text` in the application's font, or in `font`."""
    return QFontMetrics(font or QApplication.font()).horizontalAdvance(text)
