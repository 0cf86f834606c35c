"""A table's file is read from the disk, and what cannot be read is refused with its name."""

from __future__ import annotations

import asyncio

import pytest

from novita_desktop.domain.table_files import MOST_BYTES, InputsFileRefused, TableOptions
from novita_desktop.services.table_files import open_table


def test_a_file_is_read(tmp_path):
    path = tmp_path / "reviews.tsv"
    path.write_text("product\treview\nDoor\tgood\n", "utf-16")
    table = asyncio.run(open_table(path, ("product",), 200))
    assert table.rows == (("Door", "good"),)
    again = asyncio.run(open_table(path, ("product",), 200, TableOptions(has_head=False)))
    assert again.row_count == 2


def test_what_cannot_be_read_is_named(tmp_path):
    large = tmp_path / "large.csv"
    large.write_bytes(b"a,b\n" * (MOST_BYTES // 4 + 1))
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    found = {}
    for path in (tmp_path / "gone.csv", tmp_path, large, empty):
        with pytest.raises(InputsFileRefused) as refused:
            asyncio.run(open_table(path, ("a",), 9))
        found[refused.value.file_name] = (refused.value.problem, refused.value.limit)
    assert found == {
        "gone.csv": ("unreadable", 0),
        tmp_path.name: ("not_a_file", 0),
        "large.csv": ("too_large", MOST_BYTES),
        "empty.csv": ("empty", 0),
    }
