"""Shows a JSON value as a tree whose branches are filled when they are opened."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.ui import formatting

MAX_CHILDREN = 2_000
"""More children of one branch are counted, not shown: nobody reads them and they cost time."""

_VALUE = Qt.ItemDataRole.UserRole


class JsonTree(QTreeWidget):
    """A read-only tree of names and values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Answer as tree"))
        self.setHeaderLabels([self.tr("Name"), self.tr("Value")])
        self.setAlternatingRowColors(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.itemExpanded.connect(self._fill)

    def set_value(self, value: JsonValue) -> None:
        """Show `value`, with its first level open."""
        self.clear()
        pairs, left_out = _children_of(value)
        if not isinstance(value, dict | list):
            pairs = [("", value)]
        for name, child in pairs:
            self.addTopLevelItem(self._item_of(name, child))
        if left_out:
            self.addTopLevelItem(QTreeWidgetItem([self._more(left_out), ""]))
        first = self.topLevelItem(0)
        if first is not None and self.topLevelItemCount() == 1:
            self.expandItem(first)

    def _item_of(self, name: str, value: JsonValue) -> QTreeWidgetItem:
        text = self._words_for(value)
        item = QTreeWidgetItem([name, text])
        item.setToolTip(1, text[:2_000])
        if isinstance(value, dict | list) and value:
            item.setData(0, _VALUE, value)
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            return
        pairs, left_out = _children_of(item.data(0, _VALUE))
        item.addChildren([self._item_of(name, child) for name, child in pairs])
        if left_out:
            item.addChild(QTreeWidgetItem([self._more(left_out), ""]))

    def _more(self, count: int) -> str:
        return self.tr("and {n} more").format(n=formatting.whole(count))

    def _words_for(self, value: JsonValue) -> str:
        if isinstance(value, dict):
            return formatting.counted(len(value), self.tr("1 field"), self.tr("{n} fields"))
        if isinstance(value, list):
            return formatting.counted(len(value), self.tr("1 item"), self.tr("{n} items"))
        return value if isinstance(value, str) else json.dumps(value)


def _children_of(value: object) -> tuple[list[tuple[str, JsonValue]], int]:
    """Return the first children of `value` with their names, and how many were left out."""
    pairs: Iterable[tuple[str, JsonValue]] = ()
    count = 0
    if isinstance(value, dict):
        pairs, count = value.items(), len(value)
    elif isinstance(value, list):
        pairs, count = ((str(n), item) for n, item in enumerate(value, start=1)), len(value)
    shown = [pair for pair, _ in zip(pairs, range(MAX_CHILDREN), strict=False)]
    return shown, count - len(shown)
