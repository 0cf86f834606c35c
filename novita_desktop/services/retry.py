"""When a failed request is sent again by itself: a pure policy without clock or sleep.

Product rules: up to five attempts; *Default* waits 1, 4, 16 and 60 seconds, *Patient* minutes,
*None* never. `Retry-After` wins. Once words have arrived an interactive run is never sent again,
because the host bills it twice; a background run that broke off is.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final

from novita_desktop.domain.errors import (
    ApiError,
    HostTrouble,
    RateLimited,
    SilenceTimedOut,
    StreamBroken,
)
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane, RetryPolicy

WAITS: Final[Mapping[RetryPolicy, tuple[float, ...]]] = MappingProxyType(
    {
        RetryPolicy.DEFAULT: (1.0, 4.0, 16.0, 60.0),
        RetryPolicy.PATIENT: (60.0, 180.0, 600.0, 1_800.0),
        RetryPolicy.NONE: (),
    }
)
"""Seconds between the attempts of each policy; there is one attempt more than waits."""

JITTER: Final = 0.2
"""A wait is this share longer or shorter by chance, so that many runs do not return at once."""

LONGEST_RETRY_AFTER: Final = 3_600.0
"""A `Retry-After` above one hour is taken for one hour: nobody waits for a run longer unasked."""


def asked_wait(error: ApiError) -> float | None:
    """Return the seconds that the host asks to wait, within one hour; None if it does not ask."""
    if not isinstance(error, RateLimited | HostTrouble) or error.retry_after_seconds is None:
        return None
    return min(max(error.retry_after_seconds, 0.0), LONGEST_RETRY_AFTER)


@record(frozen=True, slots=True)
class RetryRules:
    """Decides whether and when the next attempt follows.

    `waits` are seconds per policy. `chance` returns a number from 0 to 1; both are arguments so
    that tests need no real minutes and no luck.
    """

    waits: Mapping[RetryPolicy, tuple[float, ...]] = field(default_factory=lambda: WAITS)
    chance: Callable[[], float] = random.random

    def attempts_allowed(self, policy: RetryPolicy) -> int:
        """Return how many attempts a run may have in all."""
        return len(self.waits[policy]) + 1

    def wait_after(
        self, error: ApiError, attempt: int, policy: RetryPolicy, lane: Lane, *, has_words: bool
    ) -> float | None:
        """Return the seconds until the next attempt, None if there is none.

        `attempt` is the number of the one that failed, from 1; `has_words` says whether any part
        of the answer or its reasoning had arrived.
        """
        waits = self.waits[policy]
        if attempt > len(waits) or not _may_repeat(error, lane, has_words=has_words):
            return None
        asked = asked_wait(error)
        if asked is not None:
            # Never earlier than asked, and a little apart from the others that were told the same.
            return asked + self.chance() * min(1.0, asked * JITTER)
        return waits[attempt - 1] * (1 + JITTER * (2 * self.chance() - 1))


def _may_repeat(error: ApiError, lane: Lane, *, has_words: bool) -> bool:
    if has_words:
        broke_off = isinstance(error, StreamBroken | SilenceTimedOut)
        return lane is Lane.BACKGROUND and (broke_off or error.retryable)
    return error.retryable
