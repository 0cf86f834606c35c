"""Drags a column by its head to another place, with a line where it would stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

from novita_desktop.ui import metrics

LINE_WIDTH, EDGE = 3, 48
KEY = "columnKey"
Columns = Callable[[], list[tuple[int, QWidget]]]
"""Returns the columns that can be dragged now, as they are shown, each with its key."""


class ColumnDrag(QObject):
    """Serves the heads of all columns; `dropped` has a column's key and its new place, from 0.

    The mouse is followed here, without a drag of the system's: nothing leaves the window, and Qt's
    own would begin a loop of its own.
    """

    dropped = Signal(int, int)

    def __init__(self, board: QScrollArea, inside: QWidget, columns: Columns) -> None:
        super().__init__(board)
        self._board, self._inside, self._columns = board, inside, columns
        self._key: int | None = None
        self._start = QPoint()
        self._is_dragging = False
        self._line = QFrame(board.viewport())
        self._line.setProperty("role", "drop-line")
        self._line.hide()

    def serve(self, head: QWidget, key: int) -> None:
        """Let the column with this key be dragged by `head`."""
        head.setProperty(KEY, key)
        head.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QMouseEvent() if event.type() == QEvent.Type.MouseButtonPress:
                return self._press(watched, event)
            case QMouseEvent() if self._key is not None:
                return self._follow(watched, event)
            case QKeyEvent() if self._is_dragging and event.key() == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.KeyPress:
                    self._end(watched)
                event.accept()  # else the key would also stop the runs
                return True
        return super().eventFilter(watched, event)

    def _press(self, head: QObject, event: QMouseEvent) -> bool:
        if self._is_dragging:
            self._end(head)  # another button calls it off
            return True
        if event.button() is not Qt.MouseButton.LeftButton or len(self._columns()) < 2:
            return False
        self._key = int(head.property(KEY))
        self._start = event.globalPosition().toPoint()
        return True

    def _follow(self, head: QObject, event: QMouseEvent) -> bool:
        place = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseMove:
            way = (place - self._start).manhattanLength()
            if not self._is_dragging and way >= QApplication.startDragDistance():
                self._begin(head)
            if self._is_dragging:
                self._show_line(place)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            key, is_dropped = self._key, self._is_dragging
            self._end(head)
            if is_dropped and key is not None:
                self.dropped.emit(key, self._place_at(place, key))
        return True

    def _begin(self, head: QObject) -> None:
        self._is_dragging = True
        if isinstance(head, QWidget):
            head.setCursor(Qt.CursorShape.ClosedHandCursor)
            head.grabKeyboard()

    def _end(self, head: QObject) -> None:
        if self._is_dragging and isinstance(head, QWidget):
            head.unsetCursor()
            head.releaseKeyboard()
        self._is_dragging, self._key = False, None
        self._line.hide()

    def _place_at(self, place: QPoint, key: int) -> int:
        """Return the place among the other columns that the mouse points at."""
        x = self._inside.mapFromGlobal(place).x()
        is_mirrored = self._board.isRightToLeft()
        others = (column for other, column in self._columns() if other != key)
        centres = (column.geometry().center().x() for column in others)
        return sum(centre > x if is_mirrored else centre < x for centre in centres)

    def _show_line(self, place: QPoint) -> None:
        key = self._key
        if key is None:
            return
        spot = self._inside.mapFromGlobal(place)
        self._board.ensureVisible(spot.x(), spot.y(), metrics.scaled(EDGE), 0)
        shown = [column for other, column in self._columns() if other != key]
        target = self._place_at(place, key)
        gap, width = metrics.SPACE_12, metrics.scaled(LINE_WIDTH)
        before = shown[target - 1].geometry() if target > 0 else None
        after = shown[target].geometry() if target < len(shown) else None
        is_mirrored = self._board.isRightToLeft()
        if after is not None:
            x = after.right() + gap // 2 if is_mirrored else after.left() - gap // 2
        elif before is not None:
            x = before.left() - gap // 2 if is_mirrored else before.right() + gap // 2
        else:
            return
        height = max(column.geometry().height() for column in shown)
        top = self._inside.mapTo(self._board.viewport(), QPoint(x, shown[0].geometry().top()))
        self._line.setGeometry(top.x() - width // 2, top.y(), width, height)
        self._line.raise_()
        self._line.show()
