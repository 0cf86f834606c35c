"""The rows of a batch are read a page at a time, as they are looked at."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt

from novita_desktop.domain.batches import BatchRow, RowResult, RowState
from novita_desktop.ui.tables.batch_table import MOST_LOADED, PAGE_ROWS, BatchTable
from novita_desktop.ui.tables.batch_words import BatchWords


class Shelf:
    """Rows that can be read, and what was asked."""

    def __init__(self, count):
        self.rows = [RowResult(BatchRow(n + 1, (f"cell {n}",))) for n in range(count)]
        self.asked = []

    async def read(self, place, limit, state):
        self.asked.append((place, limit, state))
        return self.rows[place : place + limit]


@pytest.fixture
def make(qapp):
    def made(count):
        shelf = Shelf(count)
        table = BatchTable(shelf.read, asyncio.run, BatchWords())
        table.show_table(("name",), count, None)
        return table, shelf

    return made


def test_only_what_is_looked_at_is_read(make):
    table, shelf = make(10 * PAGE_ROWS)
    assert table.rowCount() == 10 * PAGE_ROWS
    assert table.result_at(0) is None
    table.index(5 * PAGE_ROWS + 1, 0).data()
    assert table.index(5 * PAGE_ROWS + 1, 1).data() == f"cell {5 * PAGE_ROWS + 1}"
    assert shelf.asked == [(5 * PAGE_ROWS, PAGE_ROWS, None)]


def test_what_changed_is_read_again(make):
    table, shelf = make(PAGE_ROWS)
    table.want(0)
    assert table.texts_at(0)[2] == "Queued"
    shelf.rows[0] = RowResult(BatchRow(1, ("cell 0",), RowState.DONE), "yes")
    table.refresh(0, 10)
    assert table.texts_at(0)[2:4] == ("Done", "yes")


def test_rows_far_away_are_forgotten(make):
    table, _ = make(2 * MOST_LOADED)
    for row in range(0, 2 * MOST_LOADED, PAGE_ROWS):
        table.want(row)
    assert table.result_at(0) is None
    assert table.result_at(2 * MOST_LOADED - 1) is not None
    assert len(table._rows) <= MOST_LOADED + PAGE_ROWS


def test_rows_of_one_state_come_and_go(make):
    table, shelf = make(3)
    table.show_table(("name",), 2, RowState.FAILED)
    table.want(0)
    assert shelf.asked[-1] == (0, PAGE_ROWS, RowState.FAILED)
    table.set_length(1)
    assert table.rowCount() == 1
    assert table.result_at(1) is None
    table.set_length(4)
    assert table.rowCount() == 4


def test_columns_are_named(make):
    table, _ = make(1)
    titles = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    assert titles == ["#", "name", "Status", "Answer", "Tries", "Cost"]
    assert table.headerData(0, Qt.Orientation.Vertical) is None
