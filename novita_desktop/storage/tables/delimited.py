"""Cells between commas or other characters, as RFC 4180 has them and as programs write them.

Python's own reader has one limit for all readers of a process, and takes the rest of a file into
one cell when a quote is never closed; so the cells are read here.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from novita_desktop.domain.tables import DELIMITERS, MOST_ROW_CHARACTERS, RowTrouble
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.text_lines import TextLine

MOST_ROW_LINES: Final = 50_000
"""How many lines a row may have: in short ones, MOST_ROW_CHARACTERS would fill memory."""

_QUOTE: Final = '"'
_SAMPLE_LINES: Final = 200
_SAMPLE_CHARACTERS: Final = 1_000_000
_SEPARATOR_LINE: Final = "sep="
"""How Excel lets a file say what parts its cells, in a first line of its own."""


def records_of(lines: Iterable[TextLine], delimiter: str) -> Iterator[TableRecord]:
    """Yield the records of a file; blank lines are none.

    A quote that is not closed within MOST_ROW_CHARACTERS and MOST_ROW_LINES, or to the end of the
    file, breaks the line in which it stands, and nothing after it.
    """
    source = iter(lines)
    given_back: deque[TextLine] = deque()
    while line := given_back.popleft() if given_back else next(source, None):
        if line.number == 1 and separator_in(line.text):
            continue
        if line.trouble is RowTrouble.TOO_LONG:
            yield TableRecord(line.number, [line.text], line.trouble)
        elif _QUOTE not in line.text:
            if cells := line.text.rstrip("\r\n"):
                yield TableRecord(line.number, cells.split(delimiter), line.trouble)
        else:
            yield _quoted_record(line, delimiter, source, given_back)


def _quoted_record(
    first: TextLine, delimiter: str, source: Iterator[TextLine], given_back: deque[TextLine]
) -> TableRecord:
    """Return the record that begins with `first`, and take the lines that it goes on with."""
    cells = _QuotedCells(delimiter)
    cells.add(first.text)
    taken: list[TextLine] = []
    size, trouble = len(first.text), first.trouble
    while cells.is_open:
        line = given_back.popleft() if given_back else next(source, None)
        if line is not None:
            taken.append(line)
            size += len(line.text)
            trouble = trouble or line.trouble
        is_endless = size > MOST_ROW_CHARACTERS or len(taken) > MOST_ROW_LINES
        if line is None or is_endless or line.trouble is RowTrouble.TOO_LONG:
            given_back.extendleft(reversed(taken))
            broken = first.text.rstrip("\r\n").split(delimiter)
            return TableRecord(first.number, broken, RowTrouble.UNCLOSED_QUOTE)
        cells.add(line.text)
    return TableRecord(first.number, cells.cells, trouble)


class _QuotedCells:
    """Takes a record's lines one after another; `is_open` while a quote is."""

    def __init__(self, delimiter: str) -> None:
        self.cells: list[str] = []
        self.is_open = False
        self._delimiter = delimiter
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        """Take the next line, with its line end."""
        place = self._quoted(text, 0) if self.is_open else 0
        while not self.is_open:
            if not self._parts and text.startswith(_QUOTE, place):
                self.is_open = True
                place = self._quoted(text, place + 1)
                continue
            end = text.find(self._delimiter, place)
            rest = text[place:end] if end >= 0 else text[place:].rstrip("\r\n")
            self.cells.append("".join(self._parts) + rest)
            self._parts.clear()
            if end < 0:
                return
            place = end + 1

    def _quoted(self, text: str, place: int) -> int:
        """Take what is inside quotes from `place`, and return the place behind them."""
        while (quote := text.find(_QUOTE, place)) >= 0:
            self._parts.append(text[place:quote])
            if not text.startswith(_QUOTE, quote + 1):
                self.is_open = False
                return quote + 1
            self._parts.append(_QUOTE)
            place = quote + 2
        self._parts.append(text[place:])
        return len(text)


def separator_in(line: str) -> str:
    """Return what a first line like `sep=;` says parts the cells; empty for any other line."""
    stated = line.rstrip("\r\n")
    is_one = len(stated) == len(_SEPARATOR_LINE) + 1 and stated.startswith(_SEPARATOR_LINE)
    return stated[-1] if is_one and stated[-1] != _QUOTE else ""


def delimiter_of(lines: Iterable[TextLine]) -> str:
    """Return which of DELIMITERS parts the cells, as well as the first lines tell.

    It is the one that gives most lines as many cells as the first has, and the more cells the
    better; without any, one that the first line does not hold, so that a line is one cell.
    """
    sample = list(_sample(lines))
    head = sample[0].text if sample else ""
    if stated := separator_in(head):
        return stated
    best, most = "", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(record.cells) for record in records_of(sample, delimiter)]
        if score := _agreement(widths):
            best, most = max((best, most), (delimiter, score), key=lambda pair: pair[1])
    return best or next((each for each in DELIMITERS if each not in head), DELIMITERS[0])


def _sample(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    size = 0
    for line in islice(lines, _SAMPLE_LINES):
        size += len(line.text)
        if size > _SAMPLE_CHARACTERS and line.number > 1:
            return
        yield line


def _agreement(widths: Sequence[int]) -> tuple[float, int] | None:
    """Return the share of records as wide as the first, and that width; None for one cell."""
    if not widths or widths[0] < 2:
        return None
    share = Counter(widths)[widths[0]] / len(widths)
    return (share, widths[0]) if share > 0.5 else None
