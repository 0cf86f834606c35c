"""The list of presets: opened with a click or Enter, ordered by dragging or with Alt and arrows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.preset_row_delegate import PresetRowDelegate
from novita_desktop.ui.widgets.preset_rows import PresetRows

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PresetList(QListView):
    """Shows presets; each signal has the id of the one it is about.

    Space presses a preset's star, Delete deletes it, F2 renames it. `menu_requested` has an id,
    and where on the screen its menu belongs.
    """

    opened = Signal(int)
    star_pressed = Signal(int)
    delete_requested = Signal(int)
    rename_requested = Signal(int)
    step_requested = Signal(int, int)
    menu_requested = Signal(int, QPoint)

    def __init__(
        self, rows: PresetRows, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._released_at = QPoint()
        self.setAccessibleName(self.tr("Presets"))
        self.setModel(rows)
        self._delegate = PresetRowDelegate(theme, icons, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.clicked.connect(self._tell_click)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def choose(self, preset_id: int | None) -> None:
        """Mark a preset, or none."""
        row = self._rows.row_of(preset_id)
        selection = self.selectionModel()
        if row < 0:
            selection.clear()
        elif row != self.currentIndex().row() or not selection.hasSelection():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(self._rows.index(row, 0), flag)

    def chosen(self) -> int | None:
        """Return the id of the preset that the keyboard stands on, None for none."""
        preset = self._rows.preset_at(self.currentIndex().row())
        return None if preset is None else preset.id

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._released_at = event.position().toPoint()
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        if chosen is None or not self._do_key(event, chosen):
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_mouse else self.currentIndex()
        preset = self._rows.preset_at(index.row())
        if preset is not None:
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_requested.emit(preset.id, event.globalPos() if is_mouse else below)

    def _do_key(self, event: QKeyEvent, chosen: int) -> bool:
        """Do what a key stands for; False when it stands for nothing here."""
        key = Qt.Key(event.key())
        is_alone = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if key in _STEPS and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.step_requested.emit(chosen, _STEPS[key])
        elif key in _ENTERS and is_alone:
            self.opened.emit(chosen)
        elif key == Qt.Key.Key_Space and is_alone:
            self.star_pressed.emit(chosen)
        elif key == Qt.Key.Key_Delete and is_alone:
            self.delete_requested.emit(chosen)
        elif key == Qt.Key.Key_F2 and is_alone:
            self.rename_requested.emit(chosen)
        else:
            return False
        return True

    def _tell_click(self, index: QModelIndex) -> None:
        preset = self._rows.preset_at(index.row())
        if preset is None:
            return
        star = self._delegate.star_place(self.visualRect(index))
        told = self.star_pressed if star.contains(self._released_at) else self.opened
        told.emit(preset.id)
