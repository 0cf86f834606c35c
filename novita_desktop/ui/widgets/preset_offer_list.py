"""The presets that could be added, by folder, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from novita_desktop.domain.visible_text import visible_text
from novita_desktop.services.preset_exchange import PresetOffer

_PLACE = Qt.ItemDataRole.UserRole
_NAME, _STATE = 0, 1


class PresetOfferList(QTreeWidget):
    """Shows offers; `ticked` tells that other ones are ticked, `looked_at` has one's place."""

    ticked = Signal()
    looked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: Sequence[PresetOffer] = ()
        self._items: list[QTreeWidgetItem] = []
        self.setAccessibleName(self.tr("Presets to add"))
        self.setHeaderLabels([self.tr("Preset"), self.tr("Compared with yours")])
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

    def set_offers(self, offers: Sequence[PresetOffer], *, are_ticked: bool) -> None:
        """Show offers in the place of others; with `are_ticked` all but those that are there."""
        with QSignalBlocker(self):
            self.clear()
            self._offers = offers
            self._items = []
            folders: dict[str, QTreeWidgetItem] = {}
            for place, offer in enumerate(offers):
                folder = offer.new.folder
                if folder and folder not in folders:
                    folders[folder] = self._folder_item(folder)
                item = QTreeWidgetItem(folders.get(folder) or self.invisibleRootItem())
                name = visible_text(offer.new.name)
                item.setText(_NAME, name)
                item.setToolTip(_NAME, name)
                item.setText(_STATE, self._state_words(offer))
                item.setData(_NAME, _PLACE, place)
                is_ticked = are_ticked and not offer.is_same
                item.setCheckState(
                    _NAME, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
                )
                self._items.append(item)
            self.setRootIsDecorated(bool(folders))
            self.expandAll()
        if self._items:
            self.setCurrentItem(self._items[0])
        self.ticked.emit()

    def chosen(self) -> list[PresetOffer]:
        """Return the offers that are ticked, in their order."""
        return [
            offer
            for offer, item in zip(self._offers, self._items, strict=True)
            if item.checkState(_NAME) == Qt.CheckState.Checked
        ]

    def tick_all(self, *, is_ticked: bool) -> None:
        """Tick all that the search shows, or none of them."""
        state = Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        with QSignalBlocker(self):
            for item in self._items:
                if not item.isHidden():
                    item.setCheckState(_NAME, state)
        self.viewport().update()
        self.ticked.emit()

    def search(self, typed: str) -> int:
        """Show the offers that have every typed word; return how many."""
        words = typed.casefold().split()
        found = 0
        for offer, item in zip(self._offers, self._items, strict=True):
            new = offer.new
            text = f"{new.name} {new.folder} {new.description}".casefold()
            is_found = all(word in text for word in words)
            item.setHidden(not is_found)
            found += is_found
        for row in range(self.topLevelItemCount()):
            folder = self.topLevelItem(row)
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

    def _state_words(self, offer: PresetOffer) -> str:
        if offer.is_same:
            return self.tr("yours")
        return "" if offer.twin is None else self.tr("differs")

    def _tell_ticked(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            self.ticked.emit()

    def _tell_current(self, current: QTreeWidgetItem | None) -> None:
        place = None if current is None else current.data(_NAME, _PLACE)
        if isinstance(place, int):
            self.looked_at.emit(place)
