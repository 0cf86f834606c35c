"""What the history does with runs: searching, marks, the bin with its time, and many retries."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import DailyLimitReached
from novita_desktop.domain.history_search import HistoryQuery, parsed
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services.history import BIN_MICROSECONDS
from tests.services.stage import OTHER_MODEL, SetClock, open_stage

DAY = 24 * 3600 * 1_000_000
NOW = 1_795_000_000_000_000


def query(text: str) -> HistoryQuery:
    return parsed(text, date(2026, 11, 24))


def test_runs_are_found_as_soon_as_they_are_over(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            history = stage.workspace.history
            run = await stage.run("A squeaking hinge")
            await stage.run("Snow boots", model=OTHER_MODEL)
            assert [found.id for found in await history.search(query("hinge"))] == [run.id]
            assert await history.count_found(query("model:deepseek")) == 1
            assert await history.is_match(query("hinge"), run.id)
            details = [detail async for detail in history.details_found(query("boots"))]
            assert [detail.summary.message_head for detail in details] == ["Snow boots"]

    asyncio.run(journey())


def test_the_bin_is_emptied_after_thirty_days_and_not_before(
    tmp_path: Path, host: DemoHost
) -> None:
    clock = SetClock(NOW)

    async def journey() -> None:
        async with open_stage(tmp_path, host, clock=clock.clock()) as stage:
            history = stage.workspace.history
            runs = [await stage.run(f"Run {number}") for number in range(3)]
            retried = await stage.runs.retry(runs[0].id)
            await stage.watch.ended(retried.id)
            spent = await stage.workspace.spending.today()
            assert await history.delete([runs[0].id, runs[1].id]) == [runs[0].id, runs[1].id]
            clock.now = NOW + 29 * DAY
            await history.tidy()
            assert await history.restore([runs[1].id]) == [runs[1].id]
            clock.now = NOW + BIN_MICROSECONDS + 1
            await history.tidy()
            assert await history.restore([runs[0].id]) == []
            with pytest.raises(LookupError):
                await history.detail(runs[0].id)
            assert (await history.detail(retried.id)).summary.retry_of is None
            assert await history.count() == 3
            clock.now = NOW
            assert await stage.workspace.spending.today() == spent

    asyncio.run(journey())


def test_runs_of_an_earlier_program_are_found_after_the_next_start(
    tmp_path: Path, host: DemoHost
) -> None:
    fixture = Path(__file__).parents[1] / "storage" / "released" / "schema-0001.sql"
    with closing(sqlite3.connect(tmp_path / "novita.db", isolation_level=None)) as connection:
        connection.executescript(fixture.read_text("utf-8"))

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            history = stage.workspace.history
            await history.tidy()
            assert [run.id for run in await history.search(query("häuser"))] == [1]
            (kept,) = await history.search(query("status:interrupted"))
            assert kept.status is RunStatus.INTERRUPTED

    asyncio.run(journey())


def test_failed_runs_of_a_list_are_planned_and_run_again(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            history = stage.workspace.history
            host.script(["upstream", "upstream"])
            failed = [(await stage.run(f"Fails {number}")).id for number in range(2)]
            await stage.run("Succeeds")
            assert (await history.retry_plan(query("status:done"))).run_ids == ()
            assert (await history.retry_plan(query("message"))).run_ids == ()
            plan = await history.retry_plan(query(""))
            assert sorted(plan.run_ids) == failed
            again = await history.retry_all(plan)
            assert [run.retry_of for run in again] == failed
            for run in again:
                assert (await stage.watch.ended(run.id)).status is RunStatus.SUCCEEDED
            family = await history.family(again[0].id)
            assert [run.id for run in family] == [failed[0], again[0].id]

    asyncio.run(journey())


def test_above_the_daily_limit_nothing_is_retried_unless_confirmed(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            history = stage.workspace.history
            host.script(["upstream"])
            await stage.run("Fails")
            await stage.run("Succeeds")
            await stage.workspace.settings.change(daily_limit_units=1)
            plan = await history.retry_plan(query(""))
            with pytest.raises(DailyLimitReached):
                await history.retry_all(plan)
            assert await history.count() == 2
            (again,) = await history.retry_all(plan, confirmed_over_limit=True)
            await stage.watch.ended(again.id)

    asyncio.run(journey())
