"""The list by place: a row for each group, in falling order, whatever was deleted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import (
    GroupKind,
    GroupSummary,
    ListedPage,
    RunGroup,
    RunStatus,
    RunSummary,
)
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, new_run, run_end, with_runs

BATCH = RunGroup(GroupKind.BATCH, "Reviews")


async def add_over(runs: RunStore, group: RunGroup, **facts: object) -> RunSummary:
    """Add a run that is over."""
    run = await runs.add(new_run(group))
    return await runs.finish(run.id, run_end(**facts))


async def add_group(runs: RunStore, size: int) -> int:
    """Add so many runs of one group; return its id."""
    first = await add_over(runs, BATCH)
    for _ in range(size - 1):
        await add_over(runs, replace(BATCH, id=first.group_id))
    return first.group_id


def test_runs_that_were_started_together_are_one_row(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        alone = await add_over(runs, RunGroup(GroupKind.PROMPT))
        facts = {"usage": Usage(10, 5), "cost": Cost(7), "ended_at": NOW + 9}
        first = await add_over(runs, BATCH, **facts)
        group = replace(BATCH, id=first.group_id)
        run = await runs.add(new_run(group, "Other", model="b/b"))
        await runs.finish(
            run.id,
            run_end(status=RunStatus.FAILED, usage=Usage(1, 0), cost=Cost(1, True), ended_at=NOW),
        )
        row, single = (await runs.listed_at(0, 10)).rows
        assert single == alone
        assert isinstance(row, GroupSummary)
        assert row.group == group
        assert row.run_count == 2
        assert row.status is RunStatus.FAILED
        assert row.count_of(RunStatus.FAILED) == row.count_of(RunStatus.SUCCEEDED) == 1
        assert (row.tokens, row.cost, row.ended_at) == (16, Cost(8, True), NOW + 9)
        assert set(row.models) == {first.model, "b/b"}
        assert row.message_head == "Hello"
        assert await runs.listed_groups([alone.group_id, first.group_id, 99]) == [single, row]

    with_runs(tmp_path / "novita.db", work)


def test_a_group_is_what_is_left_of_it_outside_the_bin(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group_id = await add_group(runs, 3)
        newest, middle, oldest = [run.id for run in await runs.page()]
        await runs.delete([newest, middle], NOW)
        (row,) = (await runs.listed_at(0, 10)).rows
        assert isinstance(row, RunSummary)
        assert row.id == oldest
        await runs.delete([oldest], NOW)
        assert await runs.listed_at(0, 10) == ListedPage(0, ())
        assert await runs.listed_groups([group_id]) == []
        await runs.restore([newest, oldest])
        (back,) = (await runs.listed_at(0, 10)).rows
        assert isinstance(back, GroupSummary)
        assert back.run_count == 2
        assert await runs.empty_bin(NOW + 1) == 1
        assert (await runs.listed_at(0, 0)).length == 1

    with_runs(tmp_path / "novita.db", work)


def test_a_group_without_runs_is_not_listed(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        await runs.add_group(BATCH, NOW)
        assert await runs.listed_at(0, 5) == ListedPage(0, ())

    with_runs(tmp_path / "novita.db", work)


@settings(max_examples=15)
@given(st.lists(st.integers(1, 3), max_size=12), st.sets(st.integers(1, 36)))
def test_every_place_holds_one_row_in_falling_order(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], deleted: set[int]
) -> None:
    async def work(runs: RunStore) -> None:
        for size in sizes:
            await add_group(runs, size)
        await runs.delete(sorted(deleted), NOW)
        page = await runs.listed_at(0, 100)
        length, whole = page.length, page.rows
        assert len(whole) == length
        ids = [row.group_id for row in whole]
        assert ids == sorted(set(ids), reverse=True)
        left = sum(row.run_count if isinstance(row, GroupSummary) else 1 for row in whole)
        assert left == await runs.count()
        for place in range(length + 2):
            assert (await runs.listed_at(place, 3)).rows == whole[place : place + 3]

    with_runs(tmp_path_factory.mktemp("listing") / "novita.db", work)
