"""The one path of every run, against the demo host and a real data file."""

from __future__ import annotations

import asyncio
from pathlib import Path

from novita_desktop.demo import DemoHost
from novita_desktop.domain.runs import RunPhase, RunStatus
from novita_desktop.services.events import RunAdded, RunGrew
from tests.services.stage import open_stage, request


def test_a_run_is_recorded_streamed_and_finished(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request("Hello"))
            assert started.status is RunStatus.QUEUED
            summary = await stage.watch.ended(started.id)
            assert summary.status is RunStatus.SUCCEEDED
            assert summary.usage is not None
            assert summary.cost is not None
            assert not summary.cost.is_estimate
            assert summary.charged is True
            detail = await stage.detail(started.id)
            grown = "".join(event.text for event in stage.watch.all(RunGrew))
            assert detail.text == grown != ""
            assert detail.raw_response
            assert [a.status for a in detail.attempts] == [200]
            assert [e.summary.id for e in stage.watch.all(RunAdded)] == [started.id]
            assert [p.phase for p in stage.watch.phases(started.id)] == [
                RunPhase.CONNECTING,
                RunPhase.WAITING_FOR_FIRST_WORD,
                RunPhase.WRITING,
            ]
            assert host.chats[0].body.decode() == detail.request_body

    asyncio.run(journey())
