"""Writes tables to files that a person chose, row by row, whole or not at all.

Everything here waits for the disk. Whatever its size, a table takes the memory of a few rows.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final, Protocol

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.streamed_file import StreamedFile
from novita_desktop.storage.tables.formula_guard import harmless_unless_number
from novita_desktop.storage.tables.workbook_writing import WorkbookWriter

Cell = str | int | Decimal | None
"""A cell to be written; None is an empty one."""


class TableWriter(Protocol):
    """Takes the rows of a table in order."""

    shortened: int
    """How many cells held more than the kind of file can, and were cut."""

    def write(self, cells: Sequence[Cell]) -> None:
        """Add a row: at most as many cells as there are columns.

        Raises DiskFull, FolderNotWritable or another StorageError; TableRefused (`too_many_rows`).
        """

    def finish(self) -> None:
        """Add what has to stand at the end. Raises what `write` does."""

    def close(self) -> None:
        """Let go of the file, finished or not."""


@contextmanager
def open_writer(path: Path, columns: Sequence[str]) -> Iterator[TableWriter]:
    """Give a writer for the block, after which the file takes the place of the one at `path`.

    The suffix says what is written: `.csv` (UTF-8 with a byte order mark, commas, CRLF), `.xlsx`
    or `.jsonl` (an object a line; `columns` are its keys, and have to differ). When the block or
    the disk fails, the old file stays and nothing else is left. Raises StorageError and its kinds;
    TableRefused (`unknown_format`, `too_many_columns`).
    """
    make = _WRITERS.get(path.suffix.casefold())
    if make is None:
        raise TableRefused("unknown_format", path=str(path), given=path.suffix)
    with StreamedFile(path) as file:
        with closing(make(path, file, columns)) as writer:
            yield writer
            writer.finish()
        file.keep()


class _CsvWriter:
    """Writes cells between commas, as spreadsheets expect them."""

    def __init__(self, _path: Path, file: StreamedFile, columns: Sequence[str]) -> None:
        self.shortened = 0
        self._file = file
        # Without a byte order mark, spreadsheets on Windows take UTF-8 for something else.
        self._file.write("\ufeff")
        self.write(columns)

    def write(self, cells: Sequence[Cell]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(map(_csv_cell, cells))
        self._file.write(line.getvalue())

    def finish(self) -> None:
        """There is nothing to add."""

    def close(self) -> None:
        """There is nothing to let go of."""


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless_unless_number(cell.replace("\0", ""))
        case Decimal():
            return format(cell, "f")
        case _:
            return str(cell)


class _JsonLinesWriter:
    """Writes each row as a JSON object, with the columns as keys."""

    def __init__(self, _path: Path, file: StreamedFile, columns: Sequence[str]) -> None:
        if len(set(columns)) < len(columns):
            raise ValueError("the keys of an object differ")
        self.shortened = 0
        self._file = file
        self._keys = [json.dumps(column, ensure_ascii=False) for column in columns]

    def write(self, cells: Sequence[Cell]) -> None:
        padded = [*cells, *[None] * (len(self._keys) - len(cells))]
        pairs = zip(self._keys, map(_json_value, padded), strict=True)
        self._file.write("{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}\n")

    def finish(self) -> None:
        """There is nothing to add."""

    def close(self) -> None:
        """There is nothing to let go of."""


def _json_value(cell: Cell) -> str:
    match cell:
        case None:
            return "null"
        case str():
            return json.dumps(cell.replace("\0", ""), ensure_ascii=False)
        case Decimal():
            return format(cell, "f") if cell.is_finite() else "null"
        case _:
            return str(cell)


_WRITERS: Final[dict[str, Callable[[Path, StreamedFile, Sequence[str]], TableWriter]]] = {
    ".csv": _CsvWriter,
    ".jsonl": _JsonLinesWriter,
    ".xlsx": WorkbookWriter,
}
