"""A table that is painted, chosen and walked through row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.tables.row_paint import RowPaint

LEAST_COLUMN = 40
"""No column gets narrower than so many pixels, or it could not be found again."""


@record(frozen=True, slots=True)
class RowPlace:
    """One row to paint: its number, the whole of its area, and the area of each shown column.

    `pointer` is where the mouse is, None when it is not over this row; a chosen row is selected.
    """

    row: int
    area: QRect
    cells: Sequence[tuple[int, QRect]]
    pointer: QPoint | None = None
    is_chosen: bool = False


class RowPainter(Protocol):
    """Draws the content of rows; the view draws their ground and lines."""

    def row_height(self) -> int:
        """Return the height of every row, in pixels, at the present size of text."""

    def paint_row(self, painter: QPainter, place: RowPlace) -> None:
        """Draw one row."""


@record(frozen=True, slots=True)
class ColumnPlan:
    """How columns share the width, in pixels at 100 % text size.

    `stretched` takes what `widths` leave, at least `least_width`; while there is less, columns
    are left out in the order of `leaving`. Where that is not enough, the table scrolls sideways.
    """

    widths: Mapping[int, int]
    stretched: int
    least_width: int
    leaving: Sequence[int] = field(default=())


class RowView(QTableView):
    """A table with a selected row. Paints whole rows at once, which a delegate per cell cannot.

    `cell_clicked` has row and column of a click that began and ended in one cell, and
    `row_activated` the row where Enter was pressed or that was double-clicked. `typed` has a
    character that was typed on the table.
    """

    cell_clicked = Signal(int, int, QPoint)
    row_activated = Signal(int)
    row_chosen = Signal(int)
    typed = Signal(str)

    def __init__(
        self, paint: RowPaint, painter: RowPainter, plan: ColumnPlan, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._paint, self._painter, self._plan = paint, painter, plan
        self._pressed = QModelIndex()
        self._pointer: QPoint | None = None
        self._hidden_by_room: set[int] = set()
        self._widths = dict(plan.widths)
        self._is_fitting = False
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionResized.connect(self._note_width)

    def fit_columns(self) -> None:
        """Give columns and rows the sizes of the plan; called once there is a model."""
        height = self._painter.row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(self._plan.stretched, QHeaderView.ResizeMode.Stretch)
        self._is_fitting = True
        for column, width in self._widths.items():
            header.resizeSection(column, metrics.scaled(width))
        self._is_fitting = False
        self._leave_out_columns()

    def widths(self) -> Mapping[int, int]:
        """Return how wide the person made the columns, in pixels at 100 % text size."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[int, int]) -> None:
        """Give columns other widths; those that are not named, and the stretched one, stay."""
        for column in self._plan.widths.keys() & widths.keys():
            self._widths[column] = max(widths[column], LEAST_COLUMN)
        self.fit_columns()

    def hide_column(self, column: int, *, is_hidden: bool) -> None:
        """Hide a column on purpose, or show it where there is room."""
        self._hidden_by_room.discard(column)
        self.setColumnHidden(column, is_hidden)
        self._leave_out_columns()

    def hidden_columns(self) -> set[int]:
        """Return the columns that are hidden on purpose."""
        columns = range(self.model().columnCount())
        return {c for c in columns if self.isColumnHidden(c)} - self._hidden_by_room

    def chosen_row(self) -> int:
        """Return the selected row, or -1; of several, the one that was moved to last."""
        current = self.currentIndex()
        if self.selectionModel().isSelected(current):
            return current.row()
        return min((first for first, _ in self._chosen_ranges()), default=-1)

    def chosen_rows(self) -> list[int]:
        """Return every selected row, from the top down."""
        ranges = self._chosen_ranges()
        return sorted({row for first, last in ranges for row in range(first, last + 1)})

    def allow_several(self) -> None:
        """Let several rows be selected, with Shift and Ctrl as usual."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def choose_row(self, row: int) -> None:
        """Select `row` and bring it into view; -1 selects nothing."""
        if row < 0:
            self.selectionModel().clear()
            return
        flags = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
        )
        self.selectionModel().setCurrentIndex(self.model().index(row, self._plan.stretched), flags)

    def is_at_top(self) -> bool:
        """Return whether the first row is in view as a whole."""
        return self.verticalScrollBar().value() == 0

    @override
    def rowsInserted(
        self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int
    ) -> None:
        bar = self.verticalScrollBar()
        scrolled = bar.value()
        super().rowsInserted(parent, start, end)
        # What is being read stays where it is when rows come above it.
        if scrolled > 0 and start * self.verticalHeader().defaultSectionSize() < scrolled:
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            bar.setValue(scrolled + (end - start + 1) * self.verticalHeader().defaultSectionSize())

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit(self.chosen_row())

    @override
    def moveCursor(
        self,
        cursor_action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        action = QAbstractItemView.CursorAction
        match cursor_action:
            case action.MoveHome:
                return self.model().index(0, self._plan.stretched)
            case action.MoveEnd:
                return self.model().index(self.model().rowCount() - 1, self._plan.stretched)
            case action.MoveLeft | action.MoveRight:
                return self.currentIndex()
            case _:
                return super().moveCursor(cursor_action, modifiers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.row_activated.emit(row)
            event.accept()
        elif _is_typed(event):
            self.typed.emit(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_click = index.isValid() and index == self._pressed
        self._pressed = QModelIndex()
        if is_click and event.button() == Qt.MouseButton.LeftButton:
            self.cell_clicked.emit(index.row(), index.column(), place)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._pressed = index
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.row_activated.emit(index.row())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_columns()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self._leave_out_columns()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dirty = event.rect()
        first = self.rowAt(max(dirty.top(), 0))
        last = self.rowAt(dirty.bottom())
        if first < 0:
            return
        if last < 0:
            last = self.model().rowCount() - 1
        columns = self._shown_columns()
        for row in range(first, last + 1):
            self._paint_one(painter, row, columns)

    def _paint_one(
        self, painter: QPainter, row: int, columns: Sequence[tuple[int, int, int]]
    ) -> None:
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        area = QRect(0, top, self.viewport().width(), height)
        is_chosen = self.selectionModel().isRowSelected(row, QModelIndex())
        is_hot = self._pointer is not None and area.contains(self._pointer)
        if is_chosen or is_hot:
            painter.fillRect(area, self._paint.color("accent_soft" if is_chosen else "raised"))
        line = self._paint.color("border")
        painter.fillRect(QRect(0, area.bottom(), area.width(), 1), line)
        if is_chosen and self.hasFocus():
            painter.setPen(QPen(self._paint.color("accent"), metrics.LINE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        cells = [(column, QRect(left, top, width, height - 1)) for column, left, width in columns]
        pointer = self._pointer if is_hot else None
        self._painter.paint_row(painter, RowPlace(row, area, cells, pointer, is_chosen))

    def _shown_columns(self) -> list[tuple[int, int, int]]:
        """Return number, left edge and width of each column that is shown."""
        return [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(self.model().columnCount())
            if not self.isColumnHidden(column)
        ]

    def _chosen_ranges(self) -> list[tuple[int, int]]:
        """Return the first and last rows of what is selected: all of a million rows is one."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        return [(part.top(), part.bottom()) for part in parts]

    def _hover(self, place: QPoint | None) -> None:
        rows = {self.rowAt(each.y()) for each in (self._pointer, place) if each is not None}
        self._pointer = place
        for row in rows - {-1}:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        # Rows are chosen whole: the table does not move sideways for the cell that was named.
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)

    def _note_width(self, column: int, _: int, width: int) -> None:
        """Remember a width that the person gave a column; a hidden one has none."""
        if column in self._widths and width > 0 and not self._is_fitting:
            self._widths[column] = round(width * 100 / metrics.scaled(100))

    def _leave_out_columns(self) -> None:
        """Hide columns that there is no room for, and show them again when there is."""
        shown = [
            c for c in self._plan.widths if c in self._hidden_by_room or not self.isColumnHidden(c)
        ]
        widths = {column: metrics.scaled(self._widths[column]) for column in shown}
        missing = sum(widths.values()) + metrics.scaled(self._plan.least_width)
        missing -= self.viewport().width()
        leaving: set[int] = set()
        for column in self._plan.leaving:
            if missing <= 0:
                break
            if column in widths:
                leaving.add(column)
                missing -= widths[column]
        self._stretch(is_room=missing <= 0)
        for column in (leaving | self._hidden_by_room) & set(shown):
            self.setColumnHidden(column, column in leaving)
        self._hidden_by_room = leaving

    def _stretch(self, *, is_room: bool) -> None:
        """Give the stretched column what is left, or its least width where that is more.

        Columns are hidden after this: Qt leaves their room empty where a mode changes later.
        """
        header, column = self.horizontalHeader(), self._plan.stretched
        mode = QHeaderView.ResizeMode.Stretch if is_room else QHeaderView.ResizeMode.Fixed
        if header.sectionResizeMode(column) is not mode:
            header.setSectionResizeMode(column, mode)
        if not is_room:
            header.resizeSection(column, metrics.scaled(self._plan.least_width))


def _is_typed(event: QKeyEvent) -> bool:
    """Return whether a key press gives a character, and is no shortcut."""
    commands = (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    return event.text().isprintable() and bool(event.text()) and not event.modifiers() & commands
