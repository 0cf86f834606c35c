"""Long reads beside the writes: nothing waits for them, and they end when nobody waits any more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import with_database
from tests.storage.test_run_search import query


def test_a_cancelled_search_ends_and_the_next_one_does_not_wait(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )

    async def work(database: Database) -> None:
        search = asyncio.create_task(
            database.read_aside(lambda connection: connection.execute(endless).fetchone())
        )
        await asyncio.sleep(0.05)
        assert not search.done()
        # The endless read holds up neither a write nor, once it is cancelled, another search.
        await database.flush()
        search.cancel()
        async with asyncio.timeout(5):
            assert await RunStore(database).search(query("hinge")) == []

    with_database(tmp_path / "novita.db", work)
    assert caplog.records == []  # it is no trouble


def test_a_search_after_the_end_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        database = await Database.open(tmp_path / "novita.db")
        await RunStore(database).search(query("hinge"))
        await database.close()
        with pytest.raises(Exception, match="closed"):
            await RunStore(database).search(query("hinge"))
        assert not (tmp_path / "novita.db-wal").exists()

    asyncio.run(work())
