"""A table in a file: how it is read, what its columns are, and rows that may be broken.

The cells of a table are texts, as a person sees them in the program that wrote the file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from novita_desktop.domain.records import record

MOST_COLUMNS: Final = 16_384
"""As many as the widest spreadsheet has; a file with more is no table that somebody made."""

MOST_ROW_CHARACTERS: Final = 4_194_304
"""A longer row is listed as broken; no model reads so much."""

PREVIEW_ROWS: Final = 20
"""How many rows a shape holds, to be shown before the table is taken."""

ENCODINGS: Final = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1252",
    "iso-8859-1",
    "windows-1250",
    "windows-1251",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-kr",
)
"""In what a text file may be written; the first six are also detected."""

DELIMITERS: Final = (",", ";", "\t", "|")
"""What may stand between two cells of a text file where none is chosen."""


class TableKind(StrEnum):
    """What kind of file a table is in."""

    CSV = "csv"
    """Cells between commas, semicolons, tabs or another character."""
    XLSX = "xlsx"
    ODS = "ods"
    JSONL = "jsonl"
    """A JSON object, or a JSON array, on each line."""


class RowTrouble(StrEnum):
    """Why a row cannot be taken as it is."""

    TOO_MANY_CELLS = "too_many_cells"
    """More cells than there are columns; what is too much is left out."""
    UNDECODABLE = "undecodable"
    """Bytes that mean nothing in the file's encoding; each stands as U+FFFD."""
    NUL_CHARACTERS = "nul_characters"
    """NUL characters, which no text has; they are left out."""
    TOO_LONG = "too_long"
    """More than MOST_ROW_CHARACTERS; only the beginning is there."""
    UNCLOSED_QUOTE = "unclosed_quote"
    """A quote begins in the row and never ends; the next row is the next line."""
    NOT_JSON = "not_json"
    """The line is not JSON."""
    OTHER_JSON = "other_json"
    """The line is JSON, but no object where the others are, or no array."""
    UNKNOWN_KEYS = "unknown_keys"
    """Keys that are no column, because none of the first lines has them."""


@record(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row.

    `line` is the line of a text file where the row begins, from 1; 0 in a spreadsheet. `found` is
    the number of cells of a row that has too many. `detail` names unknown keys, or is the beginning
    of a line that is not the JSON it should be.
    """

    trouble: RowTrouble
    line: int = 0
    found: int = 0
    detail: str = ""


@record(frozen=True, slots=True)
class TableRow:
    """A row of data: its number from 1, and as many cells as there are columns.

    A row with a `problem` is listed and counted like any other; its cells are what could be read.
    """

    number: int
    cells: tuple[str, ...]
    problem: RowProblem | None = None


@record(frozen=True, slots=True)
class TableChoice:
    """How a file is to be read; None is found out, or means nothing for this kind of file.

    `encoding` is one of ENCODINGS; `delimiter` is any one character but a quote or a line end.
    `has_header` says that the first row, or the keys of JSON objects, name the columns.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    has_header: bool | None = None


@record(frozen=True, slots=True)
class TableShape:
    """What a file holds, without its rows.

    `choice` says how the file is read, with everything that was found out. `columns` are never
    empty and differ in more than capitals. `keys` are the keys of JSON objects, one for each
    column. `first_rows` are at most PREVIEW_ROWS. `modified_at` is in unix microseconds.
    """

    kind: TableKind
    choice: TableChoice
    columns: tuple[str, ...]
    first_rows: tuple[TableRow, ...]
    sheets: tuple[str, ...]
    size_bytes: int
    modified_at: int
    keys: tuple[str, ...] = ()
