"""Where the Tab key leads: through what shows, in the order in which it is read.

Qt's own order is that in which widgets were made. Here parts are made when they are first wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def move_focus(top: QWidget, *, is_forward: bool) -> bool:
    """Give the keyboard to the next stop of `top`, or the one before; the last leads to the first.

    Returns whether there was one.
    """
    stop = next_stop(top, QApplication.focusWidget(), is_forward=is_forward)
    if stop is None:
        return False
    reasons = Qt.FocusReason
    stop.setFocus(reasons.TabFocusReason if is_forward else reasons.BacktabFocusReason)
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop)
        above = above.parentWidget()
    return True


def next_stop(top: QWidget, current: QWidget | None, *, is_forward: bool) -> QWidget | None:
    """Return the stop of `top` that follows `current`, which need not be one itself."""
    shown = list(_shown(top))
    if not is_forward:
        shown.reverse()
    start = shown.index(current) + 1 if current in shown else 0
    return next((each for each in (*shown[start:], *shown[:start]) if _is_stop(each)), None)


def _is_stop(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isEnabled()
    )


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """Yield `widget` and what shows in it, in reading order."""
    yield widget
    inside = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow()
    ]
    for child in _in_reading_order(inside):
        yield from _shown(child)


def _in_reading_order(widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield neighbours row by row; what begins above the middle of a row's last line is in it."""
    waiting = sorted(widgets, key=QWidget.y)
    while waiting:
        bottom = waiting[0].geometry().bottom()
        row = [waiting.pop(0)]
        while waiting and waiting[0].geometry().center().y() <= bottom:
            row.append(waiting.pop(0))
            bottom = max(bottom, row[-1].geometry().bottom())
        yield from sorted(row, key=_place_in_row)


def _place_in_row(widget: QWidget) -> tuple[int, int]:
    place = widget.geometry()
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return (-place.right() if is_mirrored else place.left(), place.top())
