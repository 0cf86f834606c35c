"""The two clocks."""

from __future__ import annotations

import time

from novita_desktop.services.clock import Clock


def test_now_is_in_unix_microseconds() -> None:
    before = time.time()
    now = Clock().now()
    assert before <= now / 1_000_000 <= time.time() + 0.001


def test_durations_come_from_the_monotonic_clock() -> None:
    moments = iter([10.0, 10.25])
    clock = Clock(now=lambda: 0, monotonic=lambda: next(moments))
    assert clock.milliseconds_since(clock.monotonic()) == 250
