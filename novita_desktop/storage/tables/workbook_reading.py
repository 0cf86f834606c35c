"""Reads the sheets of a workbook of Excel and others, row by row.

Which part is what follows from Office Open XML (ECMA-376 part 1, sections 12 and 18). The readers
that Python has for such files take a whole sheet into memory, and one of them ends the process for
a sheet with a cell in its first and its last place; so the rows are read here.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS, MOST_ROW_CHARACTERS, RowTrouble
from novita_desktop.storage.tables.number_formats import NumberKind, kind_of_format, shown_as
from novita_desktop.storage.tables.shared_texts import SharedTexts
from novita_desktop.storage.tables.table_records import TableRecord
from novita_desktop.storage.tables.workbook_text import shown_number, unescaped
from novita_desktop.storage.tables.zipped_xml import read_part, read_small_part

_HEAD_CHARACTERS: Final = 1_000
"""How much is kept of the cell that makes a row too long."""

_MAIN_PART: Final = "xl/workbook.xml"


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive is a workbook of this kind."""
    return "[Content_Types].xml" in archive.namelist() and _main_part(archive) is not None


def _main_part(archive: zipfile.ZipFile) -> str | None:
    """Return the part that lists the sheets."""
    names = set(archive.namelist())
    targets = _targets(archive, "")
    found = (part for kind, part in targets.values() if kind == "officeDocument")
    part = next(found, _MAIN_PART)
    return part if part in names and part.startswith("xl/") and part.endswith(".xml") else None


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to, by its id there: of which kind, and which part of the archive.

    What is outside of the archive is left out.
    """
    folder, name = posixpath.split(part)
    relations = _Relations(folder)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing in archive.namelist():
        read_small_part(archive, listing, relations)
    return relations.targets


class Workbook:
    """The sheets that a person sees in a workbook; the first is in view where none is chosen.

    Raises TableRefused, and what `read_part` does.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        main = _main_part(archive)
        if main is None:
            raise TableRefused("damaged")
        listed = _SheetList()
        read_small_part(archive, main, listed)
        self._counts_from_1904 = listed.counts_from_1904
        targets = _targets(archive, main)
        self._parts = {
            name: targets[key][1]
            for name, key, _is_visible in listed.sheets
            if targets.get(key, ("", ""))[0] == "worksheet"
        }
        visible = [name for name, _key, is_visible in listed.sheets if is_visible]
        self.sheets = tuple(name for name in visible if name in self._parts) or tuple(self._parts)
        by_kind = dict(targets.values())
        self._texts_part = by_kind.get("sharedStrings")
        self._styles_part = by_kind.get("styles")

    def records(self, sheet: str) -> Iterator[TableRecord]:
        """Yield the rows of a sheet that are not empty.

        Raises TableRefused (`no_such_sheet`), and what `read_part` does.
        """
        if sheet not in self._parts:
            raise TableRefused("no_such_sheet", given=sheet)
        styles = _Styles()
        if self._styles_part in self._archive.namelist():
            read_small_part(self._archive, str(self._styles_part), styles)
        has_texts = self._texts_part in self._archive.namelist()
        with SharedTexts(self._archive, self._texts_part if has_texts else None) as texts:
            values = _CellValues(texts, styles.kinds, counts_from_1904=self._counts_from_1904)
            rows = _SheetRows(values.shown)
            for _step in read_part(self._archive, self._parts[sheet], rows):
                yield from rows.taken()


class _Relations:
    """Takes the elements of a list of relations; `targets` is what it says."""

    def __init__(self, folder: str) -> None:
        self.targets: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = posixpath.basename(attributes.get("Type", ""))
            target = posixpath.join("/", self._folder, attributes.get("Target", ""))
            part = posixpath.normpath(target).lstrip("/")
            self.targets[attributes.get("Id", "")] = (kind, part)

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """There is no text that matters."""


