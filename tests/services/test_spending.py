"""Today's spending, by the person's own midnight."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.services.events import SpendingChanged
from novita_desktop.services.spending import day_around
from tests.services.stage import SetClock, open_stage

HOUR = 3_600 * 1_000_000


def microseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000


@pytest.fixture
def berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs a zone that can be set")
@pytest.mark.parametrize(
    ("now", "start", "hours"),
    [
        ("2026-11-24T12:00:00+01:00", "2026-11-24T00:00:00+01:00", 24),
        ("2026-11-24T00:00:00+01:00", "2026-11-24T00:00:00+01:00", 24),
        ("2026-11-24T23:59:59+01:00", "2026-11-24T00:00:00+01:00", 24),
        ("2026-10-25T12:00:00+01:00", "2026-10-25T00:00:00+02:00", 25),
        ("2026-03-29T12:00:00+02:00", "2026-03-29T00:00:00+01:00", 23),
    ],
)
def test_a_day_is_the_local_one(berlin: None, now: str, start: str, hours: int) -> None:
    begin, end = day_around(microseconds(now))
    assert begin == microseconds(start)
    assert end - begin == hours * HOUR


def test_spending_is_told_after_runs_and_begins_anew_at_midnight(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
        wall = SetClock(int(noon.timestamp()) * 1_000_000)
        async with open_stage(tmp_path, host, clock=wall.clock()) as stage:
            spending = stage.workspace.spending
            assert await spending.refresh() == SpendingChanged(0, 0)
            host.script(["plain", "no-usage"])
            exact, estimated = await stage.run(), await stage.run()
            assert exact.cost is not None
            assert estimated.cost is not None
            both = SpendingChanged(exact.cost.units, estimated.cost.units)
            await stage.watch.until(lambda: both in stage.watch.all(SpendingChanged))
            assert await spending.today() == (exact.cost.units, estimated.cost.units)
            total = exact.cost.units + estimated.cost.units
            assert await spending.is_limit_reached(total)
            assert not await spending.is_limit_reached(total + 1)
            assert not await spending.is_limit_reached(0)
            wall.now += 24 * HOUR
            assert await spending.today() == (0, 0)
            assert not await spending.is_limit_reached(total)

    asyncio.run(journey())
