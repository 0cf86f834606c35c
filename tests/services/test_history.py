"""Past runs: pages, details, and forms to run again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.prompt_form import RunDefaults, resolve
from novita_desktop.domain.requests import (
    FormatKind,
    Message,
    Parameters,
    ResponseFormat,
    RetryPolicy,
    Role,
    RunRequest,
    TimeLimits,
)
from tests.services.stage import MODEL, open_stage


def test_pages_are_newest_first_and_complete(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            ids = [(await stage.run(f"Question {n}")).id for n in range(5)]
            history = stage.workspace.history
            assert await history.count() == 5
            first = await history.page(limit=3)
            second = await history.page(before=first[-1].id, limit=3)
            assert [run.id for run in (*first, *second)] == ids[::-1]
            assert first[0].message_head == "Question 4"
            with pytest.raises(LookupError):
                await history.detail(999)

    asyncio.run(journey())


def test_a_run_opens_as_the_form_that_makes_the_same_request(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        wanted = RunRequest(
            MODEL,
            (Message(Role.SYSTEM, "Be {{ brief }}"), Message(Role.USER, "Say {% hello %}")),
            Parameters(
                temperature=0.5,
                max_tokens=64,
                stop=("END", "\n\n"),
                response_format=ResponseFormat(FormatKind.JSON_OBJECT),
            ),
            extra={"user": "u1"},
            retry_policy=RetryPolicy.NONE,
            time_limits=TimeLimits(3.0, 4.0, 5.0),
        )
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(wanted)
            form = await stage.workspace.history.form_of(started.id)
            assert resolve(form, None, RunDefaults()) == wanted
            await stage.watch.ended(started.id)
            form = await stage.workspace.history.form_of(started.id)
            assert resolve(form, None, RunDefaults()) == wanted

    asyncio.run(journey())


def test_values_of_past_runs_come_once_each(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            for name in ("Ann", "Ben", "Ann"):
                await stage.run("Hello", variables={"name": name, "old": "x"})
            history = stage.workspace.history
            found = await history.filled_values(("name", "city"))
            assert [each.values for each in found] == [
                {"name": "Ann", "city": ""},
                {"name": "Ben", "city": ""},
            ]
            assert await history.filled_values(("city",)) == ()
            assert await history.filled_values(("name",), preset_id=7) == ()

    asyncio.run(journey())
