"""Gives a document another style in place, a little at a time; text and selection stay."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable

from novita_desktop.ui.widgets.markdown_style import MarkdownStyle


class DocumentRestyle:
    """The restyling of one document, from the block in view to the end, then from the start."""

    def __init__(self, document: QTextDocument, style: MarkdownStyle, first: int) -> None:
        document.setIndentWidth(style.indent)
        self._document = document
        self._style = style
        count = document.blockCount()
        self._numbers = iter([*range(first, count), *range(min(first, count))])
        self.is_done = False

    def work(self, deadline: float) -> None:
        """Restyle blocks until the monotonic time `deadline`."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        while perf_counter() < deadline:
            number = next(self._numbers, None)
            if number is None:
                self.is_done = True
                break
            block = self._document.findBlockByNumber(number)
            if block.isValid():
                self._restyle(block, cursor)
        cursor.endEditBlock()

    def _restyle(self, block: QTextBlock, cursor: QTextCursor) -> None:
        old = block.blockFormat()
        cursor.setPosition(block.position())
        table = cursor.currentFrame()
        if isinstance(table, QTextTable) and table.firstPosition() == block.position():
            table.setFormat(self._style.restyled_table(table.format()))
        new = self._style.restyled_block(old)
        if new != old:
            cursor.setBlockFormat(new)
        characters = block.charFormat()
        restyled = self._style.restyled_span(new, characters)
        if restyled != characters:
            cursor.setBlockCharFormat(restyled)
        spans = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            spans.append((fragment.position(), fragment.length(), fragment.charFormat()))
            iterator += 1
        for position, length, characters in spans:
            restyled = self._style.restyled_span(new, characters)
            if restyled != characters:
                cursor.setPosition(position)
                cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(restyled)
