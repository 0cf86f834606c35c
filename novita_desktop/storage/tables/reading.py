"""Reads tables from files, row by row: what a file holds, and then its rows.

Both functions wait for the disk. Whatever its size, a table takes the memory of a few rows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import (
    MOST_COLUMNS,
    PREVIEW_ROWS,
    TableChoice,
    TableKind,
    TableRow,
    TableShape,
)
from novita_desktop.storage.tables import delimited, json_lines
from novita_desktop.storage.tables.columns import fitted, is_header, letters_of, unique_names
from novita_desktop.storage.tables.document_reading import Document, is_document
from novita_desktop.storage.tables.given_table import GivenTable, given_table
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.text_lines import encoding_of, lines_of
from novita_desktop.storage.tables.workbook_reading import Workbook, is_workbook
from novita_desktop.storage.tables.zipped_xml import archive_of

_SAMPLE_RECORDS: Final = 100
_JSON_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
_SPREADSHEETS: Final = frozenset({TableKind.XLSX, TableKind.ODS})
_ZIP_START: Final = b"PK\x03\x04"
_OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the workbooks of Excel until 2003 begin, and those that have a password."""


def examine(path: Path, choice: TableChoice | None = None) -> TableShape:
    """Return what the file at `path` holds, reading only its beginning where that tells enough.

    What `choice` leaves open is found out. Raises TableRefused.
    """
    with given_table(path) as given:
        kind = _kind_of(given)
        chosen, sheets, keys = _completed(given, kind, choice or TableChoice())
        records = _records(given, kind, chosen, keys)
        sample = list(islice(records, _SAMPLE_RECORDS))
        if not sample and not keys:
            raise TableRefused("empty")
        plain = [record.cells for record in sample if record.trouble is None]
        if keys:
            chosen = replace(chosen, has_header=True)
            columns = unique_names(keys)
        else:
            head = sample[0].cells
            if chosen.has_header is None:
                names = is_header(head, (record.cells for record in sample[1:]))
                chosen = replace(chosen, has_header=names)
            columns = _columns(kind, [head, *plain], has_header=bool(chosen.has_header))
        if len(columns) > MOST_COLUMNS:
            raise TableRefused("too_many_columns", limit=MOST_COLUMNS)
        data = sample[1:] if chosen.has_header and not keys else sample
        first_rows = tuple(
            fitted(record, number, len(columns))
            for number, record in enumerate(data[:PREVIEW_ROWS], 1)
        )
        return TableShape(
            kind, chosen, columns, first_rows, sheets, given.size_bytes, given.modified_at, keys
        )


def rows(path: Path, shape: TableShape) -> Iterator[TableRow]:
    """Yield every row of data of the file at `path`, read as `shape` says.

    A row without anything in it is none: programs leave many such behind a table. Raises
    TableRefused, possibly after many rows: where a file is damaged is found when it is reached.
    """
    with given_table(path) as given:
        records = _records(given, shape.kind, shape.choice, shape.keys)
        if shape.choice.has_header and not shape.keys:
            deque(islice(records, 1), maxlen=0)
        width = len(shape.columns)
        for number, record in enumerate(records, 1):
            yield fitted(record, number, width)


def _kind_of(given: GivenTable) -> TableKind:
    """Return what kind of file it is: by its first bytes, then by its name."""
    start = given.file.read(8)
    if start.startswith(_OLE_START):
        raise TableRefused("old_workbook")
    if start.startswith(_ZIP_START):
        archive = archive_of(given.file, given.size_bytes)
        if is_workbook(archive):
            return TableKind.XLSX
        if is_document(archive):
            return TableKind.ODS
        raise TableRefused("not_a_table")
    if not start:
        raise TableRefused("empty")
    if given.path.suffix.casefold() in _JSON_SUFFIXES:
        return TableKind.JSONL
    return TableKind.CSV


def _completed(
    given: GivenTable, kind: TableKind, choice: TableChoice
) -> tuple[TableChoice, tuple[str, ...], tuple[str, ...]]:
    """Return the choice with everything that can be found out, the sheets, and JSON's keys."""
    if kind in _SPREADSHEETS:
        sheets = _spreadsheet(given, kind).sheets
        if not sheets:
            raise TableRefused("empty")
        sheet = choice.sheet if choice.sheet is not None else sheets[0]
        return TableChoice(sheet=sheet, has_header=choice.has_header), sheets, ()
    encoding = choice.encoding or encoding_of(given.file)
    if kind is TableKind.JSONL:
        keys = json_lines.keys_of(lines_of(given.file, encoding))
        return TableChoice(encoding, has_header=choice.has_header), (), keys
    delimiter = choice.delimiter or delimited.delimiter_of(lines_of(given.file, encoding))
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise TableRefused("bad_choice", given=delimiter)
    return TableChoice(encoding, delimiter, has_header=choice.has_header), (), ()


def _spreadsheet(given: GivenTable, kind: TableKind) -> Workbook | Document:
    archive = archive_of(given.file, given.size_bytes)
    return Workbook(archive) if kind is TableKind.XLSX else Document(archive)


def _records(
    given: GivenTable, kind: TableKind, choice: TableChoice, keys: Sequence[str]
) -> Iterator[TableRecord]:
    """Yield the records in which there is anything, or something wrong."""
    every = _every_record(given, kind, choice, keys)
    return (record for record in every if record.trouble or any(record.cells))


def _every_record(
    given: GivenTable, kind: TableKind, choice: TableChoice, keys: Sequence[str]
) -> Iterator[TableRecord]:
    if kind in _SPREADSHEETS:
        return _spreadsheet(given, kind).records(choice.sheet or "")
    lines = lines_of(given.file, choice.encoding or "utf-8")
    if kind is TableKind.JSONL:
        return json_lines.records_of(lines, keys)
    return delimited.records_of(lines, choice.delimiter or ",")


def _columns(
    kind: TableKind, plain: Sequence[Sequence[str]], *, has_header: bool
) -> tuple[str, ...]:
    """Return the names of the columns, from the first row or by their letters."""
    widest = max(map(len, plain))
    if not has_header:
        return tuple(letters_of(place) for place in range(widest))
    header = list(plain[0])
    if kind in _SPREADSHEETS:
        header += [""] * (widest - len(header))
    return unique_names(header)
