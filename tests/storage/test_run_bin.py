"""Deleting runs: back within 30 days, then gone without a trace, whatever happens in between."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from novita_desktop.domain.history_search import parsed
from novita_desktop.domain.runs import GroupKind, RunGroup, RunProgress, RunStatus
from novita_desktop.storage.opening import note_file, open_file
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, add_runs, new_run, python, run_end, with_runs

SECRET = "zanzibarine"


async def found(runs: RunStore, text: str) -> list[int]:
    return [run.id for run in await runs.search(parsed(text, date(2026, 11, 24)))]


def test_deleted_runs_leave_the_list_and_come_back(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        ids = await add_runs(runs, 4)
        assert await runs.delete(ids[:2], NOW) == ids[:2]
        assert await runs.delete(ids[:3], NOW) == [ids[2]]
        assert await runs.count() == 1
        assert [run.id for run in await runs.page()] == [ids[3]]
        assert await found(runs, "answer") == [ids[3]]
        assert await found(runs, "is:deleted answer") == ids[2::-1]
        assert await runs.restore(ids) == ids[:3]
        assert await runs.count() == 4
        assert await found(runs, "answer") == ids[::-1]

    with_runs(tmp_path / "novita.db", work)


def test_a_run_that_goes_on_is_not_deleted(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
        run = await runs.add(new_run(group))
        assert await runs.delete([run.id], NOW) == []
        assert await runs.count() == 1

    with_runs(tmp_path / "novita.db", work)


def test_the_bin_is_emptied_of_what_is_due_and_of_nothing_else(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        ids = await add_runs(runs, 5)
        spent = await runs.spent_between(0, 2**60)
        await runs.delete(ids[:2], NOW)
        await runs.delete([ids[2]], NOW + 10)
        assert await runs.empty_bin(NOW + 5) == 2
        assert await runs.empty_bin(NOW + 5) == 0
        assert await runs.detail(ids[0]) is None
        assert await runs.restore(ids) == [ids[2]]
        assert await runs.count() == 3
        assert await runs.spent_between(0, 2**60) == spent

    with_runs(tmp_path / "novita.db", work)


def test_what_is_gone_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"

    async def work(runs: RunStore) -> None:
        await add_runs(runs, 30)
        group = await runs.add_group(RunGroup(GroupKind.PROMPT, SECRET), NOW)
        body = json.dumps({"messages": [{"role": "user", "content": f"Tell me of {SECRET}"}]})
        run = await runs.add(new_run(group, f"Tell me of {SECRET}", request_body=body))
        await runs.save_progress([RunProgress(run.id, RunStatus.RUNNING, f"It is {SECRET} " * 900)])
        await runs.finish(run.id, run_end(f"It is {SECRET}."))
        await runs.set_note(run.id, SECRET)
        await add_runs(runs, 30)
        assert await found(runs, SECRET) == [run.id]
        await runs.delete([run.id], NOW)
        assert await runs.empty_bin(NOW + 1) == 1
        while await runs.scrub_index():
            pass

    with_runs(path, work)
    assert SECRET.encode() not in path.read_bytes()
    assert [item.name for item in tmp_path.iterdir() if "-wal" in item.name] == []


def test_after_emptying_most_of_a_history_the_next_start_misses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    with_runs(path, lambda runs: add_runs(runs, 40))

    async def work(runs: RunStore) -> None:
        await runs.delete(list(range(1, 31)), NOW)
        assert await runs.empty_bin(NOW + 1) == 30
        # The program ends here without noting anything.
        assert json.loads(note_file(path).read_text("utf-8"))["runs"] == 10

    with_runs(path, work)
    open_file(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_while_deleting_the_runs_are_there_or_gone_and_never_half(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    count = 600
    with_runs(path, lambda runs: add_runs(runs, count))
    code = """
import asyncio, sys
from pathlib import Path
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
async def work():
    runs = RunStore(await Database.open(Path(sys.argv[1])))
    print("ready", flush=True)
    first = int(sys.argv[2])
    await runs.delete(list(range(first, first + 100)), 1)
    while await runs.empty_bin(2):
        pass
    while await runs.scrub_index():
        pass
    print("done", flush=True)
asyncio.run(work())
"""
    for turn, moment in enumerate((0.0, 0.005, 0.01, 0.02, 0.05)):
        process = python(code, path, 1 + turn * 100)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        process.kill()
        process.communicate()
        with closing(open_file(path)) as connection:  # no RunsMissing, no damage
            _check_whole(connection)
            (there,) = connection.execute("SELECT count(*) FROM runs").fetchone()
            (deleted,) = connection.execute(
                "SELECT count(*) FROM runs WHERE deleted_at IS NOT NULL"
            ).fetchone()
            assert (count - there) % 100 == 0
            assert deleted % 100 == 0


def _check_whole(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO run_search (run_search) VALUES ('integrity-check')")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    (indexed,) = connection.execute("SELECT count(*) FROM run_search").fetchone()
    (marked,) = connection.execute("SELECT count(*) FROM runs WHERE is_indexed = 1").fetchone()
    assert indexed == marked
    for table in ("run_requests", "run_answers"):
        (strays,) = connection.execute(
            f"SELECT count(*) FROM {table} WHERE run_id NOT IN (SELECT id FROM runs)"
        ).fetchone()
        assert strays == 0
