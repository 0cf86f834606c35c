"""A text field that grows with its text and shows `{{ variables }}` as tinted words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from novita_desktop.ui.widgets.long_lines import LongLines

VARIABLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
MAX_NAME_CHARACTERS = 24
PLAIN_TEXT = "text/plain"


class VariableHighlighter(QSyntaxHighlighter):
    """Tints every `{{ variable }}` and `{% tag %}` of a document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._format = QTextCharFormat()

    def follow_palette(self) -> None:
        """Tint with the application's colours of a chosen row from now on.

        A field's own palette has the colours of selected text there instead.
        """
        palette = QGuiApplication.palette()
        self._format.setBackground(palette.color(QPalette.ColorRole.Highlight))
        self._format.setForeground(palette.color(QPalette.ColorRole.HighlightedText))
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        for found in VARIABLE.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._format)


class MessageEditor(QPlainTextEdit):
    """Edits a text of any length; `changed` is emitted for the person's own edits.

    Its height follows the text between `least_lines` and `most_lines`. Pasting takes plain text,
    or hands a picture to `image_pasted`. Tab leaves the field, so that the keyboard reaches what
    comes next.
    """

    changed = Signal(str)
    left = Signal()
    selection_changed = Signal(bool)
    field_made = Signal(str, str)
    image_pasted = Signal(QMimeData)

    _is_built = False

    def __init__(
        self, parent: QWidget | None = None, *, least_lines: int = 2, most_lines: int = 12
    ) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._most_lines = most_lines
        self._takes_images = False
        self._told = ""
        self._frame = 2 * self.frameWidth()
        self._lines = LongLines(self.document())
        self.is_composing = False
        self.setTabChangesFocus(True)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed)
        self._highlighter = VariableHighlighter(self.document())
        self._highlighter.follow_palette()
        self._make_field = QAction(self.tr("Make this a field"), self)
        self._make_field.triggered.connect(self.make_field)
        self.textChanged.connect(self._tell_changed)
        self.selectionChanged.connect(self._tell_selection)
        self.document().documentLayout().documentSizeChanged.connect(self._follow_lines)
        self._follow_lines()
        self._is_built = True

    def value(self) -> str:
        """Return the text."""
        return self._lines.text()

    def set_value(self, text: str) -> None:
        """Show `text`. What stood there can be brought back with Undo."""
        if text == self.value():
            return
        is_first = self.document().isEmpty()
        with QSignalBlocker(self):
            if is_first:
                self.setUndoRedoEnabled(False)
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            self._lines.insert(cursor, text)
            if is_first:
                self.setUndoRedoEnabled(True)
                self.moveCursor(QTextCursor.MoveOperation.Start)
        self._told = text

    def set_takes_images(self, takes_images: bool) -> None:  # noqa: FBT001  # a Qt-style setter
        """Say whether a pasted picture goes to `image_pasted`."""
        self._takes_images = takes_images

    def make_field(self) -> None:
        """Turn the selected words into a variable whose value they become."""
        cursor = self.textCursor()
        words = self._lines.selected_text(cursor)
        if not words.strip():
            return
        name = variable_name_for(words)
        # Spaces at the edges, which a double click or Ctrl+Shift+Right selects too, stay outside.
        inside = words.strip()
        before, after = words.split(inside, 1)
        cursor.insertText(before + "{{ " + name + " }}" + after)
        self.field_made.emit(name, inside)

    @override
    def sizeHint(self) -> QSize:
        lines = min(max(self._line_count(), self._least_lines), self._most_lines)
        # Qt lays each line out in whole pixels.
        text_height = lines * math.ceil(QFontMetricsF(self.font()).lineSpacing())
        # One pixel less, and Qt counts the last line as cut.
        margins = math.ceil(2 * self.document().documentMargin()) + 1
        return QSize(super().sizeHint().width(), text_height + margins + self._frame)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        self._lines.is_undoing = event.matches(keys.Undo) or event.matches(keys.Redo)
        super().keyPressEvent(event)
        self._lines.is_undoing = False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.is_composing = False
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        has_picture = self._takes_images and (source.hasImage() or source.hasUrls())
        return has_picture or super().canInsertFromMimeData(source)

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        made.setText(self._lines.selected_text(self.textCursor()))
        return made

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        # Cells of a spreadsheet come as text and as a picture of themselves.
        is_picture = source.hasImage() and not source.hasFormat(PLAIN_TEXT)
        if self._takes_images and (is_picture or _names_files(source)):
            self.image_pasted.emit(source)
        elif source.hasText():
            self._lines.insert(self.textCursor(), source.text())
            self.ensureCursorVisible()

    def menu(self) -> QMenu:
        """Return the menu for what is selected."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, work in (("edit-undo", self.undo), ("edit-redo", self.redo)):
            action = menu.findChild(QAction, name)
            if action is not None:
                action.triggered.disconnect()
                action.triggered.connect(partial(self._take_back, work))
        menu.addSeparator()
        menu.addAction(self._make_field)
        self._make_field.setEnabled(self.textCursor().hasSelection())
        return menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.PaletteChange:
            with QSignalBlocker(self):  # a new tint is no edit
                self._highlighter.follow_palette()
        elif event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt sends the viewport's size here. The viewport itself is not asked for it: the bindings
        # would make every widget class known first.
        self._frame = self.height() - event.size().height()
        # Another width breaks the lines anew, which Qt does not always tell.
        if self.sizeHint().height() != self.height():
            self._follow_lines()

    def _take_back(self, work: Callable[[], None]) -> None:
        self._lines.is_undoing = True
        work()
        self._lines.is_undoing = False

    def _tell_changed(self) -> None:
        self._lines.mend()
        text = self.value()
        if text != self._told:  # tinting counts as a change of the document, too
            self._told = text
            self.changed.emit(text)

    def _tell_selection(self) -> None:
        self.selection_changed.emit(self.textCursor().hasSelection())

    def _line_count(self) -> int:
        return int(self.document().size().height())

    def _follow_lines(self) -> None:
        """Have the layout around give as much room as the lines need; more than most scroll."""
        bar = Qt.ScrollBarPolicy
        has_more = self._line_count() > self._most_lines
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if has_more else bar.ScrollBarAlwaysOff
        )
        self.updateGeometry()


def _names_files(source: QMimeData) -> bool:
    return source.hasUrls() and all(url.isLocalFile() for url in source.urls())


def variable_name_for(words: str) -> str:
    """Return a name for the variable that `words` are the first value of."""
    parts = re.findall(r"[^\W_]+", words.lower())
    name = ""
    for part in parts:
        longer = f"{name}_{part}" if name else part
        if name and len(longer) > MAX_NAME_CHARACTERS:
            break
        name = longer[:MAX_NAME_CHARACTERS]
    return name if name and not name[0].isdigit() else f"field_{name}".rstrip("_")
