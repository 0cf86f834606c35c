"""A crash loses at most the last second of streamed text, and never a run.

`NOVITA_TEST_KILLS=50 ./dev test tests/reliability` tries it as often as the promise says.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.domain.runs import RunDetail, RunStatus
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets

KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "5"))
PROMISED_SECONDS = 1.0
ROOT = Path(__file__).parents[2]


@dataclass
class Seen:
    """What came out of the program about one run: each piece of text with its time."""

    pieces: list[tuple[float, str]] = field(default_factory=list)
    status: str = ""

    def text_before(self, moment: float) -> str:
        return "".join(text for when, text in self.pieces if when <= moment)


def stream_until_killed(folder: Path, host, seconds: float) -> tuple[dict[int, Seen], float]:
    """Start the program, kill it after so long, and return what it told and when it ended."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.reliability.streaming_program"),
            *(str(folder), host.base_url, host.key),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    seen: dict[int, Seen] = {}
    started = threading.Event()

    def read() -> None:
        for line in process.stdout:
            now = time.monotonic()
            try:
                told = json.loads(line)
            except ValueError:
                continue  # the last line, cut by the kill
            run = seen.setdefault(told["run"], Seen())
            if told["event"] == "grew":
                run.pieces.append((now, told["text"]))
                started.set()
            elif told["event"] == "ended":
                run.status = told["status"]

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert started.wait(30), "the program streamed nothing"
        time.sleep(seconds)
    finally:
        killed_at = time.monotonic()
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
    return seen, killed_at


def stored_runs(folder: Path, host) -> dict[int, RunDetail]:
    """Open the folder as the next start does, and return every run in it."""

    async def read() -> dict[int, RunDetail]:
        options = WorkspaceOptions(data_folder=folder, base_url=host.base_url, key=host.key)
        workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
        try:
            summaries = await workspace.history.page(limit=10_000)
            return {s.id: await workspace.history.detail(s.id) for s in summaries}
        finally:
            await workspace.close()

    return asyncio.run(read())


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_loses_at_most_the_last_second(tmp_path):
    chance = random.Random(20_261_124)
    with DemoThread(speed=150, ttft_ms=50) as host:
        host.play_always("long")
        for number in range(KILLS):
            folder = tmp_path / "data"
            seen, killed_at = stream_until_killed(folder, host, chance.uniform(0.05, 2.5))
            stored = stored_runs(folder, host)
            assert seen
            for run_id, told in seen.items():
                detail = stored[run_id]
                promised = told.text_before(killed_at - PROMISED_SECONDS)
                assert detail.text.startswith(promised), f"kill {number}: text of run {run_id}"
                assert "".join(text for _, text in told.pieces).startswith(
                    detail.text[: sum(len(text) for _, text in told.pieces)]
                )
                expected = told.status or RunStatus.INTERRUPTED.value
                assert detail.summary.status.value in {expected, RunStatus.INTERRUPTED.value}
