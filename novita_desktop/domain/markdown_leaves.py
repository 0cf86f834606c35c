"""The blocks that may still grow: a paragraph, a table, a block of code."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from novita_desktop.domain.markdown_lines import Fence, cells_of
from novita_desktop.domain.markdown_structure import Place, TablePart
from novita_desktop.domain.records import record

TABLE_ROWS: Final = 12
TABLE_CHARACTERS: Final = 4096
TABLE_COLUMNS: Final = 24

_SENTENCE_END: Final = re.compile(r"[.!?\u2026][\"')\]\u201D\u2019]*\s|[\u3002\uFF01\uFF1F]|\n")
# No column so wide that it takes all the room, nor so narrow that its usual words break.
_WIDEST_CELL: Final = 48
_WIDEST_WORD: Final = 16
_CELL_PADDING: Final = 3


@record(frozen=True, slots=True)
class OpenText:
    """A paragraph that may go on; `continued` when parts of it are finished already."""

    text: str
    apart: bool
    continued: bool = False


@record(frozen=True, slots=True)
class OpenCode:
    """A block of code, without `fence` an indented one; `is_empty` until its first line."""

    fence: Fence | None
    apart: bool
    is_empty: bool = True
    held_blanks: int = 0

    @property
    def language(self) -> str:
        """The language as written after the fence."""
        return self.fence.info.split(maxsplit=1)[0] if self.fence and self.fence.info else ""


@record(frozen=True, slots=True)
class OpenTable:
    """A table that may get more rows; `widths` are known once a part of it is finished."""

    header: tuple[str, ...]
    alignments: tuple[str, ...]
    source: tuple[str, ...]
    apart: bool
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether its rows are as many or as long as one part may have."""
        size = sum(map(len, self.source))
        return len(self.rows) >= TABLE_ROWS or size > TABLE_CHARACTERS

    def with_row(self, line: str) -> OpenTable:
        """Return the table with one more row, filled up to or joined into its columns."""
        columns = len(self.alignments)
        cells = cells_of(line)
        if len(cells) > columns:
            cells = (*cells[: columns - 1], " | ".join(cells[columns - 1 :]))
        row = cells + ("",) * (columns - len(cells))
        return replace(self, rows=(*self.rows, row), source=(*self.source, line))

    def part(self, place: Place) -> TablePart:
        """Return what is there as a finished part."""
        return TablePart(
            place=place,
            header=() if self.widths else self.header,
            alignments=self.alignments,
            rows=self.rows,
            widths=self.widths or self._shares(),
            source=self.source,
            continued=bool(self.widths),
        )

    def emptied(self) -> OpenTable:
        """Return the table that takes the rows after a finished part."""
        return replace(self, rows=(), source=(), widths=self.widths or self._shares(), apart=False)

    def _shares(self) -> tuple[int, ...]:
        columns = list(zip(self.header, *self.rows, strict=True))
        room = [_room_for(cells) for cells in columns]
        return tuple(max(1, 100 * width // sum(room)) for width in room)


def _room_for(cells: tuple[str, ...]) -> int:
    """Return how wide a column with `cells` should be, in characters."""
    longest = min(_WIDEST_CELL, max(map(len, cells)))
    words = (len(word) for cell in cells for word in cell.split())
    return max(longest, min(_WIDEST_WORD, max(words, default=1))) + _CELL_PADDING


def begins_table(header: str, alignments: tuple[str, ...]) -> bool:
    """Say whether `header` and the `alignments` below it are the beginning of a table."""
    return (
        len(alignments) <= TABLE_COLUMNS
        and "|" in header
        and len(cells_of(header)) == len(alignments)
    )


def sentence_end(text: str, limit: int) -> int:
    """Return where to part `text` before `limit`: after a sentence, or a word, or right there."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, limit // 4, limit)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", limit // 4, limit)
    return space + 1 if space >= 0 else limit
