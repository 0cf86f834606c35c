"""Tables in text files (CSV, TSV): which encoding, which delimiter, which rows, and what is broken.

Everything is guessed from the bytes, and everything guessed can be said instead.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.domain.records import record

ENCODINGS: Final = (
    "utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254",
    "cp932", "gb18030", "big5", "cp949",
)  # fmt: skip
"""Encodings that can be chosen, by Python's names."""

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_BYTES: Final = 16_000_000
MOST_BROKEN_LISTED: Final = 100
MOST_OPEN_QUOTES: Final = 20
"""After so many quotation marks that are never closed, the rest is read as it stands."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the own formats of spreadsheet programs begin: a ZIP archive, an OLE file."""

_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""The line with which a spreadsheet program is told the delimiter."""

_SAMPLE_BYTES: Final = 4_096
_SAMPLE_LINES: Final = 50
_LONGEST_HEAD_CELL: Final = 60


class InputsFileRefused(NovitaDesktopError):
    """A file is no table that can be read.

    `problem` is one of `unreadable`, `not_a_file`, `too_large`, `empty`, `not_text` or
    `spreadsheet`; `limit` is the limit in bytes that it breaks.
    """

    code = "inputs_file_refused"

    def __init__(self, problem: str, *, limit: int = 0, file_name: str = "") -> None:
        super().__init__(f"{problem} {file_name}".strip())
        self.problem = problem
        self.limit = limit
        self.file_name = file_name


@record(frozen=True, slots=True)
class TableOptions:
    """What a person says of a file; what is empty or None is found out."""

    encoding: str = ""
    delimiter: str = ""
    has_head: bool | None = None


@record(frozen=True, slots=True)
class BrokenRow:
    """A row that is left out. `line` is the file's line that it begins on, from 1.

    `problem` is `too_many_cells` (`given` of `wanted`), `open_quote` or `too_long`.
    """

    line: int
    problem: str
    given: int = 0
    wanted: int = 0


@record(frozen=True, slots=True)
class TableFile:
    """A table as it was read, with what was found out about it.

    `head` names the columns, "" where nothing does. `rows` has the first rows, each as wide as
    the head, `row_count` how many there are in all; `broken` the first that were left out.
    """

    encoding: str
    delimiter: str
    has_head: bool
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    broken: tuple[BrokenRow, ...] = ()
    broken_count: int = 0


def read_table(
    data: bytes,
    names: Sequence[str],
    options: TableOptions | None = None,
    *,
    most: int,
    local_encoding: str = "",
) -> TableFile:
    """Return the table that `data` holds, with up to `most` rows. Raises InputsFileRefused.

    `names` are what the head is likely to say. `local_encoding` is what the system's older
    programs write.
    """
    wanted = options or TableOptions()
    encoding = wanted.encoding or guessed_encoding(data, local_encoding)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if not text.strip():
        raise InputsFileRefused("empty")
    if "\0" in text:
        raise InputsFileRefused("not_text")
    separator = _SEPARATOR_LINE.match(text)
    start = separator.end() if separator else 0
    delimiter = wanted.delimiter or (separator.group(1) if separator else "")
    lines = list(io.StringIO(text[start:], newline=""))
    delimiter = delimiter or guessed_delimiter(lines)
    reading = _Reading(delimiter, lines, first_line=2 if start else 1)
    table = _taken(reading, names, most, has_head=wanted.has_head)
    return replace(table, encoding=encoding, delimiter=delimiter)


def guessed_encoding(data: bytes, local_encoding: str = "") -> str:
    """Return the encoding that `data` is in most likely. Raises InputsFileRefused for what is no text."""
    if data.startswith(_SPREADSHEETS):
        raise InputsFileRefused("spreadsheet")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE_BYTES]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if max(zeros) > len(sample) // 5:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    for encoding in ("utf-8", local_encoding):
        try:
            data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
        return codecs.lookup(encoding).name
    return "cp1252"


def guessed_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter by which the first lines make the most even table."""
    sample = [*lines[:_SAMPLE_LINES]]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def guessed_columns(names: Sequence[str], head: Sequence[str]) -> dict[str, int | None]:
    """Return the column of each name: by the head's words, else by order where the head has none."""
    plain = [_plain(cell) for cell in head]
    found: dict[str, int | None] = {}
    for name in names:
        wanted = _plain(name)
        exact = (i for i, cell in enumerate(plain) if cell == wanted)
        near = (i for i, cell in enumerate(plain) if cell and (wanted in cell or cell in wanted))
        found[name] = next(exact, next(near, None))
    if all(place is None for place in found.values()):
        # Nothing fits: most likely the columns stand in the order of the variables.
        return {name: i if i < len(head) else None for i, name in enumerate(names)}
    return found


