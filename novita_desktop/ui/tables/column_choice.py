"""Which columns a table shows, in which order and how wide: chosen by the person and remembered."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from novita_desktop.ui.tables.row_view import RowView

WIDTH_STEP = 16
"""By so many pixels, at 100 % text size, the menu makes a column wider or narrower."""


class ColumnChoice(QObject):
    """Shows, moves and resizes the columns of `view`; its menu does all that by keyboard.

    `names` are the columns' titles. Those in `fixed` are always shown.
    """

    changed = Signal()

    def __init__(self, view: RowView, names: Sequence[str], fixed: Collection[int]) -> None:
        super().__init__(view)
        self._view, self._names, self._fixed = view, names, fixed
        self._usual_widths = view.widths()
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu_at)
        header.sectionMoved.connect(self.changed)
        header.sectionResized.connect(self.changed)

    def state(self) -> str:
        """Return what was chosen, for `restore`."""
        return json.dumps(
            {
                "order": self._order(),
                "hidden": sorted(self._view.hidden_columns()),
                "widths": list(self._view.widths().items()),
            }
        )

    def restore(self, state: str) -> None:
        """Bring back what `state` returned; a text that is not from there changes nothing."""
        columns = range(len(self._names))
        try:
            saved = json.loads(state)
            order, hidden = [int(c) for c in saved["order"]], {int(c) for c in saved["hidden"]}
            widths = {int(column): int(width) for column, width in saved["widths"]}
        except (ValueError, KeyError, TypeError):
            return
        if sorted(order) != list(columns) or not hidden <= set(columns) - set(self._fixed):
            return
        for place, column in enumerate(order):
            self._move(column, place)
        for column in columns:
            self._view.hide_column(column, is_hidden=column in hidden)
        self._view.set_widths(widths)

    def reset(self) -> None:
        """Show all columns as at the start."""
        for column in range(len(self._names)):
            self._move(column, column)
            self._view.hide_column(column, is_hidden=False)
        self._view.set_widths(self._usual_widths)
        self.changed.emit()

    def fill(self, menu: QMenu) -> None:
        """Put into `menu` what can be done to the columns, in the order in which they stand."""
        menu.clear()
        for column in self._order():
            self._add_column(menu.addMenu(self._names[column]), column)
        menu.addSeparator()
        menu.addAction(self.tr("As at the start")).triggered.connect(self.reset)

    def _add_column(self, menu: QMenu, column: int) -> None:
        is_shown = column not in self._view.hidden_columns()
        place, last = self._order().index(column), len(self._names) - 1
        show = menu.addAction(self.tr("Show"))
        show.setCheckable(True)
        show.setChecked(is_shown)
        show.setEnabled(column not in self._fixed)
        show.triggered.connect(lambda is_on: self._show(column, is_shown=is_on))
        left = menu.addAction(self.tr("Move to the left"))
        left.setEnabled(place > 0)
        left.triggered.connect(lambda: self._step(column, -1))
        right = menu.addAction(self.tr("Move to the right"))
        right.setEnabled(place < last)
        right.triggered.connect(lambda: self._step(column, 1))
        if column in self._view.widths():
            for words, step in ((self.tr("Wider"), 1), (self.tr("Narrower"), -1)):
                menu.addAction(words).triggered.connect(
                    lambda _=False, step=step: self._widen(column, step * WIDTH_STEP)
                )

    def _show(self, column: int, *, is_shown: bool) -> None:
        self._view.hide_column(column, is_hidden=not is_shown)
        self.changed.emit()

    def _step(self, column: int, step: int) -> None:
        """Move a column past its next neighbour that is shown."""
        order, hidden = self._order(), self._view.hidden_columns()
        place = order.index(column) + step
        while 0 <= place < len(order) - 1 and order[place] in hidden:
            place += step
        self._move(column, max(0, min(place, len(order) - 1)))

    def _widen(self, column: int, pixels: int) -> None:
        self._view.set_widths({column: self._view.widths()[column] + pixels})
        self.changed.emit()

    def _order(self) -> list[int]:
        header = self._view.horizontalHeader()
        return [header.logicalIndex(place) for place in range(len(self._names))]

    def _move(self, column: int, place: int) -> None:
        header = self._view.horizontalHeader()
        header.moveSection(header.visualIndex(column), place)

    def _show_menu_at(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(self._view.horizontalHeader().mapToGlobal(place))
