"""Tables are written for spreadsheets and programs, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.errors import FolderNotWritable, StorageError
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.tables.formula_guard import harmless_unless_number
from novita_desktop.storage.tables.reading import examine, rows
from novita_desktop.storage.tables.writing import Cell, open_writer

SUFFIXES = ("csv", "jsonl", "xlsx")


def written(path: Path, columns: list[str], table: Iterable[Sequence[Cell]]) -> Path:
    with open_writer(path, columns) as writer:
        for cells in table:
            writer.write(cells)
    return path


def test_csv_is_what_spreadsheets_expect(tmp_path: Path) -> None:
    table: list[list[Cell]] = [["=1+1", -5, Decimal("1.50")], [None, "-5", 'say "hi"\r\n'], ["x"]]
    path = written(tmp_path / "a.csv", ["a", "+b", "c"], table)
    assert (
        path.read_bytes()
        == ('\ufeffa,\'+b,c\r\n\'=1+1,-5,1.50\r\n,-5,"say ""hi""\r\n"\r\nx\r\n').encode()
    )


def test_json_lines_keep_numbers_exact_and_missing_cells_null(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.jsonl",
        ["a", "\u00e4"],
        [["=1+1", Decimal("0.10")], [10**30], [None, Decimal("NaN")]],
    )
    assert path.read_bytes().decode() == (
        '{"a": "=1+1", "\u00e4": 0.10}\n'
        '{"a": 1000000000000000000000000000000, "\u00e4": null}\n'
        '{"a": null, "\u00e4": null}\n'
    )
    assert [len(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == [2, 2, 2]


def test_keys_that_are_the_same_are_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="differ"), open_writer(tmp_path / "a.jsonl", ["a", "a"]):
        pass
    assert list(tmp_path.iterdir()) == []


def rows_that_end_badly() -> Iterator[list[Cell]]:
    yield ["x"]
    raise KeyError


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text("old", "utf-8")
    with pytest.raises(KeyError):
        written(path, ["a"], rows_that_end_badly())
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text("utf-8") == "old"


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let files grow to 100,000 bytes only, as a full disk does."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.usefixtures("small_files")
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    table = ([f"{n * 7919 % 1_000_003:x}" * 40] for n in range(50_000))
    with pytest.raises(StorageError):
        written(tmp_path / f"a.{suffix}", ["a"], table)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable), open_writer(tmp_path / "no" / "a.csv", ["a"]):
        pass


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableRefused) as caught, open_writer(tmp_path / "a.ods", ["a"]):
        pass
    assert (caught.value.problem, caught.value.given) == ("unknown_format", ".ods")


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.sampled_from(
        ["=1", "-5", "_x000D_", "_x0041_x", "a\r\nb", '"', " ", "007", "TRUE", "\ufffe"]
    ),
    st.integers(-(10**18), 10**18),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    ),
)


def is_same(cell: Cell, read: str, suffix: str) -> bool:
    """Return whether `read` is what was written as `cell`."""
    match cell:
        case None:
            return read == ""
        case str():
            return read == (harmless_unless_number(cell) if suffix == "csv" else cell)
        case _:
            return Decimal(read) == Decimal(cell)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, table: list[tuple[Cell, Cell]]
) -> None:
    path = tmp_path_factory.mktemp("round") / f"a.{suffix}"
    with open_writer(path, ["first", "second"]) as writer:
        for cells in table:
            writer.write(cells)
    shape = examine(path)
    assert shape.columns == ("first", "second")
    found = list(rows(path, shape))
    kept = [cells for cells in table if any(cell not in (None, "") for cell in cells)]
    assert len(found) == len(kept)
    for row, cells in zip(found, kept, strict=True):
        assert row.problem is None
        assert all(is_same(cell, read, suffix) for cell, read in zip(cells, row.cells, strict=True))
