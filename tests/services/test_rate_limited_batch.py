"""A batch against hosts that count requests, on virtual time: nothing fails, little is refused.

The hosts tell their limit to nobody, as Novita's does (novita/api.md section 6).
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from novita_desktop.domain.errors import RateLimited
from novita_desktop.domain.requests import Lane, RetryPolicy
from novita_desktop.services.events import Events
from novita_desktop.services.model_limits import ModelKey
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.run_queue import RunQueue
from tests.services.virtual_time import run_virtually

KEY = ModelKey("https://host", "a")
FED = 128


@dataclass(slots=True)
class CountingHost:
    """Takes so many requests within any minute, or within each minute of the clock."""

    per_minute: int
    latency: float
    is_clock: bool = False
    tells_when: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    taken: deque[float] = field(default_factory=deque)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    async def ask(self, accepted: Callable[[], None]) -> RateLimited | None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self.chance.uniform(0.005, 0.2))  # until the request is there
        now = loop.time()
        since = now // 60 * 60 if self.is_clock else now - 60
        while self.taken and self.taken[0] < since:
            self.taken.popleft()
        if len(self.taken) >= self.per_minute:
            self.refused.append(now)
            free_at = since + 60 if self.is_clock else self.taken[0] + 60
            return RateLimited(retry_after_seconds=free_at - now if self.tells_when else None)
        self.taken.append(now)
        self.answered.append(now)
        accepted()
        await asyncio.sleep(self.latency)
        return None


async def row(queue: RunQueue, host: CountingHost, rules: RetryRules) -> bool:
    """Send one row as a run does; return whether it was answered within its attempts."""
    attempt = 0
    while True:
        attempt += 1
        async with queue.ticket(KEY, Lane.BACKGROUND, lambda _: None) as ticket:
            error = await host.ask(ticket.accepted)
            if error is None:
                ticket.succeeded()
                return True
            ticket.refused(error.retry_after_seconds, is_rate_limit=True)
        wait = rules.wait_after(
            error, attempt, RetryPolicy.DEFAULT, Lane.BACKGROUND, has_words=False
        )
        if wait is None:
            return False
        await asyncio.sleep(wait)


def answered(host: CountingHost, rows: int, given: int = 0) -> tuple[bool, float]:
    """Run a batch; return whether no row failed, and how long it took."""

    async def journey() -> tuple[bool, float]:
        queue = RunQueue(Events(), interactive_slots=4, requests_per_minute=given)
        rules = RetryRules(chance=random.Random(8).random)
        numbers = iter(range(rows))

        async def some() -> bool:
            return all([await row(queue, host, rules) for _ in numbers])

        done = await asyncio.gather(*(some() for _ in range(FED)))
        seconds = asyncio.get_running_loop().time()
        queue.close()
        return all(done), seconds

    return run_virtually(journey())


def share_refused(host: CountingHost) -> float:
    """Return the share of requests after the first minute that were refused."""
    refused = sum(moment > 60 for moment in host.refused)
    return refused / max(1, refused + sum(moment > 60 for moment in host.answered))


@pytest.mark.parametrize("is_clock", [False, True], ids=["any minute", "clock's minute"])
@pytest.mark.parametrize("tells_when", [False, True], ids=["silent", "retry-after"])
@pytest.mark.parametrize(
    ("per_minute", "latency"), [(30, 0.3), (30, 8.0), (300, 0.25), (300, 6.0), (1_000, 2.0)]
)
def test_the_pace_is_what_the_host_allows(
    per_minute: int, latency: float, tells_when: bool, is_clock: bool
) -> None:
    host = CountingHost(per_minute, latency, is_clock, tells_when)
    minutes = 12
    is_whole, seconds = answered(host, per_minute * minutes)
    assert is_whole
    later = [moment for moment in host.answered if 60 < moment <= 600]
    assert len(later) >= 0.9 * per_minute * 9
    assert share_refused(host) < (0.05 if per_minute >= 300 else 0.08)
    assert seconds < 60 * minutes / 0.9


def test_a_figure_that_was_given_is_used_up_without_refusals() -> None:
    host = CountingHost(300, 0.25)
    is_whole, seconds = answered(host, 300 * 10, given=300)
    assert is_whole
    assert seconds < 60 * 10 / 0.9
    assert host.refused == []


def test_a_host_that_allows_more_later_is_used_more() -> None:
    host = CountingHost(60, 0.25)

    async def raise_limit() -> None:
        await asyncio.sleep(300)
        host.per_minute = 600

    async def journey() -> int:
        queue = RunQueue(Events(), interactive_slots=4)
        rules = RetryRules(chance=random.Random(8).random)
        raising = asyncio.create_task(raise_limit())
        rows = [asyncio.create_task(row(queue, host, rules)) for _ in range(20_000)]
        await asyncio.sleep(1_500)
        for each in rows:
            each.cancel()
        await asyncio.gather(raising, *rows, return_exceptions=True)
        queue.close()
        return sum(moment > 1_380 for moment in host.answered)

    assert run_virtually(journey()) >= 0.9 * 600 * 2
    assert share_refused(host) < 0.05


@dataclass(slots=True)
class BusyHost(CountingHost):
    """Refuses one request in five by chance, however many come."""

    @override
    async def ask(self, accepted: Callable[[], None]) -> RateLimited | None:
        if self.chance.random() < 0.2:
            return RateLimited()
        return await CountingHost.ask(self, accepted)


def test_a_busy_host_is_not_taken_for_one_that_counts() -> None:
    host = BusyHost(10**9, 0.25)
    _, seconds = answered(host, 1_000)
    assert len(host.answered) / seconds > 0.8
