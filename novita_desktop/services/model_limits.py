"""How fast one model of one connection may be asked: what the host said, and what it taught.

Novita counts requests per minute for each account and model; the figure depends on the account's
tier and no header tells it (novita/api.md section 6). So a figure that the person gave is kept
to, and 429s teach the rest.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Lane

FIRST_BACKGROUND_SLOTS: Final = 8
"""With how many requests at once an unknown model is begun; each success adds one."""

WINDOW_SECONDS: Final = 60.0

RESTS: Final = (1.0, 4.0, 16.0, 60.0)
"""How long the background lane rests after a 429 without `Retry-After`: longer each time until a
request succeeds. A host that refuses everything then sees a few requests a minute."""

INTERACTIVE_SHARE: Final = 10
"""One request in so many of a minute is kept for the person at the window."""


@record(frozen=True, slots=True)
class ModelKey:
    """What is limited together: one model of one connection."""

    base_url: str
    model: str


class ModelLimits:
    """The limits of one model. Times are seconds of one monotonic clock, given by the caller.

    `epoch` counts the times it was slowed down: what requests from before such a time still
    report says nothing about the new speed, so sixty-four 429s at once halve the slots once.
    """

    def __init__(self, most_background: int, requests_per_minute: int = 0) -> None:
        self.requests_per_minute = requests_per_minute
        self.epoch = 0
        self.background_slots = min(FIRST_BACKGROUND_SLOTS, most_background)
        self._most_background = most_background
        self._slots_before = 0
        self._background_running = 0
        self._paused_until = 0.0
        self._resting_until = 0.0
        self._refusals = 0
        self._begun: deque[float] = deque()

    @property
    def has_background_slot(self) -> bool:
        """Whether one more background request may go at once with those that run."""
        return self._background_running < self.background_slots

    @property
    def is_slow(self) -> bool:
        """Whether a 429 took slots away that have not grown back."""
        return self.background_slots < self._slots_before

    def blocked_until(self, lane: Lane, now: float) -> float | None:
        """Return when a request of `lane` may begin, None if now.

        A pause that the host asked for holds for both lanes, our own guesses for the background.
        """
        until = self._paused_until
        if lane is Lane.BACKGROUND:
            until = max(until, self._resting_until)
        until = max(until, self._minute_is_full_until(lane, now))
        return until if until > now else None

    def began(self, lane: Lane, now: float) -> int:
        """Note that a request begins; return the epoch it belongs to."""
        if lane is Lane.BACKGROUND:
            self._background_running += 1
        if self.requests_per_minute:
            self._begun.append(now)
        return self.epoch

    def ended(self, lane: Lane) -> None:
        """Note that a request of `lane` is over."""
        if lane is Lane.BACKGROUND:
            self._background_running -= 1

    def succeeded(self, epoch: int) -> None:
        """Note that the host answered a request of this epoch: one slot more."""
        if epoch != self.epoch:
            return
        self._refusals = 0
        self.background_slots = min(self.background_slots + 1, self._most_background)

    def refused(
        self, epoch: int, now: float, pause_seconds: float | None, *, is_rate_limit: bool
    ) -> None:
        """Note that the host was too busy for a request of this epoch.

        A pause that it asked for always counts; the slots are halved once an epoch.
        """
        if pause_seconds is not None:
            self._paused_until = max(self._paused_until, now + pause_seconds)
        if epoch != self.epoch or not is_rate_limit:
            return
        self.epoch += 1
        self._slots_before = max(self.background_slots, self._slots_before if self.is_slow else 0)
        self.background_slots = max(1, self.background_slots // 2)
        if pause_seconds is None:
            rest = RESTS[min(self._refusals, len(RESTS) - 1)]
            self._resting_until = max(self._resting_until, now + rest)
        self._refusals += 1

    def _minute_is_full_until(self, lane: Lane, now: float) -> float:
        if not self.requests_per_minute:
            return 0.0
        allowed = self.requests_per_minute
        if lane is Lane.BACKGROUND:
            allowed -= self.requests_per_minute // INTERACTIVE_SHARE
        while self._begun and self._begun[0] + WINDOW_SECONDS <= now:
            self._begun.popleft()
        too_many = len(self._begun) - allowed
        return self._begun[too_many] + WINDOW_SECONDS if too_many >= 0 else 0.0