def values_of(table: TableFile, columns: Mapping[str, int | None]) -> tuple[dict[str, str], ...]:
    """Return the table's rows as values by name; a row without any value is left out."""
    places = {name: place for name, place in columns.items() if place is not None}
    found = ({name: row[place] for name, place in places.items()} for row in table.rows)
    return tuple(values for values in found if any(text.strip() for text in values.values()))


class _Reading:
    """Goes through the rows of a text once; `broken` has what was left out."""

    def __init__(self, delimiter: str, lines: Sequence[str], first_line: int) -> None:
        self._delimiter = delimiter
        self._lines = lines
        self._first_line = first_line
        self.broken: list[BrokenRow] = []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty, with the file's line that it begins on."""
        start, open_quotes = 0, 0
        while start < len(self._lines):
            reader = csv.reader(
                iter(self._lines[start:]),
                delimiter=self._delimiter,
                quoting=csv.QUOTE_NONE if open_quotes > MOST_OPEN_QUOTES else csv.QUOTE_MINIMAL,
            )
            begins, is_open = start, False
            while not is_open:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    self.broken.append(BrokenRow(begins + self._first_line, "too_long"))
                    begins = start + reader.line_num
                    continue
                ends = start + reader.line_num
                is_open = ends == len(self._lines) and self._is_open(begins, ends, open_quotes)
                if not is_open and any(row):
                    yield begins + self._first_line, row
                if not is_open:
                    begins = ends
            open_quotes += 1
            self.broken.append(BrokenRow(begins + self._first_line, "open_quote"))
            start = begins + 1

    def _is_open(self, begins: int, ends: int, open_quotes: int) -> bool:
        """Whether the last row ends inside a cell whose quotation mark is never closed."""
        if open_quotes > MOST_OPEN_QUOTES:
            return False
        strict = csv.reader(iter(self._lines[begins:ends]), delimiter=self._delimiter, strict=True)
        try:
            for _ in strict:
                pass
        except csv.Error as error:
            return "end of data" in str(error)
        return False


def _taken(
    reading: _Reading, names: Sequence[str], most: int, *, has_head: bool | None
) -> TableFile:
    """Return the table that `reading` comes to. Raises InputsFileRefused when there is no row."""
    rows = reading.rows()
    first = next(rows, None)
    if first is None:
        raise InputsFileRefused("empty")
    second = next(rows, None)
    cells = tuple(cell.strip() for cell in first[1])
    if has_head is None:
        has_head = second is not None and _is_head(cells, names)
    width = len(cells)
    head = cells if has_head else ("",) * width
    kept: list[tuple[str, ...]] = []
    count = 0
    for line, row in _chained(
        [] if has_head else [first], [] if second is None else [second], rows
    ):
        if len(row) > width and any(row[width:]):
            reading.broken.append(BrokenRow(line, "too_many_cells", len(row), width))
            continue
        count += 1
        if len(kept) < most:
            kept.append((*row[:width], *("",) * (width - len(row))))
    broken = sorted(reading.broken, key=lambda each: each.line)
    return TableFile(
        encoding="",
        delimiter="",
        has_head=has_head,
        head=head,
        rows=tuple(kept),
        row_count=count,
        broken=tuple(broken[:MOST_BROKEN_LISTED]),
        broken_count=len(broken),
    )


def _chained(
    *parts: Sequence[tuple[int, list[str]]] | Iterator[tuple[int, list[str]]],
) -> Iterator[tuple[int, list[str]]]:
    for part in parts:
        yield from part


def _is_head(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a first row names the columns: it has a wanted name, or looks like names."""
    wanted = {_plain(name) for name in names}
    if any(_plain(cell) in wanted for cell in cells):
        return True
    are_short = all(0 < len(cell) <= _LONGEST_HEAD_CELL for cell in cells)
    are_words = not any(re.fullmatch(r"[\d.,:/\s%$€£-]+", cell) for cell in cells)
    return len(cells) > 1 and are_short and are_words and len(set(cells)) == len(cells)


def _plain(text: str) -> str:
    """Return a name as it is compared: without capitals, spaces and signs."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Return which share of the rows has the most common width, and that width; 0 for one column."""
    try:
        widths = [len(row) for row in csv.reader(iter(lines), delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    (width, count), *_ = Counter(widths).most_common(1) or [(0, 0)]
    return (count / len(widths), width) if width > 1 else (0.0, 0)
