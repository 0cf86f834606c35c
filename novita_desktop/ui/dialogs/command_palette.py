"""The command palette: type a few letters, Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import help_label

WIDTH, HEIGHT = 520, 420
MOST_SHOWN = 100
"""More rows than this are no help; typing finds the rest."""

HINT_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

_MOVES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@record(frozen=True, slots=True)
class Command:
    """Something that can be done; `hint` stands beside it: its keys, or a model's id."""

    words: str
    hint: str
    run: Callable[[], object]


def matching(commands: Sequence[Command], typed: str) -> list[Command]:
    """Return the commands that have every typed word; those that begin with the text first."""
    text = typed.casefold().strip()
    words = text.split()
    found = [
        command
        for command in commands
        if all(word in f"{command.words} {command.hint}".casefold() for word in words)
    ]
    return sorted(found, key=lambda command: not command.words.casefold().startswith(text))


class HintDelegate(QStyledItemDelegate):
    """Draws a command's hint at the right of its words, in the colour of what matters less."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        hint = option.fontMetrics.horizontalAdvance(str(index.data(HINT_ROLE) or ""))
        room = option.rect.width() - hint - 2 * metrics.SPACE_24
        option.text = option.fontMetrics.elidedText(option.text, option.textElideMode, room)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        place = option.rect.adjusted(metrics.SPACE_8, 0, -metrics.SPACE_8, 0)
        painter.drawText(
            QStyle.visualRect(option.direction, option.rect, place),
            QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
            | Qt.AlignmentFlag.AlignVCenter,
            str(index.data(HINT_ROLE) or ""),
        )
        painter.restore()


class CommandPalette(QDialog):
    """Finds a command by its words and does it once the palette is closed."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Command palette"))
        self._commands = commands
        self._shown: list[Command] = []
        self._search = QLineEdit()
        self._search.setAccessibleName(self.tr("Search commands"))
        self._search.setPlaceholderText(self.tr("What do you want to do?"))
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(HintDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._do)
        column = QVBoxLayout(self)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        column.addWidget(help_label(self.tr("Enter does it · Esc closes")))
        self.resize(metrics.dialog_size(WIDTH, HEIGHT, parent))
        self._filter()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self._list.keyPressEvent(event)
                return True
            if event.key() in _ENTERS:
                self._do()
                return True
        return super().eventFilter(watched, event)

    def _filter(self) -> None:
        self._shown = matching(self._commands, self._search.text())[:MOST_SHOWN]
        self._list.clear()
        for command in self._shown:
            row = QListWidgetItem(command.words)
            row.setData(HINT_ROLE, command.hint)
            said = f"{command.words}, {command.hint}" if command.hint else command.words
            row.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self._list.addItem(row)
        self._list.setCurrentRow(0)

    def _do(self) -> None:
        row = self._list.currentRow()
        if not 0 <= row < len(self._shown):
            return
        command = self._shown[row]
        # Closed first: what the command opens takes the focus that this gives back.
        self.accept()
        command.run()
