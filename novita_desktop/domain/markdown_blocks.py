"""Splits a growing Markdown text into finished blocks and one open block.

A finished block never changes again, whatever follows, and where blocks end depends on the text
alone, never on how it was cut on its way. Blocks are therefore small by design: a list is its
items, code its lines, a long table parts of `TABLE_ROWS` rows, a long paragraph parts that end
with a sentence. Nesting, line length and part size are bounded, so no text makes a block costly.

The rules are CommonMark's (0.31) with GitHub's tables, tasks and strikethrough. They differ on
purpose in: HTML, which is text; reference definitions, which are text; the distance between list
items, which depends on the blank line before an item and not on what comes later; and a nested
list, which may stand two columns in, as models like to write below `1.`.
"""

from __future__ import annotations

from typing import Final

from novita_desktop.domain import markdown_lines as lines
from novita_desktop.domain.markdown_leaves import OpenCode
from novita_desktop.domain.markdown_reader import LineReader
from novita_desktop.domain.markdown_structure import Block
from novita_desktop.domain.visible_text import visible_text

_CONSUMED_LIMIT: Final = 1 << 16


class BlockSplitter:
    """Takes a text as it grows and gives its blocks as they finish."""

    def __init__(self) -> None:
        self._text = ""
        self._position = 0
        self._reader = LineReader()

    def add(self, text: str) -> None:
        """Take more text; `advance` then gives the blocks that it finishes."""
        if not text:
            return
        if self._position > _CONSUMED_LIMIT or self._position == len(self._text):
            self._text = self._text[self._position :]
            self._position = 0
        self._text += text

    def advance(self) -> list[Block] | None:
        """Read one more line and return the blocks it finished, often none.

        None when no whole line is left: what remains may still grow.
        """
        found = lines.next_line(self._text, self._position)
        if found is None:
            return None
        line, self._position, ends = found
        return self._reader.take(visible_text(line), ends=ends)

    def open_blocks(self) -> list[Block]:
        """Return what would follow the finished blocks if the text ended here.

        The beginning of a line that may yet become a mark, such as a closing fence, is held back.
        """
        reader = self._reader.copied()
        rest = self._text[self._position : self._position + lines.ROW_LIMIT].removesuffix("\r")
        blocks: list[Block] = []
        if rest and not self._is_held_back(rest):
            blocks += reader.take(visible_text(rest), ends=False)
        return blocks + reader.close()

    def finish(self) -> list[Block]:
        """Return the blocks that remain when no more text will come; call `advance` out first."""
        rest = self._text[self._position :].removesuffix("\r")
        self._text, self._position = "", 0
        blocks = self._reader.take(visible_text(rest), ends=True) if rest else []
        return blocks + self._reader.close()

    def _is_held_back(self, rest: str) -> bool:
        leaf = self._reader.leaf
        if isinstance(leaf, OpenCode):
            mark = leaf.fence.mark if leaf.fence else ""
            return bool(mark) and lines.may_close_fence(rest.lstrip(" >"), mark)
        return not self._reader.is_inside_line and lines.is_undecided(rest)
