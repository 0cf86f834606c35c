"""What tests ask of pictures."""

from __future__ import annotations

from PySide6.QtGui import QImage


def columns_that_differ(one: QImage, other: QImage) -> list[int]:
    """Return the columns of pixels in which two pictures of one size differ."""
    return [
        x
        for x in range(one.width())
        if any(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()))
    ]
