"""OpenDocument spreadsheets are read as a person sees them."""

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
)
from novita_desktop.storage.tables.reading import examine, rows
from tests.storage.tables.spreadsheet_files import archive, document


def table(rows_xml: str, name: str = "First") -> str:
    return f'<table:table table:name="{name}">{rows_xml}</table:table>'


def row(*cells_xml: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells_xml)}</table:table-row>"


def cell(text: str = "", more: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell{more}>{inside}</table:table-cell>"


def value(kind: str, name: str, written: str, shown: str = "shown") -> str:
    return cell(shown, f' office:value-type="{kind}" office:{name}="{written}"')


def cells(path: Path, sheet: str | None = None) -> list[tuple[str, ...]]:
    shape = examine(path, TableChoice(sheet=sheet, has_header=False))
    return [found.cells for found in rows(path, shape)]


def problem_of(path: Path, choice: TableChoice | None = None) -> str:
    with pytest.raises(TableRefused) as caught:
        list(rows(path, examine(path, choice)))
    return caught.value.problem


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.ods",
        table(
            row(cell("Name"), cell("Value"))
            + row(cell("whole"), value("float", "value", "5.0"))
            + row(cell("share"), value("percentage", "value", "0.25"))
            + row(cell("money"), value("currency", "value", "1.10"))
            + row(cell("day"), value("date", "date-value", "2024-01-02"))
            + row(cell("moment"), value("date", "date-value", "2024-01-02T03:04:05"))
            + row(cell("time"), value("time", "time-value", "PT26H03M04S"))
            + row(cell("truth"), value("boolean", "boolean-value", "true"))
            + row(cell("text"), value("string", "string-value", "whole text", "shown text"))
            + row(cell("none"), '<table:table-cell office:string-value="kept"/>')
        ),
    )
    shape = examine(path)
    assert shape.kind is TableKind.ODS
    assert shape.choice == TableChoice(None, None, "First", has_header=True)
    assert [found.cells for found in rows(path, shape)] == [
        ("whole", "5"), ("share", "0.25"), ("money", "1.1"), ("day", "2024-01-02"),
        ("moment", "2024-01-02T03:04:05"), ("time", "26:03:04"), ("truth", "TRUE"),
        ("text", "shown text"), ("none", "kept"),
    ]  # fmt: skip


def test_paragraphs_are_lines_and_notes_are_not_the_cells(tmp_path: Path) -> None:
    inside = (
        "<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation>"
        "<draw:frame><text:p>a picture</text:p></draw:frame>"
        "<text:p>first  <text:span>line</text:span></text:p>\n  "
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'
        "</table:table-cell>"
    )
    path = document(tmp_path / "a.ods", table(row(inside)))
    assert cells(path) == [("first line\na   b\tc\nd",)]


def test_repeated_cells_and_rows_are_there_as_often_as_they_say(tmp_path: Path) -> None:
    twice = ' table:number-columns-repeated="2"'
    path = document(
        tmp_path / "a.ods",
        table(
            row(cell("x", twice), cell("", twice), cell("y"), "<table:covered-table-cell/>")
            + row(cell("", ' table:number-columns-repeated="16384"'))
            + "<table:table-row-group>"
            + row(cell("z"), more=' table:number-rows-repeated="3"')
            + "</table:table-row-group>"
            + row(cell(), more=' table:number-rows-repeated="1048000"')
        ),
    )
    assert cells(path) == [
        ("x", "x", "", "", "y"), *[("z", "", "", "", "")] * 3,
    ]  # fmt: skip


def test_sheets_are_listed_and_any_can_be_chosen(tmp_path: Path) -> None:
    inner = table(row(cell("inner")), "Inner")
    path = document(
        tmp_path / "a.ods",
        table(row(cell("1")))
        + table(row(f"<table:table-cell>{inner}</table:table-cell>"), "Nest")
        + table(row(cell("3")), "Last"),
    )
    assert examine(path).sheets == ("First", "Nest", "Last")
    assert cells(path) == [("1",)]
    assert cells(path, "Last") == [("3",)]
    assert problem_of(path, TableChoice(sheet="Nest")) == "empty"
    assert problem_of(path, TableChoice(sheet="Inner")) == "no_such_sheet"


def test_rows_that_are_only_said_to_be_there_have_a_limit(tmp_path: Path) -> None:
    endless = ' table:number-rows-repeated="999999999"'
    path = document(tmp_path / "a.ods", table(row(cell("x"), more=endless)))
    assert problem_of(path) == "too_many_rows"


def test_a_cell_that_is_repeated_without_end_makes_a_row_that_is_too_long(tmp_path: Path) -> None:
    many = ' table:number-columns-repeated="16384"'
    path = document(
        tmp_path / "a.ods", table(row(cell("1")) + row(cell("x" * 2_000, many), cell("y")))
    )
    shape = examine(path, TableChoice(has_header=False))
    first, second = rows(path, shape)
    assert (first.cells[0], first.problem) == ("1", None)
    assert second.problem == RowProblem(RowTrouble.TOO_LONG)


def test_blanks_without_end_make_a_row_that_is_too_long(tmp_path: Path) -> None:
    endless = 'x<text:s text:c="999999999"/>' * 50
    path = document(tmp_path / "a.ods", table(row(cell("1")) + row(cell(endless), cell("y"))))
    _first, second = rows(path, examine(path, TableChoice(has_header=False)))
    assert second.problem == RowProblem(RowTrouble.TOO_LONG)
    assert sum(map(len, second.cells)) <= MOST_ROW_CHARACTERS


def test_a_password_is_told(tmp_path: Path) -> None:
    secret = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = document(tmp_path / "a.ods", table(row(cell("1"))), manifest=secret)
    assert problem_of(path) == "protected"


def test_a_document_of_another_kind_is_no_table(tmp_path: Path) -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    assert problem_of(archive(tmp_path / "a.ods", parts)) == "not_a_table"


def test_a_document_without_sheets_is_empty(tmp_path: Path) -> None:
    assert problem_of(document(tmp_path / "a.ods", "")) == "empty"
