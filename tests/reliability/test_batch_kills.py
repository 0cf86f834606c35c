"""Killed while a batch runs, the program goes on with it, and no finished row is paid for twice.

`NOVITA_TEST_KILLS=20 ./dev test tests/reliability` kills it twenty times during 2,000 rows.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.demo.request_log import LogEntry
from novita_desktop.services.batch_feed import MOST_FED
from novita_desktop.services.run_queue import MOST_BACKGROUND_RUNS
from novita_desktop.storage.locations import database_file

KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "4"))
ROWS = 100 * KILLS
STORED_SECONDS = 2.0
"""An answer that the host had sent so long before a kill is stored, however busy the machine is."""

READ_SECONDS = 0.5
"""A request that was on its way at a kill is read by the host so much later; no program starts as
fast."""

ROOT = Path(__file__).parents[2]


def started(folder: Path, host: DemoHost) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.reliability.batch_program"),
            *(str(folder), host.base_url, host.key, str(ROWS)),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )


def run_until_killed(folder: Path, host: DemoHost, seconds: float) -> tuple[float, bool]:
    """Kill the program so long after its first row; return when, and whether it was done."""
    process = started(folder, host)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"running\n"
        time.sleep(seconds)
    finally:
        killed_at = time.monotonic()
        process.kill()
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
    return killed_at, rest == b"done\n"


def stored(folder: Path, query: str) -> dict[str, int]:
    with closing(sqlite3.connect(database_file(folder))) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return dict(database.execute(query).fetchall())


def asked_for(host: DemoHost) -> dict[str, list[LogEntry]]:
    """Return what the host was asked for, by row."""
    found = defaultdict(list)
    for chat in host.chats:
        found[json.loads(chat.body)["messages"][-1]["content"]].append(chat)
    return found


@pytest.mark.timeout(60 + 20 * KILLS)
def test_killed_again_and_again_every_row_is_done_once(tmp_path: Path) -> None:
    chance = random.Random(20_261_127)
    folder = tmp_path / "data"
    kills: list[float] = []
    with DemoThread(speed=0) as host:
        host.play_always("plain; latency_ms=150; tokens=20")
        for number in range(KILLS):
            killed_at, is_done = run_until_killed(folder, host, chance.uniform(0.0, 0.5))
            assert not is_done, f"done before kill {number}"
            kills.append(killed_at)
        process = started(folder, host)
        output, _ = process.communicate()
        assert output == b"running\ndone\n"
        asked = asked_for(host)
    rows = stored(folder, "SELECT state, count(*) FROM batch_rows GROUP BY state")
    assert rows == {"done": ROWS}
    runs = stored(folder, "SELECT status, count(*) FROM runs GROUP BY status")
    assert runs.pop("succeeded") == ROWS
    assert set(runs) == {"interrupted"}
    assert runs["interrupted"] <= KILLS * MOST_FED
    assert set(asked) == {f"Sum up: review {number}" for number in range(1, ROWS + 1)}
    beyond = [chat for chats in asked.values() for chat in chats[:-1]]
    assert 0 < len(beyond) <= KILLS * MOST_BACKGROUND_RUNS
    for chat in beyond:
        assert chat.ended_at is not None
        assert any(
            chat.received_at <= moment + READ_SECONDS
            and (chat.hung_up or chat.ended_at > moment - STORED_SECONDS)
            for moment in kills
        ), "a row was sent again that was not on its way at a kill"
