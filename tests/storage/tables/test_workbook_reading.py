"""Workbooks are read as a person sees them, whoever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import (
    MOST_ROW_CHARACTERS,
    RowProblem,
    RowTrouble,
    TableChoice,
    TableKind,
    TableRow,
)
from novita_desktop.storage.tables.reading import examine, rows
from tests.storage.tables.spreadsheet_files import MAIN, archive, relations, workbook

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs>'
)


def cells(path: Path, sheet: str | None = None) -> list[tuple[str, ...]]:
    shape = examine(path, TableChoice(sheet=sheet, has_header=False))
    return [row.cells for row in rows(path, shape)]


def problem_of(path: Path, choice: TableChoice | None = None) -> str:
    with pytest.raises(TableRefused) as caught:
        list(rows(path, examine(path, choice)))
    assert caught.value.path == str(path)
    return caught.value.problem


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
        '<row r="2"><c r="A2"><v>5.0</v></c><c r="B2" s="1"><v>45000</v></c></row>'
        '<row r="3"><c r="A3" s="2"><v>0.5</v></c><c r="B3" t="b"><v>1</v></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4" t="str"><f>A1</f><v>f</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><r><t>in </t></r><r><t>line</t></r>'
        '<rPh><t>spoken</t></rPh></is></c><c r="B5"><f>1+1</f></c></row>',
        texts="<si><t>Second</t></si><si><t>First</t></si>",
        styles=STYLES,
    )
    shape = examine(path)
    assert shape.kind is TableKind.XLSX
    assert shape.choice == TableChoice(None, None, "First", has_header=True)
    assert (shape.columns, shape.sheets) == (("First", "Second"), ("First",))
    assert [row.cells for row in rows(path, shape)] == [
        ("5", "2023-03-15"), ("12:00:00", "TRUE"), ("#N/A", "f"), ("in line", ""),
    ]  # fmt: skip


def test_rows_and_cells_that_are_not_there_leave_gaps_and_empty_rows_are_none(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="900000"><c r="C900000"><v>3</v></c></row>'
        '<row r="1000000"><c r="A1000000" s="1"/></row>',
    )
    assert cells(path) == [("1", "2", ""), ("", "", "3")]


def test_a_sheet_with_a_first_and_a_last_cell_takes_no_memory(tmp_path: Path) -> None:
    """Readers that make a grid of it need half a terabyte, and end the process."""
    path = workbook(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
    )
    first, second = cells(path)
    assert (first[0], second[-1], len(second)) == ("1", "2", 16_384)


def test_columns_beyond_the_last_are_left_out(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFE1"><v>2</v></c><c r="ZZZZZZZ1"><v>3</v></c>'
        '<c r="5"><v>4</v></c><c r="\u00e9\u4f601"><v>5</v></c></row>',
    )
    assert cells(path) == [("1",)]


def test_columns_without_a_name_are_kept(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        '<row><c t="str"><v>name</v></c></row><row><c><v>1</v></c><c t="str"><v>note</v></c></row>',
    )
    assert examine(path).columns == ("name", "B")


SHEETS = (
    '<sheet name="Hidden" sheetId="1" state="hidden" r:id="rId1"/>'
    '<sheet name="Ju&amp;ly" sheetId="2" r:id="rId4"/>'
    '<sheet name="Gone" sheetId="3" r:id="rId9"/>'
)


def test_the_first_sheet_that_can_be_seen_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        "<row><c><v>1</v></c></row>",
        second="<row><c><v>2</v></c></row>",
        sheets=SHEETS,
    )
    shape = examine(path)
    assert (shape.sheets, shape.choice.sheet) == (("Ju&ly",), "Ju&ly")
    assert cells(path) == [("2",)]
    assert cells(path, "Hidden") == [("1",)]
    assert problem_of(path, TableChoice(sheet="Gone")) == "no_such_sheet"


def test_days_are_counted_as_the_workbook_says(tmp_path: Path) -> None:
    row = '<row><c s="1"><v>1</v></c></row>'
    about = '<workbookPr date1904="1"/>'
    assert cells(workbook(tmp_path / "a.xlsx", row, styles=STYLES)) == [("1900-01-01",)]
    path = workbook(tmp_path / "b.xlsx", row, styles=STYLES, about=about)
    assert cells(path) == [("1904-01-02",)]


def test_names_of_parts_lead_nowhere_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', "utf-8")
    for target in ("../../../secret.xml", str(secret), f"file://{secret}"):
        path = workbook(tmp_path / "a.xlsx", "", targets=relations(target))
        assert problem_of(path) == "damaged"
    external = relations("http://127.0.0.1/a.xml").replace("/>", ' TargetMode="External"/>')
    path = workbook(tmp_path / "a.xlsx", "", targets=external)
    assert problem_of(path) == "empty"


def test_a_row_that_is_too_long_is_listed_and_the_next_is_read(tmp_path: Path) -> None:
    text = "x" * (MOST_ROW_CHARACTERS // 3)
    wide = f'<c t="str"><v>{text}</v></c>' * 4
    path = workbook(
        tmp_path / "a.xlsx",
        f"<row><c><v>1</v></c></row><row>{wide}</row><row><c><v>2</v></c></row>",
    )
    shape = examine(path, TableChoice(has_header=False))
    first, second, third = rows(path, shape)
    assert (first.cells[0], third.cells[0]) == ("1", "2")
    assert second.problem == RowProblem(RowTrouble.TOO_LONG)
    assert sum(map(len, second.cells)) < MOST_ROW_CHARACTERS * 2


ENTITY = (
    '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData>'
    '<row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>'
)


def test_a_text_that_is_shared_by_all_cells_makes_a_row_that_is_too_long(tmp_path: Path) -> None:
    """A small file must not become a row of gigabytes."""
    wide = '<c t="s"><v>0</v></c>' * 16_384
    text = "x" * (MOST_ROW_CHARACTERS // 2)
    path = workbook(tmp_path / "a.xlsx", f"<row>{wide}</row>" * 3, texts=f"<si><t>{text}</t></si>")
    for row in rows(path, examine(path, TableChoice(has_header=False))):
        assert row.problem == RowProblem(RowTrouble.TOO_LONG)
        assert sum(map(len, row.cells)) < MOST_ROW_CHARACTERS * 2


@pytest.mark.parametrize("sheet", [ENTITY, "<a>" * 1_000])
def test_sheets_that_mean_harm_are_refused(tmp_path: Path, sheet: str) -> None:
    assert problem_of(workbook(tmp_path / "a.xlsx", "", sheet=sheet)) == "unsafe"


def test_damage_is_told_where_it_is_reached(tmp_path: Path) -> None:
    many = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(20_000))
    sheet = f"<worksheet><sheetData>{many}<row></worksheet>"
    path = workbook(tmp_path / "a.xlsx", "", sheet=sheet)
    shape = examine(path)
    read: list[TableRow] = []
    with pytest.raises(TableRefused, match="damaged"):
        read.extend(rows(path, shape))
    assert (
        problem_of(workbook(tmp_path / "b.xlsx", "<row><c t='s'><v>7</v></c></row>")) == "damaged"
    )


def test_other_archives_are_no_tables(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.xlsx", {"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}
    )
    assert problem_of(path) == "not_a_table"
    path.write_bytes(path.read_bytes()[:60])
    assert problem_of(path) == "damaged"


def test_a_workbook_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.csv", "<row><c><v>1</v></c></row>")
    assert examine(path).kind is TableKind.XLSX
