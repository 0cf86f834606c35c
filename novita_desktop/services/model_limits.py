"""How fast one model of one connection may be asked: what the host said, and what it taught.

Novita counts requests per minute for each account and model; the figure depends on the account's
tier and no header tells it (novita/api.md section 6). So a figure that the person gave is kept
to, and 429s teach the rest: a host that still refuses after a rest has counted requests, and how
many it took within a minute is its figure. From then on requests of the background are spread
over the minute, and every other minute it is tried whether the host takes more.
"""

from __future__ import annotations

import math
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

INTERACTIVE_SHARE: Final = 20
"""One request in so many of a minute is kept for the person at the window."""

FEWEST_LEARNED: Final = 10
"""A host that takes fewer a minute is not told from one that is busy: the rests are for both."""

SURE_REFUSALS: Final = 3
"""After so many refusals with nothing between them but rests, the next one is a host's that counts:
one that is only busy takes a request sooner."""

SAME_SHARE: Final = 0.03
FEWEST_SAME: Final = 100
"""Nor is a host only busy that refuses twice after as many requests within a minute, or nearly.
Of fewer requests that says nothing: at a steady pace there are as many in any minute."""

LONG_PAUSE_SECONDS: Final = 5.0
"""Who asks for a pause as long as this counts the requests of a minute."""

LATE_SECONDS: Final = 1.0
"""A request may reach the host so much later than it began here, and leave its minute as late."""

EXPLAINED_SHARE: Final = 0.8
"""A refusal after this share of what the host was seen to take means that the learned figure is a
little too high."""

MOST_DOUBTS: Final = 4
"""After so many refusals without two quiet minutes, it is not a figure that the host keeps to."""

GROWTH: Final = 0.05
"""By how much the learned figure grows first, when all of it was taken; then twice as much."""

USED_SHARE: Final = 0.9
"""When so much of the learned figure is used, all of it is: growing shows whether there is more."""

QUIET_SECONDS: Final = 120.0
"""How long after a refusal the learned figure stays as it is."""

CATCH_UP_SECONDS: Final = 1.0
"""Requests that are late by so much may follow at once."""


@record(frozen=True, slots=True)
class ModelKey:
    """What is limited together: one model of one connection."""

    base_url: str
    model: str


