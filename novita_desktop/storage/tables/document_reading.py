"""Reads the sheets of an OpenDocument spreadsheet, row by row.

Names and attributes are those of OpenDocument 1.3 part 3, sections 3.7, 6.1 and 9.1.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Final

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS, MOST_ROW_CHARACTERS, RowTrouble
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.workbook_text import shown_number
from novita_desktop.storage.tables.zipped_xml import read_part, read_small_part

MOST_REPEATED_ROWS: Final = 1_048_576
"""How many rows may be there only because another row is said to be repeated."""

_HEAD_CHARACTERS: Final = 1_000
"""How much is kept of the cell that makes a row too long."""

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_KIND: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d{1,6})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?"
)


def is_document(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive is a spreadsheet of this kind."""
    names = archive.namelist()
    if _CONTENT not in names or "mimetype" not in names:
        return False
    with archive.open("mimetype") as part:
        return part.read(len(_KIND) + 1).strip().startswith(_KIND)


class Document:
    """The sheets of a spreadsheet. Raises TableRefused, and what `read_part` does."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        if _MANIFEST in archive.namelist():
            manifest = _Manifest()
            read_small_part(archive, _MANIFEST, manifest)
            if manifest.is_encrypted:
                raise TableRefused("protected")
        names = _SheetNames()
        for _step in read_part(archive, _CONTENT, names):
            pass
        self.sheets = tuple(names.names)

    def records(self, sheet: str) -> Iterator[TableRecord]:
        """Yield the rows of a sheet that are not empty.

        Raises TableRefused (`no_such_sheet`, `too_many_rows`), and what `read_part` does.
        """
        if sheet not in self.sheets:
            raise TableRefused("no_such_sheet", given=sheet)
        rows = _SheetRows(sheet)
        for _step in read_part(self._archive, _CONTENT, rows):
            for record, times in rows.taken():
                for _time in range(times):
                    yield record
            if rows.has_ended:
                return


class _Manifest:
    """Takes the elements of the list of parts, and sees whether they need a password."""

    def __init__(self) -> None:
        self.is_encrypted = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.is_encrypted = self.is_encrypted or name == "encryption-data"

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """There is no text that matters."""


class _SheetNames:
    """Takes the elements of the content, and keeps the names of its sheets."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self.names.setdefault(_attribute(attributes, "name"))
                if len(self.names) > MOST_COLUMNS:
                    raise TableRefused("unsafe")

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1

    def text(self, text: str) -> None:
        """There is no text that matters."""


class _SheetRows:
    """Takes the elements of the content, and gives the rows of one sheet."""

    def __init__(self, sheet: str) -> None:
        self.has_ended = False
        self._sheet = sheet
        self._depth = 0
        self._is_here = False
        self._rows: list[tuple[TableRecord, int]] = []
        self._times = 1
        self._repeated = 0
        self._cells: list[str] = []
        self._cell = _Cell({})
        self._beside = 0
        self._size = 0

    def taken(self) -> list[tuple[TableRecord, int]]:
        """Return the rows that have ended since this was last asked, and how often each is there."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1 and not self.has_ended:
                self._is_here = _attribute(attributes, "name") == self._sheet
        elif not self._is_here or self._depth != 1:
            return
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell = _Cell(attributes)
        elif name == "table-row":
            self._cells, self._size = [], 0
            self._times = _count(attributes, "number-rows-repeated")
        elif name in _BESIDE_THE_TEXT:
            self._beside += 1
        elif not self._beside:
            self._cell.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
            if self._depth == 0 and self._is_here:
                self._is_here, self.has_ended = False, True
        elif not self._is_here or self._depth != 1:
            return
        elif name in {"table-cell", "covered-table-cell"}:
            self._add_cell()
        elif name == "table-row":
            self._add_row()
        elif name in _BESIDE_THE_TEXT:
            self._beside -= 1
        elif not self._beside:
            self._cell.end(name)

    def text(self, text: str) -> None:
        if self._is_here and not self._beside and self._depth == 1:
            self._cell.text(text)

    def _add_cell(self) -> None:
        times = min(self._cell.times, MOST_COLUMNS - len(self._cells))
        shown = self._cell.shown()
        was_long = self._size > MOST_ROW_CHARACTERS
        self._size += len(shown) * times
        if self._size > MOST_ROW_CHARACTERS:
            shown, times = "" if was_long else shown[:_HEAD_CHARACTERS], min(times, 1)
        self._cells.extend([shown] * times)
        self._cell = _Cell({})

    def _add_row(self) -> None:
        if not any(self._cells):
            return
        self._repeated += self._times - 1
        if self._repeated > MOST_REPEATED_ROWS:
            raise TableRefused("too_many_rows", limit=MOST_REPEATED_ROWS)
        while not self._cells[-1]:
            self._cells.pop()
        trouble = RowTrouble.TOO_LONG if self._size > MOST_ROW_CHARACTERS else None
        self._rows.append((TableRecord(0, self._cells, trouble), self._times))


_BESIDE_THE_TEXT: Final = frozenset({"annotation", "frame", "custom-shape", "shapes", "g"})
"""Notes, pictures and drawings, which may hold texts that are not the cell's."""


