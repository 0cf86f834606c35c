"""The rows behind runs: shared values once, no row of a run without its run, damage named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from novita_desktop.storage.schema import row_counts
from tests.storage.samples import add_runs, new_run, run_end, with_database


def test_connections_and_prices_are_kept_once_for_all_runs(tmp_path: Path) -> None:
    async def work(database: Database) -> dict[str, int]:
        runs = RunStore(database)
        await add_runs(runs, 10)
        await add_runs(runs, 10, base_url="http://127.0.0.1:1", prices=None)
        await add_runs(runs, 10)
        return await database.read(row_counts)

    counts = with_database(tmp_path / "novita.db", work)
    assert (counts["runs"], counts["connections"], counts["price_lists"]) == (30, 2, 1)


def test_what_belongs_to_a_run_goes_with_it(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        runs = RunStore(database)
        (first,) = await add_runs(runs, 1)
        retry = await runs.add(new_run(retry_of=first, continues=first))
        await runs.finish(retry.id, run_end())
        await database.call(lambda connection: connection.execute("DELETE FROM runs WHERE id = 1"))
        summary = await runs.summary(retry.id)
        assert summary is not None
        assert (summary.retry_of, summary.continues) == (None, None)
        counts = await database.read(row_counts)
        assert (counts["run_requests"], counts["run_answers"]) == (1, 1)
        assert (await runs.add(new_run())).id == 3

    with_database(tmp_path / "novita.db", work)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET status = 'dancing'",
        "UPDATE run_answers SET text_codec = 1, text = x'00'",
        "UPDATE run_answers SET error = 'x', error_codec = 0",
        "UPDATE price_lists SET prices = '{'",
        "UPDATE price_lists SET prices = '{\"bands\": []}'",
        "UPDATE run_requests SET retry_policy = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_run_that_is_not_whole_is_damage_not_a_crash(tmp_path: Path, statement: str) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute(statement)

    async def work(database: Database) -> None:
        runs = RunStore(database)
        run = await runs.add(new_run())
        await runs.finish(run.id, run_end())
        await database.call(spoil)
        with pytest.raises(DatabaseDamaged):
            await runs.detail(run.id)

    with_database(tmp_path / "novita.db", work)
