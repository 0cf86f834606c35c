"""A text to read whose links can be followed with the mouse and with the keyboard.

Qt's own text browser does the same, but tells assistive technology that it is a label; people who
hear the window look for an answer among its texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from novita_desktop.ui.widgets.safe_links import safe_link, shown_target

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LinkPlace(NamedTuple):
    """Where a link stands in the document, and where it leads."""

    start: int
    end: int
    target: str


class LinkedText(QTextEdit):
    """Shows a document that nobody edits.

    Tab visits the links one by one and then leaves; Enter or a click follows one.
    `link_activated` has the safe address that was chosen, opening it is the owner's part.
    `link_hovered` has the address under the pointer, or an empty text.
    """

    link_activated = Signal(QUrl)
    link_hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = ""
        self._hovered = ""
        self._visited: LinkPlace | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.viewport().setMouseTracking(True)

    def links(self) -> Iterator[LinkPlace]:
        """Yield the document's links in reading order."""
        formats = self.document().allFormats()
        if not any(each.toCharFormat().anchorHref() for each in formats if each.isCharFormat()):
            return  # the usual answer has none, and a long one is not walked through for that
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                if target := piece.charFormat().anchorHref():
                    start = piece.position()
                    yield LinkPlace(start, start + piece.length(), target)
                pieces += 1
            block = block.next()

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        before = self._visited
        self._visited = self._neighbour(before, is_next=is_next)
        if self._visited is not None:
            self._select(self._visited.start, self._visited.end)
            return True
        if before is not None:
            self._select(before.start, before.start)
        return super().focusNextPrevChild(is_next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._visited is not None and event.key() in _ENTERS:
            self._activate(self._visited.target)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._visited = None
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self.anchorAt(event.position().toPoint()) if is_left else ""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = not self.textCursor().hasSelection()  # Qt selects a link that was clicked
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, ""
        if pressed and is_click and self.anchorAt(event.position().toPoint()) == pressed:
            self._activate(pressed)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self.anchorAt(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, target: str) -> None:
        if target == self._hovered:
            return
        self._hovered = target
        shape = Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        url = safe_link(target)
        self.link_hovered.emit(shown_target(url) if url else "")

    def _activate(self, target: str) -> None:
        if (url := safe_link(target)) is not None:
            self.link_activated.emit(url)

    def _neighbour(self, current: LinkPlace | None, *, is_next: bool) -> LinkPlace | None:
        if current is None:
            return next(self.links(), None) if is_next else None
        if is_next:
            return next((each for each in self.links() if each.start >= current.end), None)
        earlier = [each for each in self.links() if each.end <= current.start]
        return earlier[-1] if earlier else None

    def _select(self, start: int, end: int) -> None:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