class _Cell:
    """Takes what is in a cell, and says what a person sees of it."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.times = _count(attributes, "number-columns-repeated")
        self._attributes = attributes
        self._parts: list[str] = []
        self._size = 0
        self._paragraphs = 0
        self._is_in_paragraph = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element inside the cell."""
        if name == "p":
            if self._paragraphs:
                self._add("\n")
            self._paragraphs += 1
            self._is_in_paragraph = True
        elif name == "s":
            self._add(" " * min(_count(attributes, "c"), MOST_ROW_CHARACTERS))
        elif name == "tab":
            self._add("\t")
        elif name == "line-break":
            self._add("\n")

    def end(self, name: str) -> None:
        """Take the end of an element inside the cell."""
        if name == "p":
            self._is_in_paragraph = False

    def text(self, text: str) -> None:
        """Take some text; blanks that are more than one are written as elements."""
        if self._is_in_paragraph:
            self._add(_BLANKS.sub(" ", text))

    def _add(self, text: str) -> None:
        # One character more than a row may have tells that there were too many.
        self._parts.append(text[: MOST_ROW_CHARACTERS + 1 - self._size])
        self._size += len(self._parts[-1])

    def shown(self) -> str:
        """Return the cell's text."""
        attributes = self._attributes
        match _attribute(attributes, "value-type"):
            case "float" | "percentage" | "currency":
                return shown_number(_attribute(attributes, "value"))
            case "date":
                return _attribute(attributes, "date-value").removesuffix("T00:00:00")
            case "time":
                return _time(_attribute(attributes, "time-value"))
            case "boolean":
                return _attribute(attributes, "boolean-value").upper()
            case _:
                if not self._paragraphs:
                    return _attribute(attributes, "string-value")
                return "".join(self._parts)


def _attribute(attributes: dict[str, str], name: str) -> str:
    """Return an attribute by its name without the prefix; empty when there is none."""
    # `office:value-type` and `calcext:value-type` say the same of a cell.
    return next((attributes[key] for key in attributes if key.rpartition(":")[2] == name), "")


def _count(attributes: dict[str, str], name: str) -> int:
    """Return how often something is there, 1 where nothing is said."""
    written = _attribute(attributes, name)
    return max(1, int(written)) if written.isdecimal() and len(written) < 10 else 1


def _time(written: str) -> str:
    """Return a duration of ISO 8601 as hours, minutes and seconds."""
    found = _DURATION.fullmatch(written)
    if found is None:
        return written
    days, hours, minutes, seconds = (int(found[place] or 0) for place in range(2, 6))
    return f"{found[1]}{days * 24 + hours:02}:{minutes:02}:{seconds:02}"
