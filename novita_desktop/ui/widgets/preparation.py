"""Does ahead, a little at a time, what Qt would do all at once when a part is first shown."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

POLISHED_AT_ONCE = 8
"""A few milliseconds' worth of widgets."""


def polished(part: QWidget) -> Iterator[None]:
    """Give `part` and all within it their style; pauses after every few."""
    part.ensurePolished()
    for number, widget in enumerate(part.findChildren(QWidget), start=1):
        widget.ensurePolished()
        if number % POLISHED_AT_ONCE == 0:
            yield
