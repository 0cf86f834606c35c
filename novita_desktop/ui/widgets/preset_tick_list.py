"""Presets by folder, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from novita_desktop.domain.records import record
from novita_desktop.domain.visible_text import visible_text

_PLACE = Qt.ItemDataRole.UserRole
_NAME, _STATE = 0, 1


@record(frozen=True, slots=True)
class TickRow:
    """One preset of the list; `state` are a few words beside its name."""

    name: str
    folder: str
    description: str
    is_ticked: bool
    state: str = ""


class PresetTickList(QTreeWidget):
    """Lets presets be ticked; `ticked` tells of a change, `looked_at` has one's place."""

    ticked = Signal()
    looked_at = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[TickRow] = ()
        self._items: list[QTreeWidgetItem] = []
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(self.fontMetrics().height())
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(0)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_STATE, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._tell_ticked)
        self.currentItemChanged.connect(self._tell_current)

    def set_rows(self, rows: Sequence[TickRow]) -> None:
        """Show these presets in the place of others, in their order within each folder."""
        with QSignalBlocker(self):
            self.clear()
            self._rows = rows
            self._items = []
            folders: dict[str, QTreeWidgetItem] = {}
            for place, row in enumerate(rows):
                if row.folder and row.folder not in folders:
                    folders[row.folder] = self._folder_item(row.folder)
                item = QTreeWidgetItem(folders.get(row.folder) or self.invisibleRootItem())
                name = visible_text(row.name)
                item.setText(_NAME, name)
                item.setToolTip(_NAME, name)
                item.setText(_STATE, row.state)
                item.setData(_NAME, _PLACE, place)
                item.setCheckState(_NAME, _check_state(is_ticked=row.is_ticked))
                self._items.append(item)
            self.setRootIsDecorated(bool(folders))
            self.expandAll()
        if self._items:
            self.setCurrentItem(self._items[0])
        self.ticked.emit()

    def ticked_places(self) -> list[int]:
        """Return the places of the presets that are ticked, in their order."""
        return [
            place
            for place, item in enumerate(self._items)
            if item.checkState(_NAME) == Qt.CheckState.Checked
        ]

    def tick_all(self, *, is_ticked: bool) -> None:
        """Tick all that the search shows, or none of them."""
        with QSignalBlocker(self):
            for item in self._items:
                if not item.isHidden():
                    item.setCheckState(_NAME, _check_state(is_ticked=is_ticked))
        self.viewport().update()
        self.ticked.emit()

    def search(self, typed: str) -> int:
        """Show the presets that have every typed word; return how many."""
        words = typed.casefold().split()
        found = 0
        for row, item in zip(self._rows, self._items, strict=True):
            text = f"{row.name} {row.folder} {row.description}".casefold()
            is_found = all(word in text for word in words)
            item.setHidden(not is_found)
            found += is_found
        for number in range(self.topLevelItemCount()):
            folder = self.topLevelItem(number)
            if folder is not None and folder.childCount():
                children = (folder.child(n) for n in range(folder.childCount()))
                folder.setHidden(all(child is None or child.isHidden() for child in children))
        return found

    def _folder_item(self, folder: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self)
        item.setText(_NAME, visible_text(folder))
        item.setFirstColumnSpanned(True)
        # Ticking a folder ticks what is in it.
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        item.setCheckState(_NAME, Qt.CheckState.Unchecked)
        font = item.font(_NAME)
        font.setBold(True)
        item.setFont(_NAME, font)
        return item

    def _tell_ticked(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            self.ticked.emit()

    def _tell_current(self, current: QTreeWidgetItem | None) -> None:
        place = None if current is None else current.data(_NAME, _PLACE)
        if isinstance(place, int):
            self.looked_at.emit(place)


def _check_state(*, is_ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
