"""The rows of the History page: pages by key, live rows, nothing stale, nothing twice."""

import asyncio
from dataclasses import replace

import pytest

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import (
    GroupKind,
    GroupSummary,
    ListedPage,
    RunGroup,
    RunPhase,
    RunStatus,
    RunSummary,
)
from novita_desktop.ui import formatting
from novita_desktop.ui.tables.history_table import MOST_LOADED, PAGE_ROWS, HistoryTable
from novita_desktop.ui.tables.history_words import Column, HistoryWords


def summary(run_id, status=RunStatus.SUCCEEDED, **changes):
    facts = {
        "group_id": 1,
        "created_at": 1_790_000_000_000_000,
        "model": "a/b",
        "base_url": "https://x/v1",
        "message_head": f"Message {run_id}",
    }
    return RunSummary(id=run_id, status=status, **{**facts, **changes})


class Shelf:
    """Stored runs, found by a search or listed whole; `gate` holds a page back once it was read."""

    def __init__(self, count, *, is_whole=False):
        self.runs = [summary(number, group_id=number) for number in range(count, 0, -1)]
        self.is_whole = is_whole
        self.asked = []
        self.gate = None
        self.is_read = asyncio.Event()

    async def before(self, run_id, limit):
        self.asked.append((run_id, limit))
        page = [run for run in self.runs if run_id is None or run.id < run_id][:limit]
        await self._hold()
        return page

    async def at(self, place, limit):
        self.asked.append((place, limit))
        page = ListedPage(len(self.runs), tuple(self.runs[place : place + limit]))
        await self._hold()
        return page

    async def groups(self, group_ids):
        return [entry for entry in self.runs if entry.group_id in group_ids]

    async def _hold(self):
        self.is_read.set()
        if self.gate is not None:
            await self.gate.wait()


def unread():
    """Return an empty list of found runs, for what tests of rows put into it."""
    table = HistoryTable(Shelf(0), lambda work: work.close(), HistoryWords(str))
    table._is_complete = True  # there is no file to fetch from
    return table


@pytest.fixture
def make(loop, qapp):
    def make(shelf):
        tasks = []

        def start(work):
            tasks.append(asyncio.ensure_future(work))

        table = HistoryTable(shelf, start, HistoryWords(lambda model_id: model_id.upper()))
        table.tasks = tasks
        table.reload()
        return table

    return make


def settle(table, wait):
    async def all_done():
        await asyncio.gather(*table.tasks)

    wait(all_done())


def ids(table):
    return [table.run_at(row).id for row in range(table.rowCount())]


def statuses(table):
    return [table.run_at(row).status for row in range(table.rowCount())]


def test_pages_come_by_key_and_only_when_asked_for(make, wait):
    shelf = Shelf(PAGE_ROWS * 2 + 50)
    table = make(shelf)
    settle(table, wait)
    assert shelf.asked == [(None, PAGE_ROWS)]
    while table.canFetchMore():
        table.fetchMore()
        table.fetchMore()  # Qt may ask twice before the page is there
        settle(table, wait)
    assert shelf.asked[1:] == [(251, PAGE_ROWS), (51, PAGE_ROWS)]
    assert ids(table) == [run.id for run in shelf.runs]


def test_the_table_keeps_qts_rules(make, wait, qtmodeltester):
    table = make(Shelf(30))
    settle(table, wait)
    qtmodeltester.check(table)
    table.show_run(summary(31, RunStatus.QUEUED))
    table.show_phase(31, RunPhase.WRITING)
    qtmodeltester.check(table)


def test_a_new_run_is_on_top_and_lives_in_its_row(make, wait):
    table = make(Shelf(2))
    settle(table, wait)
    changed = []
    table.dataChanged.connect(lambda first, last, roles: changed.append(first.row()))
    table.show_run(summary(3, RunStatus.QUEUED))
    table.show_phase(3, RunPhase.CONNECTING)
    assert ids(table) == [3, 2, 1]
    assert statuses(table)[0] is RunStatus.RUNNING
    table.show_phase(3, RunPhase.WRITING)  # says nothing new
    table.show_phase(3, RunPhase.BACKING_OFF)
    assert table.index(0, Column.STATUS).data() == "Waiting"
    table.show_run(summary(3, duration_ms=1500))
    assert table.index(0, Column.STATUS).data() == "Done"
    assert table.index(0, Column.TOOK).data() == formatting.duration(1500)
    assert changed == [0, 0, 0]


