"""Writes Markdown blocks into a text document: finished ones for good, open ones for now.

The document is a frozen part, which never changes, followed by a tail that shows the open blocks.
What is written again and again is only the part of the tail that differs: usually a few words.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from novita_desktop.domain.growing_inline import GrowingInline
from novita_desktop.domain.markdown_inline import Emphasis, Span, parse_inline
from novita_desktop.domain.markdown_structure import Block, CodeEnd, Place, TablePart
from novita_desktop.domain.records import record
from novita_desktop.ui.widgets.document_lines import Line, Look, Token, line_of, open_lines
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle, look_of

_SPACER: Final = Line(Look.SPACER, Place(), ())
_CONTINUED_SPACER: Final = Line(Look.SPACER, Place(), (), continued=True)
_TO_END: Final = QTextCursor.MoveMode.KeepAnchor


@record(frozen=True, slots=True)
class FinishedCode:
    """A complete block of code: `start` and `end` are positions in the document."""

    start: int
    end: int
    language: str


@record(frozen=True, slots=True)
class _Shown:
    """A line of the tail: where it starts, what it is below, and whether it took a free block."""

    line: Line
    start: int
    above: Look | None
    took_free_block: bool


class MarkdownDocument:
    """The writer of one document. Only it may change the document's text."""

    def __init__(self, document: QTextDocument, style: MarkdownStyle) -> None:
        self.style = style
        self._document = document
        self.clear()

    def clear(self) -> None:
        """Empty the document."""
        self._document.clear()
        self._document.setIndentWidth(self.style.indent)
        self._tail: list[_Shown] = []
        self._above: Look | None = None
        self._code_start = 0
        self._growing = GrowingInline()
        cursor = self._end()
        cursor.setBlockFormat(self.style.block_format(_SPACER, None))
        cursor.setBlockCharFormat(self._base_format(_SPACER))

    def freeze(self, block: Block) -> FinishedCode | None:
        """Write `block` for good; return the block of code that it completes, if it does."""
        shown = line_of(block)
        match shown:
            case Line():
                start = self._show(0, shown)
                del self._tail[0]
                self._above = shown.look
                if shown.look is Look.CODE_BEGINNING:
                    self._code_start = start
            case TablePart():
                self._cut_tail(0)
                self._write_table(shown)
                self._above = Look.CELL
            case CodeEnd(language):
                end = self._tail[0].start - 1 if self._tail else self._end().position()
                return FinishedCode(self._code_start, end, language)
        return None

    def show_open(self, blocks: list[Block]) -> None:
        """Show `blocks`, which may still change, after the finished ones."""
        lines = open_lines(blocks, self._growing.read)
        for index, line in enumerate(lines):
            self._show(index, line)
        self._cut_tail(len(lines))

    def _show(self, index: int, line: Line) -> int:
        """Make `line` the one with `index` in the tail and return its position."""
        if index < len(self._tail):
            shown = self._tail[index]
            if shown.line == line:
                return shown.start
            if shown.line.frame == line.frame:
                self._cut_tail(index + 1)
                self._rewrite(shown, line)
                self._tail[index] = _Shown(line, shown.start, shown.above, shown.took_free_block)
                return shown.start
            self._cut_tail(index)
        self._tail.append(
            self._write(line, self._tail[-1].line.look if self._tail else self._above)
        )
        return self._tail[-1].start

    def _write(self, line: Line, above: Look | None) -> _Shown:
        cursor = self._end()
        block, characters = self.style.block_format(line, above), self._base_format(line)
        # A document always has a block, and the first line takes it. There is one after a table
        # too; only a further part of the table takes it, because Qt gives a block that stands
        # right below a table no distance to it.
        took_free_block = above is None or line == _CONTINUED_SPACER
        if took_free_block:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(characters)
        else:
            cursor.insertBlock(block, characters)
        start = cursor.position()
        self._write_spans(cursor, line, line.spans)
        return _Shown(line, start, above, took_free_block)

    def _rewrite(self, shown: _Shown, line: Line) -> None:
        """Change the last line of the document from `shown` to `line`."""
        old, new = shown.line.spans, line.spans
        same, position = 0, shown.start
        while same < min(len(old), len(new)) and old[same] == new[same]:
            position += length_in_document(old[same].text)
            same += 1
        spans = new[same:]
        if same < min(len(old), len(new)) and _grew(old[same], new[same]):
            grown = new[same]
            position += length_in_document(old[same].text)
            more = Span(grown.text[len(old[same].text) :], grown.emphasis, grown.target)
            spans = (more, *new[same + 1 :])
        cursor = self._end()
        if position < cursor.position():
            cursor.setPosition(position, _TO_END)
            cursor.removeSelectedText()
        self._write_spans(cursor, line, spans)

    def _write_spans(self, cursor: QTextCursor, line: Line, spans: tuple[Span, ...]) -> None:
        for span in spans:
            # A line break inside a paragraph is Qt's line separator; "\n" would begin a block.
            text = span.text.replace("\n", "\u2028")
            cursor.insertText(text, self.style.span_format(line, span))

    def _cut_tail(self, index: int) -> None:
        """Remove the lines of the tail from `index` on."""
        if index >= len(self._tail):
            return
        first = self._tail[index]
        del self._tail[index:]
        cursor = self._end()
        if first.took_free_block:
            cursor.setPosition(first.start, _TO_END)
            cursor.removeSelectedText()
            cursor.setBlockFormat(self.style.block_format(_SPACER, first.above))
            cursor.setBlockCharFormat(self._base_format(_SPACER))
            return
        before = self._document.findBlock(first.start - 1)
        block, characters = before.blockFormat(), before.charFormat()
        cursor.setPosition(first.start - 1, _TO_END)
        cursor.removeSelectedText()
        # The block that remains may have taken the formats of the one that went.
        if cursor.blockFormat() != block:
            cursor.setBlockFormat(block)
        if cursor.blockCharFormat() != characters:
            cursor.setBlockCharFormat(characters)

    def _write_table(self, part: TablePart) -> None:
        """Write a table after a spacer; a free block follows it."""
        self._write(_CONTINUED_SPACER if part.continued else _SPACER, self._above)
        rows = ((part.header,) if part.header else ()) + part.rows
        cursor = self._end()
        table_format = self.style.table_format(
            part.widths, part.place.path, continued=part.continued
        )
        table_format.setHeaderRowCount(1 if part.header else 0)
        cursor.insertTable(len(rows), len(part.widths), table_format)
        for number, row in enumerate(rows):
            look = Look.HEADER_CELL if part.header and number == 0 else Look.CELL
            for text, side in zip(row, part.alignments, strict=True):
                line = Line(look, Place(), parse_inline(text), language=side)
                cursor.setBlockFormat(self.style.block_format(line, None))
                cursor.setBlockCharFormat(self._base_format(line))
                self._write_spans(cursor, line, line.spans)
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        cursor.setBlockFormat(self.style.block_format(_CONTINUED_SPACER, Look.CELL))
        cursor.setBlockCharFormat(self._base_format(_SPACER))

    def _base_format(self, line: Line) -> QTextCharFormat:
        return self.style.char_format(line.look, line.level, Emphasis.NONE, Token.PLAIN)

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor


def code_around(block: QTextBlock) -> str:
    """Return the whole block of code that the line `block` stands in, or an empty text."""
    if not look_of(block).is_code:
        return ""
    while look_of(block) is Look.CODE:
        block = block.previous()
    lines = [block.text()]
    while (block := block.next()).isValid() and look_of(block) is Look.CODE:
        lines.append(block.text())
    return "\n".join(lines)


def _grew(old: Span, new: Span) -> bool:
    return (
        old.emphasis == new.emphasis and old.target == new.target and new.text.startswith(old.text)
    )


def length_in_document(text: str) -> int:
    """Return the length of `text` in UTF-16 units, in which positions in a document count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
