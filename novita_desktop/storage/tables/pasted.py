"""A table that was copied elsewhere: cells between tabs, or a text as a file would hold it."""

from __future__ import annotations

import io
from typing import Final

from novita_desktop.domain.records import record
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import TableRow
from novita_desktop.storage.tables import delimited
from novita_desktop.storage.tables.columns import fitted, is_header, letters_of, unique_names
from novita_desktop.storage.tables.text_lines import lines_of

_ENCODING: Final = "utf-8"


@record(frozen=True, slots=True)
class PastedTable:
    """The columns of a pasted table, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def pasted_table(text: str) -> PastedTable:
    """Return the table in `text`. Raises TableRefused (`empty`)."""
    data = io.BytesIO(text.encode(_ENCODING, "replace"))
    first_line = text.partition("\n")[0]
    # Spreadsheets copy cells with tabs between them, whatever stands in the cells.
    delimiter = "\t" if "\t" in first_line else delimited.delimiter_of(lines_of(data, _ENCODING))
    data.seek(0)
    records = list(delimited.records_of(lines_of(data, _ENCODING), delimiter))
    if not records or not text.strip():
        raise TableRefused("empty")
    head, rest = records[0].cells, [record.cells for record in records[1:]]
    width = max(map(len, (head, *rest)))
    if is_header(head, rest):
        columns = unique_names([*head, *[""] * (width - len(head))])
        records = records[1:]
    else:
        columns = tuple(letters_of(place) for place in range(width))
    rows = (fitted(each, number, width) for number, each in enumerate(records, 1))
    return PastedTable(columns, tuple(rows))