def test_runs_that_are_told_out_of_order_find_their_places(make, wait):
    table = make(Shelf(2))
    settle(table, wait)
    table.show_run(summary(5))
    table.show_run(summary(4))
    assert ids(table) == [5, 4, 2, 1]


def test_a_run_that_ended_while_its_page_was_read_is_not_shown_as_it_was(make, wait):
    shelf = Shelf(3)
    shelf.runs[1] = replace(shelf.runs[1], status=RunStatus.RUNNING)
    shelf.gate = asyncio.Event()
    table = make(shelf)

    async def end_meanwhile():
        await shelf.is_read.wait()
        table.show_run(summary(2, RunStatus.FAILED))
        table.show_run(summary(4, RunStatus.QUEUED))
        shelf.gate.set()

    wait(end_meanwhile())
    settle(table, wait)
    assert dict(zip(ids(table), statuses(table), strict=True))[2] is RunStatus.FAILED
    assert ids(table) == [4, 3, 2, 1]


def test_a_page_of_an_earlier_reload_is_dropped(make, wait):
    shelf = Shelf(3)
    shelf.gate = asyncio.Event()
    table = make(shelf)

    async def reload_meanwhile():
        await shelf.is_read.wait()
        table.reload()
        shelf.gate.set()

    wait(reload_meanwhile())
    settle(table, wait)
    assert ids(table) == [3, 2, 1]


def test_a_page_that_fails_can_be_asked_for_again(make, wait):
    shelf = Shelf(PAGE_ROWS + 3)
    table = make(shelf)
    settle(table, wait)

    async def broken(run_id, limit):
        raise ConnectionResetError

    whole, shelf.before = shelf.before, broken
    table.fetchMore()

    async def failed():
        with pytest.raises(ConnectionResetError):
            await table.tasks.pop()

    wait(failed())
    shelf.before = whole
    assert table.canFetchMore()
    table.fetchMore()
    settle(table, wait)
    assert ids(table) == [run.id for run in shelf.runs]


def test_unknown_figures_are_dashes_and_estimates_are_marked(make, wait):
    shelf = Shelf(0)
    shelf.runs = [
        summary(2, usage=Usage(10, 20), usage_is_estimate=True, cost=Cost(10**9, is_estimate=True)),
        summary(1, RunStatus.FAILED),
    ]
    table = make(shelf)
    settle(table, wait)
    assert table.index(0, Column.TOKENS).data().startswith(formatting.ABOUT)
    assert table.index(0, Column.COST).data().startswith(formatting.ABOUT)
    assert table.index(1, Column.COST).data() == formatting.DASH
    assert table.index(1, Column.TOKENS).data() == formatting.DASH


def test_names_follow_the_catalogue(make, wait):
    table = make(Shelf(1))
    settle(table, wait)
    assert table.index(0, Column.MODEL).data() == "A/B"
    table.words._name_of = lambda model_id: "Named"
    table.show_names()
    assert table.index(0, Column.MODEL).data() == "Named"


def test_rows_are_taken_away_and_do_not_come_back_with_the_page(make, wait):
    shelf = Shelf(5)
    table = make(shelf)
    settle(table, wait)
    assert table.take_away([4, 2])
    assert not table.take_away([99])
    assert ids(table) == [5, 3, 1]
    table.show_run(summary(4))
    assert ids(table) == [5, 4, 3, 1]


def test_models_are_named_once_the_newest_first(make, wait):
    shelf = Shelf(0)
    shelf.runs = [summary(3, model="b"), summary(2, model="a"), summary(1, model="b")]
    table = make(shelf)
    settle(table, wait)
    assert table.models() == ["b", "a"]


def test_a_star_and_the_preset_stand_in_the_row(make, wait):
    shelf = Shelf(0)
    shelf.runs = [summary(1, is_starred=True)]
    table = make(shelf)
    settle(table, wait)
    assert table.words_at(0)[Column.MESSAGE] == "\u2605 Message 1"
    assert table.words_at(0)[Column.PRESET] == formatting.DASH


def group(group_id, *counts):
    """Return several runs that were started together."""
    head = RunGroup(GroupKind.BATCH, "Reviews", id=group_id)
    return GroupSummary(head, 1_790_000_000_000_000, counts, ("a/b", "c/d"), "First message")


