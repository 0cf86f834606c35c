"""What a file holds is found out, and its rows are read, in memory for some of them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import (
    DELIMITERS,
    MOST_COLUMNS,
    PREVIEW_ROWS,
    RowProblem,
    RowTrouble,
    TableChoice,
    TableKind,
    TableRow,
)
from novita_desktop.storage.tables.reading import examine, rows
from tests.storage.tables.spreadsheet_files import workbook


def file_of(folder: Path, data: bytes | str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def problem_of(path: Path, choice: TableChoice | None = None) -> str:
    with pytest.raises(TableRefused) as caught:
        examine(path, choice)
    assert caught.value.path == str(path)
    return caught.value.problem


def test_a_table_is_described_with_all_that_was_found_out(tmp_path: Path) -> None:
    text = "Name;Gr\u00f6\u00dfe\nJoe;1,80\nAnn;1,70;x\n"
    path = file_of(tmp_path, text.encode("windows-1252"))
    shape = examine(path)
    assert shape.kind is TableKind.CSV
    assert shape.choice == TableChoice("windows-1252", ";", None, has_header=True)
    assert shape.columns == ("Name", "Gr\u00f6\u00dfe")
    assert shape.first_rows == (
        TableRow(1, ("Joe", "1,80")),
        TableRow(2, ("Ann", "1,70"), RowProblem(RowTrouble.TOO_MANY_CELLS, 3, 3)),
    )
    assert shape.size_bytes == path.stat().st_size
    assert shape.modified_at == path.stat().st_mtime_ns // 1000
    assert tuple(rows(path, shape)) == shape.first_rows


def test_what_is_chosen_is_not_found_out(tmp_path: Path) -> None:
    path = file_of(tmp_path, "caf\u00e9,b;c\nd,e;f\n")
    shape = examine(path, TableChoice("iso-8859-1", ";", None, has_header=False))
    assert shape.choice == TableChoice("iso-8859-1", ";", None, has_header=False)
    assert shape.columns == ("A", "B")
    assert [row.cells for row in rows(path, shape)] == [("caf\u00c3\u00a9,b", "c"), ("d,e", "f")]


@pytest.mark.parametrize("delimiter", ["", "ab", '"', "\n"])
def test_what_cannot_part_cells_is_refused(tmp_path: Path, delimiter: str) -> None:
    path = file_of(tmp_path, "a,b\n")
    if delimiter:
        assert problem_of(path, TableChoice(delimiter=delimiter)) == "bad_choice"
    else:
        assert examine(path, TableChoice(delimiter=delimiter)).choice.delimiter == ","


def test_only_the_first_rows_are_shown(tmp_path: Path) -> None:
    path = file_of(tmp_path, "n,text\n" + "".join(f"{n},x\n" for n in range(500)))
    shape = examine(path)
    assert [row.number for row in shape.first_rows] == list(range(1, PREVIEW_ROWS + 1))
    assert sum(1 for _row in rows(path, shape)) == 500


def test_a_table_without_names_has_letters_for_its_widest_row(tmp_path: Path) -> None:
    path = file_of(tmp_path, "1,2\n3,4,5\n6,7\n")
    shape = examine(path)
    assert (shape.columns, shape.choice.has_header) == (("A", "B", "C"), False)
    assert [row.cells for row in rows(path, shape)] == [
        ("1", "2", ""), ("3", "4", "5"), ("6", "7", ""),
    ]  # fmt: skip


def test_rows_without_anything_in_them_are_none(tmp_path: Path) -> None:
    path = file_of(tmp_path, 'name,age\n,\nJoe,5\n\n"",\n,\n')
    shape = examine(path)
    assert list(rows(path, shape)) == list(shape.first_rows) == [TableRow(1, ("Joe", "5"))]
    path = file_of(tmp_path, '{}\n{"a":null}\n{"a":"x"}\n', "x.jsonl")
    assert list(rows(path, examine(path))) == [TableRow(1, ("x",))]


def test_names_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    path = file_of(tmp_path, "name,age\n")
    shape = examine(path)
    assert (shape.columns, shape.first_rows, list(rows(path, shape))) == (("name", "age"), (), [])


def test_json_lines_are_objects_or_arrays(tmp_path: Path) -> None:
    path = file_of(tmp_path, '{"a b":1,"":2}\n{"A B":3}\n', "x.JSONL")
    shape = examine(path)
    assert (shape.kind, shape.choice) == (TableKind.JSONL, TableChoice("utf-8", has_header=True))
    assert (shape.columns, shape.keys) == (("a b", "B", "A B 2"), ("a b", "", "A B"))
    assert [row.cells for row in rows(path, shape)] == [("1", "2", ""), ("", "", "3")]
    path = file_of(tmp_path, '["name","age"]\n["Joe",5]\n', "y.ndjson")
    shape = examine(path)
    assert (shape.columns, shape.keys) == (("name", "age"), ())
    assert list(rows(path, shape)) == [TableRow(1, ("Joe", "5"))]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old_workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(40)) * 20, "not_a_table"),
        (b"a," * MOST_COLUMNS + b"a\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    assert problem_of(file_of(tmp_path, data)) == problem


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, "a,b\n1,2\n")
    shape = examine(path)
    path.unlink()
    with pytest.raises(TableRefused, match="unreadable"):
        next(rows(path, shape))


LARGE = """
import resource, sys
from pathlib import Path
from novita_desktop.storage.tables.reading import examine, rows

def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

path = Path(sys.argv[1])
shape = examine(path)
before = used()
count = sum(1 for row in rows(path, shape) if row.problem is None)
print(count, used() - before)
"""


def grown_by(path: Path) -> tuple[int, int]:
    """Return how many rows a process of its own read, and by how many KiB it grew meanwhile."""
    ended = subprocess.run(
        [sys.executable, "-c", LARGE, str(path)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, ended.stdout.split())
    return count, grown // (1024 if sys.platform == "darwin" else 1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the module resource")
def test_a_large_table_takes_the_memory_of_a_few_rows(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("number,text\n")
        file.writelines(f'{n},"a text, number {n}"\r\n' for n in range(200_000))
    count, grown = grown_by(path)
    assert count == 200_000
    assert grown < 4_096


@pytest.mark.skipif(sys.platform == "win32", reason="needs the module resource")
def test_a_large_sheet_takes_the_memory_of_a_few_rows(tmp_path: Path) -> None:
    xml = "".join(
        f'<row><c><v>{n}</v></c><c t="s"><v>{n % 1_000}</v></c></row>' for n in range(60_000)
    )
    texts = "".join(f"<si><t>a text, number {n}</t></si>" for n in range(1_000))
    path = workbook(tmp_path / "large.xlsx", xml, texts=texts)
    count, grown = grown_by(path)
    assert count == 60_000
    assert grown < 4_096


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_whatever_a_program_writes_is_found_out(
    tmp_path: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    table = [["Stra\u00dfe", "caf\u00e9; a, b|c\td"], ["1,5", 'two\nlines "x"'], ["\u00fc", ""]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(table)
    path = file_of(tmp_path, text.getvalue().encode(encoding))
    shape = examine(path)
    assert shape.choice.delimiter == delimiter
    assert [list(row.cells) for row in rows(path, shape)] == table[1:]
    assert all(row.problem is None for row in rows(path, shape))
