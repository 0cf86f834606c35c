"""Workbooks as other programs open them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import MOST_COLUMNS
from novita_desktop.storage.streamed_file import StreamedFile
from novita_desktop.storage.tables import workbook_writing
from novita_desktop.storage.tables.writing import open_writer

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_every_part_is_xml_and_named_in_the_list_of_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with open_writer(path, ["a"]) as writer:
        writer.write(["=1+1"])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    listed = {element.get("PartName", "")[1:] for element in parts["[Content_Types].xml"]} - {""}
    assert listed == {name for name in parts if not name.endswith(".rels") and "[" not in name}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert [cell.get("r") for cell in sheet.iter(f"{MAIN}c")] == ["A1", "A2"]
    assert [cell.get("t") for cell in sheet.iter(f"{MAIN}c")] == ["inlineStr", "inlineStr"]
    assert list(sheet.iter(f"{MAIN}f")) == []


def test_texts_that_are_too_long_for_a_cell_are_cut_and_counted(tmp_path: Path) -> None:
    with open_writer(tmp_path / "a.xlsx", ["a"]) as writer:
        writer.write(["x" * 32_767])
        assert writer.shortened == 0
        writer.write(["x" * 32_768])
        assert writer.shortened == 1


def test_more_than_a_sheet_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_writing, "MOST_ROWS", 3)
    with open_writer(tmp_path / "a.xlsx", ["a"]) as writer:
        writer.write([1])
        writer.write([2])
        with pytest.raises(TableRefused) as caught:
            writer.write([3])
    assert (caught.value.problem, caught.value.limit) == ("too_many_rows", 2)
    with StreamedFile(tmp_path / "b.xlsx") as file, pytest.raises(TableRefused):
        workbook_writing.WorkbookWriter(tmp_path / "b.xlsx", file, ["a"] * (MOST_COLUMNS + 1))