@record(frozen=True, slots=True)
class Begun:
    """One request that began: in which epoch, and when. No two of a model begin at one moment."""

    epoch: int
    at: float


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
        self._is_probing = False
        self._running_of_epoch = 0
        self._paused_until = 0.0
        self._resting_until = 0.0
        self._refusals = 0
        self._begun: deque[float] = deque()
        self._last_at = -math.inf
        self._learned = self._proven = 0.0
        self._doubts = 0
        self._taken_before = 0
        self._growth = GROWTH
        self._grows_at = 0.0
        self._is_spread = False
        self._next_at = 0.0

    @property
    def has_background_slot(self) -> bool:
        """Whether one more background request may go at once with those that run.

        After a refusal one alone finds out whether the host takes requests again.
        """
        if self._is_probing and self._running_of_epoch:
            return False
        return self._background_running < self.background_slots

    @property
    def is_slow(self) -> bool:
        """Whether a 429 took slots away that have not grown back."""
        return self.background_slots < self._slots_before

    @property
    def learned_per_minute(self) -> int:
        """How many requests a minute the host seems to take, 0 while unknown."""
        return int(self._learned)

    def blocked_until(self, lane: Lane, now: float) -> float | None:
        """Return when a request of `lane` may begin, None if now.

        A pause that the host asked for holds for both lanes, our own guesses for the background.
        """
        until = max(self._paused_until, self._minute_is_full_until(lane, now))
        if lane is Lane.BACKGROUND:
            until = max(until, self._resting_until)
            if self._is_spread:
                until = max(until, self._next_at)
        return until if until > now else None

    def began(self, lane: Lane, now: float) -> Begun:
        """Note that a request begins; give what this returns to whatever is told of it."""
        self._forget_before(now - WINDOW_SECONDS - LATE_SECONDS)
        if now - self._last_at > 2 * WINDOW_SECONDS:
            self._is_spread = False
        if self._begun and now <= self._begun[-1]:
            now = math.nextafter(self._begun[-1], math.inf)
        self._begun.append(now)
        self._last_at = now
        if lane is Lane.BACKGROUND:
            self._background_running += 1
            self._running_of_epoch += 1
            self._grow(now)
            self._spread(now)
        return Begun(self.epoch, now)

    def ended(self, lane: Lane, begun: Begun) -> None:
        """Note that a request of `lane` is over."""
        if lane is Lane.BACKGROUND:
            self._background_running -= 1
            if begun.epoch == self.epoch:
                self._running_of_epoch -= 1

    def accepted(self, begun: Begun) -> None:
        """Note that the host has begun to answer a request."""
        if begun.epoch == self.epoch:
            self._refusals = 0
            self._is_probing = False

    def succeeded(self, begun: Begun) -> None:
        """Note that the host answered a request: one slot more, unless it began before a refusal."""
        self.accepted(begun)
        if begun.epoch == self.epoch:
            self.background_slots = min(self.background_slots + 1, self._most_background)

    def refused(
        self, begun: Begun, now: float, pause_seconds: float | None, *, is_rate_limit: bool
    ) -> None:
        """Note that the host was too busy for a request.

        A pause that it asked for always counts; the slots are halved once an epoch.
        """
        if pause_seconds is not None:
            self._paused_until = max(self._paused_until, now + pause_seconds)
        if not is_rate_limit:
            return
        if not self.requests_per_minute and begun.at in self._begun:
            self._begun.remove(begun.at)  # the host does not count what it refuses
        if begun.epoch != self.epoch:
            return
        taken = sum(now - WINDOW_SECONDS < moment < begun.at for moment in self._begun)
        self._doubt()
        if self._learned and not self._refusals and taken >= EXPLAINED_SHARE * self._proven:
            self._learn(taken, now)
            self._rest(now + LATE_SECONDS)
            self._refusals += 1
            return
        is_sure = self._refusals >= SURE_REFUSALS or (pause_seconds or 0) >= LONG_PAUSE_SECONDS
        is_again = taken >= FEWEST_SAME and abs(taken - self._taken_before) <= SAME_SHARE * taken
        self._taken_before = taken
        if (is_sure or is_again) and self._learn(taken, now):
            self._rest(now + LATE_SECONDS)  # beyond that, the full minute holds requests back
        elif pause_seconds is None:
            self._rest(now + RESTS[min(self._refusals, len(RESTS) - 1)])
        self._slow_down()

    def _doubt(self) -> None:
        """Forget the learned figure if keeping to it does not keep the host from refusing."""
        if not self._learned:
            return
        self._doubts += 1
        if self._doubts >= MOST_DOUBTS:
            self._learned = self._proven = 0.0
            self._is_spread = False
            self._doubts = 0

    def _rest(self, until: float) -> None:
        self._resting_until = max(self._resting_until, until)

    def _slow_down(self) -> None:
        self.epoch += 1
        self._running_of_epoch = 0
        self._is_probing = True
        self._refusals += 1
        self._slots_before = max(self.background_slots, self._slots_before if self.is_slow else 0)
        self.background_slots = max(1, self.background_slots // 2)

    def _learn(self, figure: int, now: float) -> bool:
        """Take note of how many requests the host takes within a minute; return whether it counts."""
        if self.requests_per_minute or figure < FEWEST_LEARNED:
            return False
        self._learned = self._proven = float(figure)
        self._growth = GROWTH
        self._grows_at = now + QUIET_SECONDS
        self._is_spread = True
        return True

    def _grow(self, now: float) -> None:
        """Try whether the host takes more, once all of the learned figure was taken."""
        is_used = len(self._begun) >= USED_SHARE * self._learned
        if not self._learned or not is_used or now < self._grows_at:
            return
        self._doubts = 0
        self._proven = self._learned
        self._learned += max(1.0, self._learned * self._growth)
        self._growth = min(1.0, self._growth * 2)
        self._grows_at = now + WINDOW_SECONDS

    def _spread(self, now: float) -> None:
        """Say when the next request of the background may begin, once a minute was full."""
        allowed = self._allowed(Lane.BACKGROUND)
        if not allowed:
            return
        self._is_spread = self._is_spread or len(self._begun) >= allowed
        if self._is_spread:
            earliest = max(self._next_at, now - CATCH_UP_SECONDS)
            self._next_at = earliest + WINDOW_SECONDS / allowed

    def _allowed(self, lane: Lane) -> float:
        """Return how many requests may begin within a minute, 0 when that is unknown."""
        if self.requests_per_minute:
            kept = self.requests_per_minute // INTERACTIVE_SHARE
            return self.requests_per_minute - (kept if lane is Lane.BACKGROUND else 0)
        return self._learned if lane is Lane.BACKGROUND else 0

    def _minute_is_full_until(self, lane: Lane, now: float) -> float:
        allowed = int(self._allowed(lane))
        if not allowed:
            return 0.0
        window = WINDOW_SECONDS + (0.0 if self.requests_per_minute else LATE_SECONDS)
        self._forget_before(now - WINDOW_SECONDS - LATE_SECONDS)
        too_many = len(self._begun) - allowed
        return self._begun[too_many] + window if too_many >= 0 else 0.0

    def _forget_before(self, moment: float) -> None:
        while self._begun and self._begun[0] <= moment:
            self._begun.popleft()
