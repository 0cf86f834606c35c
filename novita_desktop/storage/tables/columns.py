"""Names for a table's columns, and rows that have as many cells as there are columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from novita_desktop.domain.tables import RowProblem, RowTrouble, TableRow
from novita_desktop.storage.tables.table_records import TableRecord

_NAME_CHARACTERS: Final = 200
_VALUE = re.compile(r"[-+]?[$€£¥]?\d[\d.,:/ \-TZ+%]*[%€]?", re.IGNORECASE)
"""What is a number, a date or a time, and so no name of a column."""


def letters_of(place: int) -> str:
    """Return the letters with which spreadsheets name the column at `place`, from 0."""
    letters = ""
    place += 1
    while place:
        place, last = divmod(place - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def unique_names(given: Sequence[str]) -> tuple[str, ...]:
    """Return names on one line that are not empty, not endless, and differ in more than capitals.

    A column without a name is called by its letters; of those with the same name, the later ones
    get a number.
    """
    plain = [" ".join(name.split())[:_NAME_CHARACTERS] for name in given]
    given_keys = {name.casefold() for name in plain}
    used: set[str] = set()
    counts: dict[str, int] = {}
    names = []
    for place, name in enumerate(plain):
        wanted = name or letters_of(place)
        key = wanted.casefold()
        if key in used or (not name and key in given_keys):
            count = counts.get(key, 1) + 1
            while f"{key} {count}" in used or f"{key} {count}" in given_keys:
                count += 1
            counts[key] = count
            wanted = f"{wanted} {count}"
        used.add(wanted.casefold())
        names.append(wanted)
    return tuple(names)


def is_header(first: Sequence[str], rest: Iterable[Sequence[str]]) -> bool:
    """Return whether a first row names the columns, as well as it can be told.

    Names are short, different, and neither numbers nor dates; at least as many cells
    as not have one. A row alone that looks so is taken for names.
    """
    cells = [cell.strip() for cell in first]
    filled = [cell for cell in cells if cell]
    if not filled or len(filled) * 2 < len(cells):
        return False
    if len({cell.casefold() for cell in filled}) < len(filled):
        return False
    if any(len(cell) > _NAME_CHARACTERS or _VALUE.fullmatch(cell) for cell in filled):
        return False
    return all(list(first) != list(row) for row in rest)


def fitted(record: TableRecord, number: int, width: int) -> TableRow:
    """Return the row with this number that a record is in a table of `width` columns.

    Cells that are missing are empty; empty cells beyond the last column are no trouble.
    """
    cells = record.cells
    trouble, found = record.trouble, 0
    if len(cells) > width:
        beyond = max(place for place, cell in enumerate(cells) if cell or place < width) + 1
        if beyond > width and trouble is None:
            trouble, found = RowTrouble.TOO_MANY_CELLS, beyond
        cells = cells[:width]
    elif len(cells) < width:
        cells = [*cells, *[""] * (width - len(cells))]
    problem = RowProblem(trouble, record.line, found, record.detail) if trouble else None
    return TableRow(number, tuple(cells), problem)
