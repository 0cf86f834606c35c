"""An answer that continues others is read with them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from novita_desktop.demo import DemoHost
from novita_desktop.services.whole_answers import text_before
from tests.services.stage import open_stage, request


def test_what_a_run_continues_stands_before_it(tmp_path: Path, host: DemoHost) -> None:
    host.script(["text=One-", "text=two-", "text=three"])

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            run = await stage.runs.submit(request())
            await stage.watch.ended(run.id)
            assert await text_before(stage.runs, run) == ""
            for before in ("One-", "One-two-"):
                run = await stage.runs.continue_run(run.id)
                await stage.watch.ended(run.id)
                assert await text_before(stage.runs, run) == before

    asyncio.run(journey())
