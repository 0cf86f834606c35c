"""Nothing is sent twice, whatever the host does, and no storm comes of a host that refuses."""

from __future__ import annotations

import asyncio
import os

import pytest

from novita_desktop.demo import DemoThread
from novita_desktop.demo.errors import ERRORS
from novita_desktop.demo.scenarios import NAMES
from novita_desktop.domain.requests import Lane, RetryPolicy
from novita_desktop.domain.runs import GroupKind, RunGroup, RunStatus
from novita_desktop.services.model_limits import FIRST_BACKGROUND_SLOTS, RESTS
from novita_desktop.services.retry import RetryRules
from tests.services.stage import MODEL, limits, open_stage, request

STORM_SECONDS = float(os.environ.get("NOVITA_TEST_STORM_SECONDS", "7"))

SUCCEEDS = {
    *("plain", "fail", "limit", "slow-start", "long", "truncated"),
    *("no-done", "no-space", "comments", "crlf", "odd-lines", "cut", "gzip"),
    *("tool-call", "reasoning-field", "null-first", "no-usage"),
}
"""What ends well; every other scenario must not be called a success."""

WITH_WORDS = {
    "broken",
    "broken-at",
    "ends-early",
    "error-midway",
    "hang-midway",
    "malformed",
    "no-finish",
}
"""What breaks off after words have come, which the host bills: it is never sent again."""

HELD = {"gate", "slow-drip"}
"""What takes long, and is played elsewhere."""


@pytest.mark.parametrize("scenario", sorted({*NAMES, *ERRORS} - HELD))
def test_the_host_sees_each_attempt_once(tmp_path, scenario):
    async def journey() -> None:
        host.play_always(f"error={scenario}" if scenario in ERRORS else f"{scenario}; ttft_ms=1")
        async with open_stage(tmp_path, host) as stage:
            asked = limits(first_word_seconds=0.5, silence_seconds=0.5)
            parameters = {"time_limits": asked}
            summary = await stage.run("Explain how tides work", **parameters)
            detail = await stage.detail(summary.id)
            sent = [entry.body.decode() for entry in host.chats]
            assert sent == [detail.request_body] * len(detail.attempts)
            assert 1 <= len(sent) <= 5
            expected = scenario in SUCCEEDS
            assert (summary.status is RunStatus.SUCCEEDED) == expected, summary
            if scenario in WITH_WORDS:
                assert detail.text
                assert len(sent) == 1
            assert [attempt.number for attempt in detail.attempts] == [*range(1, len(sent) + 1)]

    with DemoThread(speed=0) as host:
        asyncio.run(journey())


def test_two_hundred_rows_meet_a_host_that_refuses_all(tmp_path):
    """The slots of a batch are halved and rested after each refusal, so the host sees few."""
    slots, passed, most = FIRST_BACKGROUND_SLOTS, 0.0, 0
    for rest in (0.0, *RESTS, *[RESTS[-1]] * 100):
        passed += rest
        if passed > STORM_SECONDS:
            break
        most += slots
        slots = max(1, slots // 2)

    async def journey() -> int:
        host.play_always("rate-limited")
        group = RunGroup(GroupKind.BATCH, "Storm", Lane.BACKGROUND)
        async with open_stage(tmp_path, host, rules=RetryRules()) as stage:
            group = await stage.runs.open_group(group)
            for number in range(200):
                asked = request(f"Row {number}", MODEL, retry_policy=RetryPolicy.DEFAULT)
                await stage.runs.submit(asked, group)
            await asyncio.sleep(STORM_SECONDS)
            return len(host.chats)

    with DemoThread(speed=0) as host:
        seen = asyncio.run(journey())
    assert 1 < seen <= most