def test_the_whole_list_is_read_where_it_is_looked_at(make, wait):
    shelf = Shelf(PAGE_ROWS * 5 + 50, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    assert table.rowCount() == PAGE_ROWS * 5 + 50
    assert not table.canFetchMore()
    last = table.rowCount() - 1
    assert table.run_at(last) is None
    assert table.index(last, Column.MESSAGE).data() == ""
    table.want(last)  # a second time, before it is there
    settle(table, wait)
    assert table.index(last, Column.MESSAGE).data() == "Message 1"
    assert shelf.asked == [(0, PAGE_ROWS), (PAGE_ROWS * 5, PAGE_ROWS)]


def test_of_the_whole_list_only_what_is_near_stays_in_memory(make, wait):
    shelf = Shelf(MOST_LOADED * 2, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    for row in range(0, table.rowCount(), PAGE_ROWS):
        table.want(row)
        settle(table, wait)
    assert table._rows.loaded_count() <= MOST_LOADED * 5 // 4
    assert table.run_at(0) is None
    assert table.run_at(table.rowCount() - 1).id == 1
    table.want(0)
    settle(table, wait)
    assert table.run_at(0).id == table.rowCount()


def test_a_new_run_moves_the_whole_list_down(make, wait):
    shelf = Shelf(PAGE_ROWS * 2, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    new = summary(PAGE_ROWS * 2 + 1, RunStatus.QUEUED, group_id=PAGE_ROWS * 2 + 1)
    shelf.runs.insert(0, new)
    table.show_run(new)
    assert table.rowCount() == PAGE_ROWS * 2 + 1
    assert table.run_at(0) == new
    assert table.run_at(1).id == PAGE_ROWS * 2
    for row in (PAGE_ROWS + 10, PAGE_ROWS * 2):
        table.want(row)
        settle(table, wait)
    assert [table.run_at(row).id for row in range(table.rowCount())] == [r.id for r in shelf.runs]


def test_a_page_that_was_read_before_a_new_run_came_is_read_again(make, wait):
    shelf = Shelf(PAGE_ROWS * 2, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    shelf.gate = asyncio.Event()
    shelf.is_read.clear()
    table.want(PAGE_ROWS)

    async def add_meanwhile():
        await shelf.is_read.wait()
        new = summary(PAGE_ROWS * 2 + 1, group_id=PAGE_ROWS * 2 + 1)
        shelf.runs.insert(0, new)
        table.show_run(new)
        shelf.gate.set()

    wait(add_meanwhile())
    settle(table, wait)
    assert table.run_at(PAGE_ROWS + 1) is None
    table.want(PAGE_ROWS + 1)
    settle(table, wait)
    assert table.run_at(PAGE_ROWS + 1).id == PAGE_ROWS


def test_runs_that_are_started_together_become_one_row(make, wait, qtbot):
    shelf = Shelf(3, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    first = summary(4, RunStatus.RUNNING, group_id=4)
    shelf.runs.insert(0, first)
    table.show_run(first)
    shelf.runs[0] = group(4, (RunStatus.RUNNING, 2))
    table.show_run(summary(5, RunStatus.RUNNING, group_id=4))
    qtbot.waitUntil(lambda: isinstance(table.entry_at(0), GroupSummary))
    assert table.rowCount() == 4
    assert table.words_at(0)[Column.MESSAGE].startswith("2 runs")
    assert table.run_at(0) is None
    assert table.row_of_group(4) == 0
    assert not table.can_retry(0)
    shelf.runs[0] = group(4, (RunStatus.SUCCEEDED, 1), (RunStatus.FAILED, 1))
    table.show_run(summary(5, RunStatus.FAILED, group_id=4))
    qtbot.waitUntil(lambda: table.can_retry(0))
    assert table.words_at(0)[Column.STATUS] == "Failed"
    assert table.words_at(0)[Column.MODEL] == "2 models"


def test_rows_that_went_without_news_are_noticed(make, wait, qtbot):
    shelf = Shelf(PAGE_ROWS * 2, is_whole=True)
    table = make(shelf)
    settle(table, wait)
    del shelf.runs[5]
    table.want(PAGE_ROWS)
    qtbot.waitUntil(lambda: table.rowCount() == PAGE_ROWS * 2 - 1)
    settle(table, wait)
    assert table.run_at(5).id == PAGE_ROWS * 2 - 6
