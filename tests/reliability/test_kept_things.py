"""A crash while runs are deleted or presets are saved leaves the old or the new, never a mixture.

`NOVITA_TEST_KILLS=50 ./dev test tests/reliability` tries it as often as the promise says.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks._stored_runs import fill
from novita_desktop.domain.history_search import HistoryQuery, SearchWord
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from tests.reliability.keeping_program import TOGETHER

KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "5"))
RUNS = 400 + 200 * KILLS
ROOT = Path(__file__).parents[2]


def act_until_killed(folder: Path, seed: int, seconds: float) -> list[dict]:
    """Start the program, kill it so long after its first act, and return what it told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.keeping_program", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    told: list[dict] = []
    started = threading.Event()

    def read() -> None:
        for line in process.stdout:
            try:
                told.append(json.loads(line))
            except ValueError:
                continue  # the last line, cut by the kill
            started.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert started.wait(30), "the program did nothing"
        time.sleep(seconds)
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
    return told


def look(folder: Path) -> dict[int, int | None]:
    """Open the folder as the next start does; check what must always hold; return who is deleted."""

    async def check() -> None:
        options = WorkspaceOptions(folder, base_url="http://127.0.0.1:9/v1", is_demo=True)
        workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
        try:
            await check_presets(workspace)
            await check_lists(workspace)
        finally:
            await workspace.close()

    asyncio.run(check())
    with closing(sqlite3.connect(folder / "novita.db")) as file:
        file.execute("INSERT INTO run_search (run_search, rank) VALUES ('integrity-check', 0)")
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        indexed = {row[0] for row in file.execute("SELECT id FROM run_search_docsize")}
        marked = {row[0] for row in file.execute("SELECT id FROM runs WHERE is_indexed = 1")}
        assert indexed == marked
        return dict(file.execute("SELECT id, deleted_at FROM runs").fetchall())


async def check_presets(workspace: Workspace) -> None:
    """Check that every version of every preset is whole, and presets come together."""
    together: dict[str, int] = {}
    for preset in workspace.presets.current:
        versions = await workspace.presets.versions(preset.id)
        assert [version.number for version in versions] == list(range(preset.version, 0, -1))
        for form in (preset.form, *(version.form for version in versions)):
            assert form.system == form.model * 50
            assert form.message == form.model * 400
        first = versions[-1].form.model
        together[first] = together.get(first, 0) + 1
    assert set(together.values()) <= {TOGETHER}


async def check_lists(workspace: Workspace) -> None:
    """Check that the list by place, the list by key and the search agree."""
    history = workspace.history
    runs = await history.page(limit=100_000)
    listed = await history.listed_at(0, 100_000)
    assert listed.length == len(listed.rows) == len(runs) == await history.count()
    noted = [run.id for run in runs if run.note]
    words = (SearchWord("zxnote", is_start=True),)  # no made-up word begins so
    found = await history.search(HistoryQuery(words=words), None, 100_000)
    assert {run.id for run in found} == set(noted)


def assert_whole(told: list[dict], before: dict, after: dict) -> None:
    """Check what the last act came to: all of it or nothing; those before it are all there."""
    act = told[-1] if "act" in told[-1] else None
    state = {run_id: deleted_at is not None for run_id, deleted_at in before.items()}
    emptied = False
    for line in told:
        match line.get("done"):
            case "delete":
                state.update(dict.fromkeys(line["ids"], True))
            case "restore":
                state.update(dict.fromkeys(line["ids"], False))
            case "empty":
                emptied = emptied or line["count"] > 0
    if act is not None and act["act"] == "empty":
        emptied = True
    uncertain = set(act["ids"]) if act and act["act"] in {"delete", "restore"} else set()
    for run_id, was_deleted in state.items():
        if run_id in after:
            is_deleted = after[run_id] is not None
            assert run_id in uncertain or is_deleted == was_deleted
        else:
            assert emptied
            assert was_deleted or run_id in uncertain
    if uncertain and not emptied:
        wanted = act["act"] == "delete"
        changed = {run_id for run_id in uncertain if state[run_id] != wanted}
        now = {run_id for run_id in changed if (after[run_id] is not None) == wanted}
        assert now in (set(), changed), "half of the runs were moved"


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_leaves_what_was_or_what_is_to_be(tmp_path):
    asyncio.run(fill(tmp_path / "novita.db", RUNS))
    chance = random.Random(20_261_125)
    before = look(tmp_path)
    acts: list[str] = []
    for number in range(KILLS):
        told = act_until_killed(tmp_path, number, chance.uniform(0.02, 1.0))
        after = look(tmp_path)
        assert_whole(told, before, after)
        acts += [line["done"] for line in told if "done" in line]
        before = after
    assert {"delete", "save"} <= set(acts)
