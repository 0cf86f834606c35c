"""Each way to run a column anew makes its own request, linked to the run before."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.requests import Parameters
from novita_desktop.domain.runs import GroupKind, RunGroup
from novita_desktop.services.column_reruns import Again, AgainKind, run_anew
from tests.services.stage import open_stage


@pytest.mark.parametrize(
    ("again", "said", "left_out"),
    [
        (Again(), '"max_tokens":64', ""),
        (Again(AgainKind.RAISE), '"max_tokens":128', '"max_tokens":64'),
        (Again(AgainKind.WITHOUT, "seed"), '"max_tokens":64', "seed"),
        (Again(AgainKind.CONTINUE), "Continue exactly", ""),
    ],
)
def test_a_run_is_made_anew(
    tmp_path: Path, host: DemoHost, again: Again, said: str, left_out: str
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            host.script(["text=One two three", "text=four"])
            old = await stage.run("Count", parameters=Parameters(max_tokens=64, seed=7))
            group = RunGroup(GroupKind.COMPARISON, id=old.group_id)
            started = await run_anew(stage.runs, old.id, again, group, is_confirmed=True)
            ended = await stage.watch.ended(started.id)
            body = (await stage.detail(started.id)).request_body
            assert said in body
            assert not left_out or left_out not in body
            assert ended.group_id == old.group_id
            assert old.id in {ended.retry_of, ended.continues}

    asyncio.run(journey())
