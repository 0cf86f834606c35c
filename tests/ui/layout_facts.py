"""What tests ask of a window's layout: what has less room than its words need."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.run_button import FittingButton

ROUNDING = 1
"""So many pixels come and go where sizes are scaled and rounded."""


def cut_off(window: QWidget) -> list[str]:
    """Return what shows in `window` and does not fit, in words; empty when all is well."""
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    return [words for each in shown if each.window() is window and (words := _lack_of(each))]


def _lack_of(widget: QWidget) -> str:
    if isinstance(widget, QScrollArea):
        if isinstance(widget, CompareBoard):
            return ""  # eight columns side by side are more than a window is wide
        reach = widget.horizontalScrollBar().maximum()
        return f"{type(widget).__name__} scrolls sideways by {reach}" if reach else ""
    words = _words_of(widget)
    if not words or isinstance(widget, QAbstractScrollArea):
        return ""
    width, height = _needs(widget)
    is_short = widget.width() < width or widget.height() < height - ROUNDING
    if not is_short and not _sticks_out(widget):
        return ""
    return (
        f"{type(widget).__name__} {words[:40]!r} has {widget.size().toTuple()} at"
        f" {widget.x()}, needs {width} x {height}"
    )


def _words_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    if isinstance(widget, QPushButton):
        return widget.text() or widget.accessibleName()
    return widget.accessibleName() if isinstance(widget, QLineEdit | QComboBox) else ""


def _needs(widget: QWidget) -> tuple[int, int]:
    least, wanted = widget.minimumSizeHint(), widget.sizeHint()
    match widget:
        case ElidedLabel() | QLineEdit() | QComboBox():
            return 0, least.height()
        case QLabel() if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        case FittingButton():
            return least.width(), least.height()
        case _:
            return wanted.width(), wanted.height()


def _sticks_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (widget.x() < 0 or widget.x() + widget.width() > parent.width())
