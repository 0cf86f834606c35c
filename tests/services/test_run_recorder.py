"""What is written when, and what happens while nothing can be written.

The disk is made full for real: SQLite's page limit gives the error that a full disk gives.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import DiskFull, StorageError
from novita_desktop.domain.requests import Parameters
from novita_desktop.domain.runs import RunPhase, RunStatus
from novita_desktop.services.events import RunAdded, RunEnded, RunGrew, TroubleReported
from novita_desktop.storage.database import Database
from novita_desktop.storage.locations import database_file
from novita_desktop.storage.run_store import RunStore
from tests.services.stage import Stage, eventually, open_stage, request

LONG = random.Random(7).randbytes(40_000).hex()
"""More than the file's free pages hold, and nothing that could be compressed away."""

MANY = Parameters(max_tokens=16_000)


def database_of(stage: Stage) -> Database:
    return stage.runs._parts.keeper._store._database


async def fill_the_disk(stage: Stage) -> None:
    def work(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    await database_of(stage).read(work)


async def empty_the_disk(stage: Stage) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1000000")

    await database_of(stage).read(work)


async def wait_for_words(stage: Stage) -> None:
    await stage.watch.until(lambda: stage.watch.all(RunGrew))


def test_words_are_stored_while_they_arrive(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("gate; gate_after=3; text=One two three four five")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_words(stage)
            store = RunStore(database_of(stage))
            async with asyncio.timeout(5):
                while not (await store.text_of(started.id))[0]:  # noqa: ASYNC110  # no event tells
                    await asyncio.sleep(0.01)
            detail = await store.detail(started.id)
            assert detail is not None
            assert detail.text == "".join(e.text for e in stage.watch.all(RunGrew))
            assert detail.summary.status is RunStatus.RUNNING
            assert [a.status for a in detail.attempts] == [200]
            host.release("gate")
            await stage.watch.ended(started.id)

    asyncio.run(journey())


def test_a_full_disk_while_streaming_costs_no_word_and_is_made_up_for(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always(f"gate; gate_after=3; text={LONG}")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request(parameters=MANY))
            await wait_for_words(stage)
            await fill_the_disk(stage)
            host.release("gate")
            summary = await stage.watch.ended(started.id)
            assert summary.status is RunStatus.SUCCEEDED
            assert summary.usage is not None
            troubles = [event.error for event in stage.watch.all(TroubleReported)]
            assert [type(error) for error in troubles] == [DiskFull]
            # Not on the disk, but whoever looks sees all of it.
            assert (await stage.detail(started.id)).text == LONG
            assert (await stage.detail(started.id)).summary.status is RunStatus.SUCCEEDED
            await empty_the_disk(stage)
            recorder = stage.runs._parts.recorder
            await eventually(lambda: not recorder.unsaved_count)
            assert (await stage.detail(started.id)).text == LONG
        async with open_stage(tmp_path, host) as stage:
            stored = await stage.detail(started.id)
            assert stored.summary.status is RunStatus.SUCCEEDED
            assert stored.text == LONG
            assert [a.status for a in stored.attempts] == [200]
        assert len(host.chats) == 1

    asyncio.run(journey())


def test_space_that_comes_back_before_the_end_is_used_at_the_end(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always(f"plain; text={LONG}")
        async with open_stage(tmp_path, host, repeat_seconds=3_600.0) as stage:
            started = await stage.runs.submit(request(parameters=MANY))
            await fill_the_disk(stage)
            await stage.watch.ended(started.id)
            assert stage.runs._parts.recorder.unsaved_count == 1
            await empty_the_disk(stage)
        async with open_stage(tmp_path, host) as stage:
            assert (await stage.detail(started.id)).text == LONG

    asyncio.run(journey())


def test_with_a_full_disk_nothing_new_is_sent(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await fill_the_disk(stage)
            with pytest.raises(DiskFull):
                await stage.runs.submit(request(LONG))
            assert host.chats == []
            assert stage.watch.all(RunAdded) == []
            await empty_the_disk(stage)
            assert (await stage.run()).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Hold the data file's write lock, as another program would."""
    connection = sqlite3.connect(database_file(folder), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def test_a_file_that_fails_every_write_does_not_stop_a_run(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("gate; gate_after=3; text=One two three four five six")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_words(stage)

            def impatient(connection: sqlite3.Connection) -> None:
                connection.execute("PRAGMA busy_timeout = 10")

            await database_of(stage).read(impatient)
            async with locked(tmp_path):
                host.release("gate")
                summary = await stage.watch.ended(started.id)
                assert summary.status is RunStatus.SUCCEEDED
                troubles = [event.error for event in stage.watch.all(TroubleReported)]
                assert troubles
                assert all(isinstance(error, StorageError) for error in troubles)
            recorder = stage.runs._parts.recorder
            await eventually(lambda: not recorder.unsaved_count)
            stored = await stage.detail(started.id)
            assert stored.text == "".join(e.text for e in stage.watch.all(RunGrew))
            assert len(stage.watch.all(RunEnded)) == 1

    asyncio.run(journey())


PROGRAM = """
import asyncio, pathlib, sys
from novita_desktop.services.events import Events, RunGrew
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from tests.services.stage import request

async def main():
    events, loop = Events(), asyncio.get_running_loop()
    words = []
    def note(event):
        if isinstance(event, RunGrew):
            words.append(event.text)
            print(len("".join(words)), flush=True)
    events.listen(note)
    options = WorkspaceOptions(
        pathlib.Path(sys.argv[1]), base_url=sys.argv[2], is_demo=True, demo_key="sk_demo_key"
    )
    workspace = await Workspace.open(options, events)
    await workspace.runs.submit(request("Tell me"))
    await asyncio.Event().wait()

asyncio.run(main())
"""


def test_killing_the_program_loses_at_most_the_last_second(tmp_path: Path, host: DemoHost) -> None:
    host.play_always("gate; gate_after=30; tokens=200; speed=50; ttft_ms=0")
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), host.base_url],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        assert process.stdout is not None
        assert host.wait_until_held("gate", 20)
        # Held: nothing more arrives. A second later all that came must be on the disk.
        asyncio.run(asyncio.sleep(1.0))
    finally:
        process.kill()
    output = process.communicate(timeout=20)[0]
    arrived = int(output.split()[-1])
    assert arrived > 0

    async def look() -> None:
        async with open_stage(tmp_path, host) as stage:
            (run,) = await stage.workspace.history.page()
            assert run.status is RunStatus.INTERRUPTED
            detail = await stage.detail(run.id)
            assert len(detail.text) == arrived
            assert [a.number for a in detail.attempts] == [1]
            again = await stage.runs.retry(run.id)
            host.release("gate")
            assert (await stage.watch.ended(again.id)).status is RunStatus.SUCCEEDED
            assert host.chats[0].body == host.chats[1].body

    asyncio.run(look())


def test_a_waiting_run_says_so_in_the_file(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await stage.watch.until(
                lambda: (
                    stage.watch.phases(started.id)
                    and stage.watch.phases(started.id)[-1].phase is RunPhase.BACKING_OFF
                )
            )
            store = RunStore(database_of(stage))
            await database_of(stage).flush()
            async with asyncio.timeout(5):
                run = await store.summary(started.id)
                while run is None or run.status is not RunStatus.WAITING:
                    await asyncio.sleep(0.01)
                    run = await store.summary(started.id)
            assert run.attempt_count == 1
            await stage.runs.stop(started.id)

    asyncio.run(journey())
