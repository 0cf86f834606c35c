"""Hours of work do not wear the program out.

`NOVITA_TEST_RUNS=100000 ./dev test tests/reliability/test_endurance.py` makes as many runs as the
promise says.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from tests.journeys.conftest import host, play, start
from tests.services.stage import MODEL, request

__all__ = ["host", "play", "start"]

RUNS = int(os.environ.get("NOVITA_TEST_RUNS", "1500"))
WINDOW_RUNS = int(os.environ.get("NOVITA_TEST_WINDOW_RUNS", "60"))
AT_ONCE = 12
ALLOWED_GROWTH_BYTES = 12_000_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts as Linux shows it")


def state() -> dict[str, int]:
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return {
        "memory": resident,
        "handles": len(os.listdir("/proc/self/fd")),  # noqa: PTH208  # counted, not used
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks()),
    }


@pytest.mark.timeout(120 + RUNS // 10)
def test_memory_handles_threads_and_tasks_stay_flat(tmp_path):
    async def journey() -> tuple[dict[str, int], dict[str, int], int]:
        options = WorkspaceOptions(
            tmp_path, base_url=host.base_url, is_demo=True, demo_key="sk_demo_endurance"
        )
        events = Events()
        workspace = await Workspace.open(options, events)

        async def some(count: int) -> None:
            numbers = iter(range(count))

            async def worker() -> None:
                for _ in numbers:
                    started = await workspace.runs.submit(request("Hi", MODEL))
                    while workspace.runs.snapshot(started.id) is not None:  # noqa: ASYNC110
                        await asyncio.sleep(0.005)

            await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
            await asyncio.sleep(1)

        try:
            await some(RUNS // 3)
            host.reset()
            before = state()
            await some(RUNS - RUNS // 3)
            host.reset()
            return before, state(), await workspace.history.count()
        finally:
            await workspace.close()

    with DemoThread(speed=0) as host:
        before, after, count = asyncio.run(journey())
    assert count == RUNS // 3 + RUNS - RUNS // 3
    assert after["tasks"] <= before["tasks"]
    assert after["threads"] <= before["threads"]
    assert after["handles"] <= before["handles"] + 2
    assert after["memory"] - before["memory"] < ALLOWED_GROWTH_BYTES, (before, after)


@pytest.mark.timeout(120 + WINDOW_RUNS)
def test_the_window_stays_flat(play, host):
    told = play(
        "tests.reliability.scenes:run_again_and_again",
        *("--base-url", host.base_url),
        NOVITA_API_KEY=host.key,
        SCENE_RUNS=str(WINDOW_RUNS),
    )
    before, after = json.loads(told)
    assert after["widgets"] <= before["widgets"]
    assert after["tasks"] <= before["tasks"] + 1
    assert after["threads"] <= before["threads"] + 1
    assert after["handles"] <= before["handles"] + 2
    assert after["memory"] - before["memory"] < ALLOWED_GROWTH_BYTES, (before, after)
