"""What every kind of file gives for a row, before it is fitted to the table's columns."""

from __future__ import annotations

from typing import NamedTuple

from novita_desktop.domain.tables import RowTrouble


class TableRecord(NamedTuple):
    """The cells of one row as they stand in the file.

    `line` is where it begins in a text file, from 1; 0 in a spreadsheet.
    """

    line: int
    cells: list[str]
    trouble: RowTrouble | None = None
    detail: str = ""
