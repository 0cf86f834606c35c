"""The rows of the History page: pages by key, live rows, nothing stale, nothing twice."""

import asyncio
from dataclasses import replace

import pytest

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import RunPhase, RunStatus, RunSummary
from novita_desktop.ui import formatting
from novita_desktop.ui.tables.history_table import PAGE_ROWS, Column, HistoryTable, status_in


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
    """Stored runs, given in pages; `gate` holds a page back once it was read."""

    def __init__(self, count):
        self.runs = [summary(number) for number in range(count, 0, -1)]
        self.asked = []
        self.gate = None
        self.is_read = asyncio.Event()

    async def page(self, before, limit):
        self.asked.append((before, limit))
        page = [run for run in self.runs if before is None or run.id < before][:limit]
        self.is_read.set()
        if self.gate is not None:
            await self.gate.wait()
        return page


@pytest.fixture
def make(loop, qapp):
    def make(shelf):
        tasks = []

        def start(work):
            tasks.append(asyncio.ensure_future(work))

        table = HistoryTable(shelf.page, start, lambda model_id: model_id.upper())
        table.tasks = tasks
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
    table.reload()
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
    table.reload()
    settle(table, wait)
    qtmodeltester.check(table)
    table.show_run(summary(31, RunStatus.QUEUED))
    table.show_phase(31, RunPhase.WRITING)
    qtmodeltester.check(table)


def test_a_new_run_is_on_top_and_lives_in_its_row(make, wait):
    table = make(Shelf(2))
    table.reload()
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
    table.reload()
    settle(table, wait)
    table.show_run(summary(5))
    table.show_run(summary(4))
    assert ids(table) == [5, 4, 2, 1]


def test_a_run_that_ended_while_its_page_was_read_is_not_shown_as_it_was(make, wait):
    shelf = Shelf(3)
    shelf.runs[1] = replace(shelf.runs[1], status=RunStatus.RUNNING)
    shelf.gate = asyncio.Event()
    table = make(shelf)
    table.reload()

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
    table.reload()

    async def reload_meanwhile():
        await shelf.is_read.wait()
        table.reload()
        shelf.gate.set()

    wait(reload_meanwhile())
    settle(table, wait)
    assert ids(table) == [3, 2, 1]


def test_a_page_that_fails_can_be_asked_for_again(make, wait):
    shelf = Shelf(3)
    table = make(shelf)

    async def broken(before, limit):
        raise ConnectionResetError

    table._fetch_page = broken
    table.reload()

    async def failed():
        with pytest.raises(ConnectionResetError):
            await table.tasks.pop()

    wait(failed())
    table._fetch_page = shelf.page
    assert table.canFetchMore()
    table.fetchMore()
    settle(table, wait)
    assert ids(table) == [3, 2, 1]


def test_unknown_figures_are_dashes_and_estimates_are_marked(make, wait):
    shelf = Shelf(0)
    shelf.runs = [
        summary(2, usage=Usage(10, 20), usage_is_estimate=True, cost=Cost(10**9, is_estimate=True)),
        summary(1, RunStatus.FAILED),
    ]
    table = make(shelf)
    table.reload()
    settle(table, wait)
    assert table.index(0, Column.TOKENS).data().startswith(formatting.ABOUT)
    assert table.index(0, Column.COST).data().startswith(formatting.ABOUT)
    assert table.index(1, Column.COST).data() == formatting.DASH
    assert table.index(1, Column.TOKENS).data() == formatting.DASH


def test_names_follow_the_catalogue(make, wait):
    table = make(Shelf(1))
    table.reload()
    settle(table, wait)
    assert table.index(0, Column.MODEL).data() == "A/B"
    table._name_of = lambda model_id: "Named"
    table.show_names()
    assert table.index(0, Column.MODEL).data() == "Named"


@pytest.mark.parametrize("phase", list(RunPhase))
def test_every_phase_has_a_live_status(phase):
    assert not status_in(phase).is_over


def test_rows_are_taken_away_and_do_not_come_back_with_the_page(make, wait):
    shelf = Shelf(5)
    table = make(shelf)
    table.fetchMore()
    settle(table, wait)
    table.take_away([4, 2, 99])
    assert ids(table) == [5, 3, 1]
    table.show_run(summary(4))
    assert ids(table) == [5, 4, 3, 1]


def test_models_are_named_once_the_newest_first(make, wait):
    shelf = Shelf(0)
    shelf.runs = [summary(3, model="b"), summary(2, model="a"), summary(1, model="b")]
    table = make(shelf)
    table.fetchMore()
    settle(table, wait)
    assert table.models() == ["b", "a"]


def test_a_star_and_the_preset_stand_in_the_row(make, wait):
    shelf = Shelf(0)
    shelf.runs = [summary(1, is_starred=True)]
    table = make(shelf)
    table.fetchMore()
    settle(table, wait)
    assert table.words_at(0)[Column.MESSAGE] == "\u2605 Message 1"
    assert table.words_at(0)[Column.PRESET] == formatting.DASH
