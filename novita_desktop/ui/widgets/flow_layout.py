"""Lays widgets out like words: in a row, and in further rows where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Rows of widgets, each as wide as it likes; `spacing` stands between them both ways.

    One that is wider than a row gets the row to itself and, if its words wrap, more height.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        # Layouts around this one ask dozens of times for each change.
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._place(QRect(0, 0, width, 0), is_real=False)
        return height

    @override
    def invalidate(self) -> None:
        super().invalidate()
        self._heights.clear()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins: QMargins = self.contentsMargins()
        return size.grownBy(margins)

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        """Place the widgets in `rect` if `is_real`; return the height that they need."""
        area = rect.marginsRemoved(self.contentsMargins())
        shown = [item for item in self._items if not item.isEmpty()]
        top, row, used = area.top(), list[tuple[QLayoutItem, QSize]](), 0
        for item in shown:
            size = _size_within(item, area.width())
            if row and used + size.width() > area.width():
                top += self._place_row(row, area, top, is_real=is_real) + self.spacing()
                row, used = [], 0
            row.append((item, size))
            used += size.width() + self.spacing()
        bottom = top + (self._place_row(row, area, top, is_real=is_real) if row else 0)
        return bottom - rect.top() + self.contentsMargins().bottom()

    def _place_row(
        self, row: list[tuple[QLayoutItem, QSize]], area: QRect, top: int, *, is_real: bool
    ) -> int:
        height = max(size.height() for _, size in row)
        left = area.left()
        for item, size in row:
            if is_real:
                middle = top + (height - size.height()) // 2
                place = QRect(left, middle, min(size.width(), area.width()), size.height())
                item.setGeometry(self._mirrored(place, area))
            left += size.width() + self.spacing()
        return height

    def _mirrored(self, place: QRect, area: QRect) -> QRect:
        """Return `place` as it is in languages that are written from right to left."""
        widget = self.parentWidget()
        if widget is None or widget.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return place
        return place.translated(area.left() + area.right() - place.left() - place.right(), 0)


def _size_within(item: QLayoutItem, width: int) -> QSize:
    """Return the size that `item` takes where there is room for `width`."""
    size = item.sizeHint()
    if size.width() > width and item.hasHeightForWidth():
        return QSize(width, item.heightForWidth(width))
    return size
