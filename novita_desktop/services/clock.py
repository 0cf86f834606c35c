"""The two clocks: wall time for what is stored, monotonic time for durations."""

from __future__ import annotations

import time
from collections.abc import Callable

from novita_desktop.domain.records import record


def _unix_microseconds() -> int:
    return time.time_ns() // 1_000


@record(frozen=True, slots=True)
class Clock:
    """Tells the time. `now` is unix microseconds (UTC), `monotonic` seconds that never jump.

    Both are arguments so that a test can set the wall clock back in the middle of a run.
    """

    now: Callable[[], int] = _unix_microseconds
    monotonic: Callable[[], float] = time.monotonic

    def milliseconds_since(self, start: float) -> int:
        """Return the whole milliseconds since a `monotonic` time."""
        return round((self.monotonic() - start) * 1_000)
