"""A table that was copied from a spreadsheet or a text file, as values for a prompt's variables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

MOST_CHARACTERS = 2_000_000
"""More than this is no table that somebody copied by hand."""


def rows_of(text: str, names: Sequence[str], most: int) -> tuple[dict[str, str], ...]:
    """Return the table's rows as values by variable name, at most `most`.

    Spreadsheets copy cells with tabs between them; without any, commas or semicolons part them.
    A first row that names variables says which column is which; else they go by their order. Rows
    without any value are left out, and so are columns that no variable wants.
    """
    lines = io.StringIO(text[:MOST_CHARACTERS], newline="")  # a quoted cell may have several lines
    table = [row for row in csv.reader(lines, _dialect(text)) if row]
    if not table:
        return ()
    head = [cell.strip() for cell in table[0]]
    known = {name.casefold(): name for name in names}
    if any(cell.casefold() in known for cell in head):
        order = [known.get(cell.casefold(), "") for cell in head]
        table = table[1:]
    else:
        order = list(names)
    found = ({n: v for n, v in zip(order, row, strict=False) if n} for row in table)
    return tuple(row for row in found if any(value.strip() for value in row.values()))[:most]


class _Tabs(csv.excel_tab):
    """Cells between tabs, quoted as spreadsheets do."""


class _Commas(csv.excel):
    """Cells between commas."""


class _Semicolons(csv.excel):
    """Cells between semicolons, as spreadsheets write where a comma parts decimals."""

    delimiter = ";"


def _dialect(text: str) -> type[csv.Dialect]:
    head = text.partition("\n")[0]
    if "\t" in text:
        return _Tabs
    return _Semicolons if head.count(";") > head.count(",") else _Commas
