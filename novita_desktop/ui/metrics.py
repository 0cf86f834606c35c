"""Sizes and spaces; nothing else names a pixel size. All are at 100 % text size."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_20, SPACE_24 = 4, 8, 12, 16, 20, 24
PAGE_MARGIN = SPACE_20
FIELD_GAP = 14
LINE = 2
"""Lines up to this thickness are not scaled with the text: they stay crisp."""

RADIUS_FIELD, RADIUS_CARD, RADIUS_CHIP = 6, 8, 10
CONTROL_HEIGHT = 30
ROW_HEIGHT = 34
CHIP_HEIGHT = 18
ICON, ICON_LARGE = 16, 20
RAIL_WIDTH, RAIL_WIDTH_NARROW = 188, 56
NARROW_WINDOW = 1100
"""Below this width of the window, at 100 %, the rail shows icons alone."""

MINIMUM_WINDOW = (960, 640)
USUAL_WINDOW = (1440, 900)
DEFAULT_POINTS = 13.0 if sys.platform == "darwin" else 9.0
"""The size of type that the sizes above go with: what the platform's own font has."""

TINY_SHARE, SMALL_SHARE, TITLE_SHARE, FIGURE_SHARE = 0.85, 0.9, 1.25, 1.7
"""Sizes of type as shares of the base size."""


def mono_font() -> QFont:
    """Return the system's fixed-width font."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def scaled(pixels: int) -> int:
    """Return `pixels` grown with the size of text, for places that hold text."""
    points = QApplication.font().pointSizeF()
    return round(pixels * (points if points > 0 else DEFAULT_POINTS) / DEFAULT_POINTS)


def dialog_size(width: int, height: int, parent: QWidget | None) -> QSize:
    """Return a dialog's size, grown with the text and kept inside the window it opens over."""
    wanted = QSize(scaled(width), scaled(height))
    if parent is None:
        return wanted
    edges = QSize(2 * SPACE_24, 2 * SPACE_24)
    return wanted.boundedTo(parent.window().size() - edges)


def text_width(text: str, font: QFont | None = None) -> int:
    """Return the width of `text` in the application's font, or in `font`."""
    return QFontMetrics(font or QApplication.font()).horizontalAdvance(text)
