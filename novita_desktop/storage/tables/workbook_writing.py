"""Writes a table as a workbook of one sheet, row by row, as Excel and others open it.

The parts and their order are those of Office Open XML (ECMA-376 part 1, sections 12 and 18). Texts
are typed as texts, so that none is ever a formula or a link.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS
from novita_desktop.storage.failures import storage_errors
from novita_desktop.storage.streamed_file import StreamedFile
from novita_desktop.storage.tables.columns import letters_of
from novita_desktop.storage.tables.workbook_text import escaped, exact_number, shortened

MOST_ROWS: Final = 1_048_576
"""How many rows a sheet can have, the one with the columns' names included."""

_WRITTEN_AT_ONCE: Final = 262_144
_HEADER_STYLE: Final = ' s="1"'

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}
_SHEET_HEAD: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews>"
    '<cols><col min="1" max="{columns}" width="24" customWidth="1"/></cols><sheetData>'
)
_SHEET_FOOT: Final = "</sheetData></worksheet>"


class WorkbookWriter:
    """Writes rows into the one sheet of a workbook; the first holds the columns' names, in bold.

    A number that a spreadsheet would round becomes a text. A text that is longer than a cell can
    hold is cut and counted in `shortened`.
    """

    def __init__(self, path: Path, file: StreamedFile, columns: Sequence[str]) -> None:
        if not 0 < len(columns) <= MOST_COLUMNS:
            raise TableRefused("too_many_columns", path=str(path), limit=MOST_COLUMNS)
        self.shortened = 0
        self._path = path
        self._letters = [letters_of(place) for place in range(len(columns))]
        self._row = 0
        self._waiting: list[str] = []
        self._size = 0
        with storage_errors(path):
            self._archive = zipfile.ZipFile(file.binary, "w", zipfile.ZIP_DEFLATED)
            for name, text in _PARTS.items():
                self._archive.writestr(name, _XML + text)
            self._sheet = self._archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._add(_SHEET_HEAD.format(columns=len(columns)))
        self._add_row(columns, _HEADER_STYLE)

    def write(self, cells: Sequence[str | int | Decimal | None]) -> None:
        """Add a row. Raises StorageError and its kinds; TableRefused (`too_many_rows`)."""
        if self._row >= MOST_ROWS:
            raise TableRefused("too_many_rows", path=str(self._path), limit=MOST_ROWS - 1)
        self._add_row(cells, "")

    def finish(self) -> None:
        """End the sheet and the workbook. Raises StorageError and its kinds."""
        self._add(_SHEET_FOOT)
        self._flush()
        with storage_errors(self._path):
            self._sheet.close()
            self._archive.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        # What fails now has failed before, and was told.
        with contextlib.suppress(OSError):
            self._sheet.close()
        with contextlib.suppress(OSError):
            self._archive.close()

    def _add_row(self, cells: Sequence[str | int | Decimal | None], style: str) -> None:
        self._row += 1
        row = str(self._row)
        written = "".join(
            self._cell(letters + row, cell, style)
            for letters, cell in zip(self._letters, cells, strict=False)
            if cell is not None and cell != ""
        )
        self._add(f'<row r="{row}">{written}</row>')

    def _cell(self, place: str, cell: str | int | Decimal, style: str) -> str:
        if not isinstance(cell, str):
            if number := exact_number(cell):
                return f'<c r="{place}"{style}><v>{number}</v></c>'
            cell = str(cell)
        text = shortened(cell)
        if text is not cell:
            self.shortened += 1
        return (
            f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t>'
            "</is></c>"
        )

    def _add(self, text: str) -> None:
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= _WRITTEN_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        with storage_errors(self._path):
            self._sheet.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._size = 0