class _SheetList:
    """Takes the elements of a workbook's main part: its sheets, and how it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            keys = (attributes[each] for each in attributes if each.endswith(":id"))
            is_visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes.get("name", ""), next(keys, ""), is_visible))
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in {"1", "true"}

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, text: str) -> None:
        """There is no text that matters."""


class _Styles:
    """Takes the elements of the styles; `kinds` is what each makes of numbers."""

    def __init__(self) -> None:
        self.kinds: list[NumberKind] = []
        self._codes: dict[str, str] = {}
        self._is_in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_in_cells = True
        elif name == "xf" and self._is_in_cells:
            number = attributes.get("numFmtId", "0")
            code = self._codes.get(number)
            known = int(number) if number.isdecimal() and len(number) < 10 else 0
            self.kinds.append(kind_of_format(known, code))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_cells = False

    def text(self, text: str) -> None:
        """There is no text that matters."""


class _CellValues:
    """Turns what is written in a cell into what a person sees."""

    def __init__(
        self, texts: SharedTexts, kinds: list[NumberKind], *, counts_from_1904: bool
    ) -> None:
        self._texts = texts
        self._kinds = {str(style): kind for style, kind in enumerate(kinds)}
        self._counts_from_1904 = counts_from_1904

    def shown(self, written: str, kind: str, style: str) -> str:
        """Return the text of a cell of a kind (section 18.18.11) with the style of a number."""
        match kind:
            case "n":
                known = self._kinds.get(style, NumberKind.NUMBER)
                if known is NumberKind.NUMBER:
                    return shown_number(written)
                return shown_as(written, known, counts_from_1904=self._counts_from_1904)
            case "s":
                number = written.strip()
                return self._texts.text(int(number) if number.isdecimal() else -1)
            case "b":
                return "TRUE" if written.strip() in {"1", "true"} else "FALSE"
            case _:
                return unescaped(written)


class _SheetRows:
    """Takes the elements of a sheet, and gives its rows."""

    def __init__(self, shown: Callable[[str, str, str], str]) -> None:
        self._shown = shown
        self._rows: list[TableRecord] = []
        self._places: dict[str, int] = {}
        self._cells: list[str] | None = None
        self._place = -1
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._takes_text = False
        self._sounds = 0
        self._size = 0

    def taken(self) -> list[TableRecord]:
        """Return the rows that have ended since this was last asked."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            self._place = self._place + 1 if reference is None else self._place_of(reference)
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._parts = []
        elif name in {"v", "t"}:
            self._takes_text = self._sounds == 0
        elif name == "row":
            self._cells, self._place, self._size = [], -1, 0
        elif name == "rPh":
            self._sounds += 1

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._takes_text = False
        elif name == "c":
            self._add_cell()
        elif name == "row":
            if self._cells and any(self._cells):
                is_long = self._size > MOST_ROW_CHARACTERS
                trouble = RowTrouble.TOO_LONG if is_long else None
                self._rows.append(TableRecord(0, self._cells, trouble))
            self._cells = None
        elif name == "rPh":
            self._sounds -= 1

    def text(self, text: str) -> None:
        if self._takes_text and self._size <= MOST_ROW_CHARACTERS:
            self._parts.append(text)
            self._size += len(text)

    def _add_cell(self) -> None:
        cells, place = self._cells, self._place
        if not self._parts or cells is None or not 0 <= place < MOST_COLUMNS:
            return
        shown = self._shown("".join(self._parts), self._kind, self._style)
        if self._kind == "s":
            self._size += len(shown)
            if self._size > MOST_ROW_CHARACTERS:
                shown = shown[:_HEAD_CHARACTERS]
        if place >= len(cells):
            cells.extend([""] * (place - len(cells)))
            cells.append(shown)
        else:
            cells[place] = shown

    def _place_of(self, reference: str) -> int:
        """Return the place of a column from 0, by a reference such as `AB12`."""
        letters = reference.rstrip("0123456789")
        place = self._places.get(letters)
        if place is None:
            place = -1
            for letter in letters.upper()[:4]:
                place = (place + 1) * 26 + ord(letter) - ord("A")
            if len(letters) <= 3:
                self._places[letters] = place
        return place
