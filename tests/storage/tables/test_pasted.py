"""A pasted table is read as the spreadsheet that it was copied from shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.tables.pasted import pasted_table


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("name\tnote\nAnn\tHi, there\n", ("name", "note"), [("Ann", "Hi, there")]),
        ("name;note\nAnn;1,5\n", ("name", "note"), [("Ann", "1,5")]),
        ("1\t2\n3\t4", ("A", "B"), [("1", "2"), ("3", "4")]),
        ('a\tb\n"x\ny"\tz\n', ("a", "b"), [("x\ny", "z")]),
        ("name\nAnn\nBob\n", ("name",), [("Ann",), ("Bob",)]),
        ("a\tb\n1\n", ("a", "b"), [("1", "")]),
    ],
)
def test_cells_and_names(text, columns, rows):
    table = pasted_table(text)
    assert table.columns == columns
    assert [row.cells for row in table.rows] == rows


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\ufeff", "\ufeff\n"])
def test_nothing_is_no_table(text):
    with pytest.raises(TableRefused):
        pasted_table(text)


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_refused(text):
    try:
        table = pasted_table(text)
    except TableRefused:
        return
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
