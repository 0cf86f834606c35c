"""Lets lines of any length be edited: a long one is laid out in short pieces.

Qt lays out the whole paragraph at each key, which takes most of a second for a line of a megabyte.
Here such a line is a row of paragraphs, of which all but the first are marked as going on with the
line before. What is read from the document has no breaks there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

PIECE_CHARACTERS = 4_000
MOST_CHARACTERS = 2 * PIECE_CHARACTERS
"""A paragraph may grow to this; longer ones are cut into pieces."""

_LEAST_SHARE = 0.9
"""A piece ends at a space, if there is one after this much of it."""

_GOES_ON = QTextFormat.Property.UserProperty.value + 1
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


class LongLines:
    """Reads and writes one plain document; `mend` is due after each of its changes."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._has_pieces = False
        self._joins: list[int] = []  # where the paragraphs begin that go on, in order
        self._began_at_join = False
        self._changed: tuple[int, int] | None = None
        self._is_busy = False
        self.is_undoing = False
        document.contentsChange.connect(self._note)

    def text(self) -> str:
        """Return the whole text."""
        if not self._has_pieces:
            return self._document.toRawText().translate(_LINE_ENDS)
        return self._joined(0, self._document.characterCount() - 1)

    def selected_text(self, cursor: QTextCursor) -> str:
        """Return what is selected."""
        if not self._has_pieces:
            return cursor.selectedText().translate(_LINE_ENDS)
        return self._joined(cursor.selectionStart(), cursor.selectionEnd())

    def insert(self, cursor: QTextCursor, text: str) -> None:
        """Write `text` in the place of what is selected, as one step of undoing."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._is_busy = True
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        is_short = max(map(len, lines)) <= MOST_CHARACTERS
        if is_short:
            cursor.insertText("\n".join(lines))
        else:
            for number, line in enumerate(lines):
                if number:
                    cursor.insertBlock(QTextBlockFormat())
                self._insert_pieces(cursor, line)
        cursor.endEditBlock()
        self._is_busy = False
        self._mend(ends_lines=is_short)

    def mend(self) -> None:
        """Cut paragraphs that became too long, and end lines where a line end was written."""
        if not self._is_busy:
            self._mend(ends_lines=not self.is_undoing)

    def _mend(self, *, ends_lines: bool) -> None:
        if self._changed is None:
            return
        (start, end), self._changed = self._changed, None
        due: list[tuple[QTextBlock, bool]] = []
        block = self._document.findBlock(start)
        while block.isValid() and block.position() <= end:
            marked = _goes_on(block)
            goes_on = marked
            if block.position() == start:
                # Qt gives what is left of paragraphs removed from their start the last one's mark.
                goes_on = self._began_at_join
            elif ends_lines and block.position() > start:
                # Enter copies the mark of the paragraph that it divides.
                goes_on = False
            if block.length() > MOST_CHARACTERS or goes_on != marked:
                due.append((block, goes_on))
            block = block.next()
        if due and not self.is_undoing:
            self._is_busy = True
            cursor = QTextCursor(self._document)
            cursor.joinPreviousEditBlock()
            for block, goes_on in due:
                self._mend_block(cursor, block, goes_on=goes_on)
            cursor.endEditBlock()
            self._is_busy = False
            self._changed = None

    def _mend_block(self, cursor: QTextCursor, block: QTextBlock, *, goes_on: bool) -> None:
        cursor.setPosition(block.position())
        if _goes_on(block) != goes_on:
            cursor.setBlockFormat(_going_on() if goes_on else QTextBlockFormat())
        if block.length() > MOST_CHARACTERS:
            for piece in list(_pieces(block.text()))[:-1]:
                units = len(piece.encode("utf-16-le", "surrogatepass")) // 2  # positions count them
                cursor.setPosition(cursor.position() + units)
                cursor.insertBlock(_going_on())
            self._has_pieces = True

    def _note(self, start: int, removed: int, added: int) -> None:
        self._changed = (start, start + added)
        first = bisect_left(self._joins, start)
        self._began_at_join = self._joins[first : first + 1] == [start]
        if self._has_pieces:
            last = bisect_right(self._joins, start + removed)
            moved = [join + added - removed for join in self._joins[last:]]
            self._joins[first:] = [*self._joins_between(start, start + added), *moved]

    def _joins_between(self, start: int, end: int) -> Iterator[int]:
        block = self._document.findBlock(start)
        while block.isValid() and block.position() <= end:
            if block.position() >= start and _goes_on(block):
                yield block.position()
            block = block.next()

    def _joined(self, start: int, end: int) -> str:
        parts: list[str] = []
        block = self._document.findBlock(start)
        while block.isValid() and block.position() <= end:
            if parts and not _goes_on(block):
                parts.append("\n")
            parts.append(self._part(block, start, end))
            block = block.next()
        return "".join(parts).translate(_LINE_ENDS)

    def _part(self, block: QTextBlock, start: int, end: int) -> str:
        if block.position() >= start and block.position() + block.length() <= end + 1:
            return block.text()
        cursor = QTextCursor(block)
        cursor.setPosition(max(start, block.position()))
        last = min(end, block.position() + block.length() - 1)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _insert_pieces(self, cursor: QTextCursor, line: str) -> None:
        for number, piece in enumerate(_pieces(line)):
            if number:
                cursor.insertBlock(_going_on())
                self._has_pieces = True
            cursor.insertText(piece)


def _pieces(line: str) -> Iterator[str]:
    """Yield `line` in pieces that are laid out fast; words stay whole where that is possible."""
    at = 0
    while len(line) - at > MOST_CHARACTERS:
        end = at + PIECE_CHARACTERS
        space = line.rfind(" ", at + int(PIECE_CHARACTERS * _LEAST_SHARE), end)
        end = space + 1 if space >= 0 else end
        yield line[at:end]
        at = end
    yield line[at:]


def _goes_on(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(_GOES_ON)


def _going_on() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setProperty(_GOES_ON, True)  # noqa: FBT003  # Qt's way to set a property
    return made
