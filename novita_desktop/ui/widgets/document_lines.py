"""Turns finished and open Markdown blocks into the lines that a text document shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from enum import IntEnum

from novita_desktop.domain.markdown_inline import Span, parse_inline
from novita_desktop.domain.markdown_structure import (
    Block,
    CodeEnd,
    CodeLine,
    Heading,
    Paragraph,
    Place,
    Rule,
    TablePart,
)
from novita_desktop.domain.records import record

ReadInline = Callable[[str], tuple[Span, ...]]
"""Turns a text into what it looks like."""


class Look(IntEnum):
    """What a line of the document is; kept in its format, so that it can be restyled."""

    TEXT = 1
    HEADING = 2
    CODE = 3
    CODE_BEGINNING = 4
    RULE = 5
    TABLE_SOURCE = 6
    CELL = 7
    HEADER_CELL = 8
    SPACER = 9

    @property
    def is_code(self) -> bool:
        """Whether the line stands in a block of code."""
        return self in (Look.CODE, Look.CODE_BEGINNING)


class Token(IntEnum):
    """What a word of code is, as far as it gets a colour of its own."""

    PLAIN = 0
    COMMENT = 1
    KEYWORD = 2
    STRING = 3
    NUMBER = 4
    NAME = 5


@record(frozen=True, slots=True)
class Line:
    """One line of the document, wrapped where it is too long.

    `level` is a heading's. `language` is that of code, in a table's cell the side it is aligned
    to. `continued` means that the line goes on
    with what stands above it, at no distance, `mirrored` that it runs from right to left.
    """

    look: Look
    place: Place
    spans: tuple[Span, ...]
    level: int = 0
    language: str = ""
    continued: bool = False
    mirrored: bool = False

    @property
    def frame(self) -> tuple[object, ...]:
        """All but the text: lines with the same frame have the same format."""
        return (
            self.look,
            self.place,
            self.level,
            self.language,
            self.continued,
            self.mirrored,
        )


def line_of(block: Block, read: ReadInline = parse_inline) -> Line | TablePart | CodeEnd:
    """Return the line that shows `block`, whose text `read` turns into spans."""
    match block:
        case Paragraph(place, text, continued):
            spans = read(text)
            if place.marker:
                spans = (Span(f"{place.marker}\t"), *spans)
            mirrored = runs_from_right(text)
            return Line(Look.TEXT, place, spans, continued=continued, mirrored=mirrored)
        case Heading(place, level, text):
            spans = read(text)
            if place.marker:
                spans = (Span(f"{place.marker}\t"), *spans)
            mirrored = runs_from_right(text)
            return Line(Look.HEADING, place, spans, level=level, mirrored=mirrored)
        case Rule(place):
            return Line(Look.RULE, place, ())
        case CodeLine(place, text, language, first):
            look = Look.CODE_BEGINNING if first else Look.CODE
            return Line(look, place, _plain(text), language=language)
        case TablePart() | CodeEnd():
            return block


def open_lines(blocks: list[Block], read_last: ReadInline) -> list[Line]:
    """Return the lines that show `blocks`, which are still open; a table shows its source.

    `read_last` reads the text of the last one, which may go on.
    """
    shown: list[Line] = []
    for index, block in enumerate(blocks):
        if isinstance(block, TablePart):
            shown += (
                Line(Look.TABLE_SOURCE, block.place, _plain(row), continued=number > 0)
                for number, row in enumerate(block.source)
            )
            continue
        line = line_of(block, read_last if index == len(blocks) - 1 else parse_inline)
        if isinstance(line, Line):
            shown.append(line)
    return shown


def runs_from_right(text: str) -> bool:
    """Say whether `text` runs from right to left, as its first letter does (Unicode UAX 9, P2)."""
    if text.isascii():
        return False
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each in ("R", "AL") for each in directions if each in ("L", "R", "AL")), False)


def _plain(text: str) -> tuple[Span, ...]:
    return (Span(text),) if text else ()
