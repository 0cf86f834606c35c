"""A private run leaves nothing on the disk but what it cost, and is a run like any other until then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import DailyLimitReached
from novita_desktop.domain.requests import PresetUse, RetryPolicy
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services import private_runs
from novita_desktop.services.events import RunAdded
from tests.services.stage import open_stage, request

SECRETS = ("zanzibarite", "flugelhorn", "quinquagenarian", "brobdingnagian")
MESSAGE, VALUE, PRESET, ANSWER = SECRETS
PRIVATE = replace(
    request(f"Tell me of {MESSAGE}", variables={"name": VALUE}, preset=PresetUse(1, 1, PRESET)),
    is_private=True,
)


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[None]:
    """Write everything that is logged into the data folder, whatever its level."""
    target = logging.FileHandler(tmp_path / "everything.log")
    root = logging.getLogger()
    level = root.level
    root.addHandler(target)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(target)
    root.setLevel(level)
    target.close()


def leaks(folder: Path) -> list[str]:
    """Return where in the folder one of the secret words stands."""
    return [
        f"{word} in {path.name}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in SECRETS
        if word.encode() in path.read_bytes().lower()
    ]


def test_a_private_run_leaves_only_its_cost(tmp_path: Path, host: DemoHost, logs: None) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            host.script([f"text={ANSWER} is the answer"])
            started = await stage.runs.submit(PRIVATE)
            ended = await stage.watch.ended(started.id)
            assert ended.is_private
            assert ended.status is RunStatus.SUCCEEDED
            detail = await stage.detail(started.id)
            assert (detail.text, detail.variables) == (f"{ANSWER} is the answer", {"name": VALUE})
            assert [attempt.status for attempt in detail.attempts] == [200]
            assert await stage.workspace.history.page() == []
            assert await stage.workspace.history.count() == 0
            assert ended.cost is not None
            exact, estimated = await stage.workspace.spending.today()
            assert exact + estimated == ended.cost.units > 0
            assert leaks(tmp_path) == []

    asyncio.run(journey())
    assert leaks(tmp_path) == []


def test_a_private_run_that_fails_or_is_stopped_leaves_nothing(
    tmp_path: Path, host: DemoHost, logs: None
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            for expected, script in (
                (RunStatus.SUCCEEDED, "server-error"),  # tried again, then answered
                (RunStatus.FAILED, "bad-parameter"),
                (RunStatus.STOPPED, f"gate; gate_after=1; text={ANSWER} a b c"),
            ):
                host.script([script])
                run = await stage.runs.submit(PRIVATE)
                if expected is RunStatus.STOPPED:
                    await stage.watch.until(lambda run=run: _has_words(stage, run.id))
                    await stage.runs.stop(run.id)
                assert (await stage.watch.ended(run.id)).status is expected

    asyncio.run(journey())
    assert leaks(tmp_path) == []


def _has_words(stage, run_id: int) -> bool:
    snapshot = stage.runs.snapshot(run_id)
    return snapshot is not None and bool(snapshot.text)


def test_a_retry_of_a_private_run_is_private(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            first = await stage.watch.ended((await stage.runs.submit(PRIVATE)).id)
            second = await stage.watch.ended((await stage.runs.retry(first.id)).id)
            assert second.is_private
            assert second.retry_of == first.id
            open_one = await stage.run()
            assert not open_one.is_private
            added = [event.summary.is_private for event in stage.watch.all(RunAdded)]
            assert added == [True, True, False]
            assert [run.id for run in await stage.workspace.history.page()] == [open_one.id]

    asyncio.run(journey())
    assert leaks(tmp_path) == []


def test_the_daily_limit_holds_for_private_runs(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.settings.change(daily_limit_units=1)
            await stage.watch.ended((await stage.runs.submit(PRIVATE)).id)
            with pytest.raises(DailyLimitReached):
                await stage.runs.submit(PRIVATE)
            with pytest.raises(DailyLimitReached):
                await stage.runs.submit(request())

    asyncio.run(journey())


def test_what_is_not_charged_adds_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            host.script(["server-error"])
            run = await stage.runs.submit(replace(PRIVATE, retry_policy=RetryPolicy.NONE))
            assert (await stage.watch.ended(run.id)).status is RunStatus.FAILED
            assert await stage.workspace.spending.today() == (0, 0)

    asyncio.run(journey())


def test_only_the_newest_answers_are_remembered(
    tmp_path: Path, host: DemoHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_runs, "MOST_REMEMBERED", 1)

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            first = await stage.watch.ended((await stage.runs.submit(PRIVATE)).id)
            second = await stage.watch.ended((await stage.runs.submit(PRIVATE)).id)
            assert (await stage.detail(second.id)).text
            with pytest.raises(LookupError):
                await stage.detail(first.id)

    asyncio.run(journey())
