"""Who may send a request now: slots per lane and model, pauses that the host asks for.

Every wait for a slot is a `Ticket`. The interactive lane has slots of its own and goes first. The
background lane's slots adapt to the host for each connection and model: halved when it answers
429, one more for each success. A model that must pause never holds the others back.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final

from novita_desktop.domain.requests import Lane
from novita_desktop.services.events import Events, QueueChanged
from novita_desktop.services.model_limits import Begun, ModelKey, ModelLimits

MOST_BACKGROUND_RUNS: Final = 64
PUBLISH_SECONDS: Final = 0.03
"""Changes within this time are told as one; a batch makes hundreds a second."""

Told = Callable[[bool], None]
"""Called when a waiting ticket begins (True) or ceases (False) to be held back by a rate limit."""


class Ticket:
    """One request's place in the queue; `async with` waits for the slot and gives it back.

    While the slot is held, `succeeded` or `refused` tell how the host took the request. A
    cancelled wait leaves the queue.
    """

    def __init__(self, queue: RunQueue, key: ModelKey, lane: Lane, told: Told) -> None:
        self.key = key
        self.lane = lane
        self.order = 0
        self.is_hurried = False
        self.begun = Begun(0, 0.0)
        self.is_slowed = False
        self._queue = queue
        self._told = told
        self._has_slot = False
        self._granted: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Ticket:
        self._granted = asyncio.get_running_loop().create_future()
        self._queue.enter(self)
        try:
            await self._granted
        except asyncio.CancelledError:
            # The slot may have been given after the task was cancelled and before it learned so.
            if self._has_slot:
                self._queue.leave(self)
            else:
                self._queue.abandon(self)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._queue.leave(self)

    def grant(self) -> None:
        """Let the waiting request go."""
        self._has_slot = True
        if self._granted is not None and not self._granted.done():
            self._granted.set_result(None)

    def slow(self, *, is_slowed: bool) -> None:
        """Tell the waiting request whether a rate limit holds it back."""
        if is_slowed != self.is_slowed:
            self.is_slowed = is_slowed
            self._told(is_slowed)

    def hurry(self) -> None:
        """Wait for no pause: the person pressed "Try now"."""
        self.is_hurried = True
        self._queue.hurry(self)

    def accepted(self) -> None:
        """Note that the host has begun to answer this request."""
        self._queue.accepted(self)

    def succeeded(self) -> None:
        """Note that the host answered this request."""
        self._queue.limits_of(self.key).succeeded(self.begun)

    def refused(self, pause_seconds: float | None, *, is_rate_limit: bool) -> None:
        """Note that the host is too busy, with the pause that it asked for."""
        self._queue.refused(self, pause_seconds, is_rate_limit=is_rate_limit)


class RunQueue:
    """Gives out slots. Lives on one loop, whose clock it uses.

    `interactive_slots` runs of the interactive lane and `background_slots` of the background
    lane go at once, over all models; `requests_per_minute` is the account's limit per model,
    0 when unknown (novita/api.md section 6).
    """

    def __init__(
        self,
        events: Events,
        *,
        interactive_slots: int,
        background_slots: int = MOST_BACKGROUND_RUNS,
        requests_per_minute: int = 0,
    ) -> None:
        self._events = events
        self._slots = {Lane.INTERACTIVE: interactive_slots, Lane.BACKGROUND: background_slots}
        self._requests_per_minute = requests_per_minute
        self._running = dict.fromkeys(Lane, 0)
        self._waiting: dict[Lane, dict[ModelKey, deque[Ticket]]] = {lane: {} for lane in Lane}
        self._limits: dict[ModelKey, ModelLimits] = {}
        self._entered = 0
        self._between_attempts = 0
        self._wake_up: asyncio.TimerHandle | None = None
        self._publishing: asyncio.TimerHandle | None = None
        self._published = QueueChanged(0, 0)

    def ticket(self, key: ModelKey, lane: Lane, told: Told) -> Ticket:
        """Return a ticket for one request; nothing happens until it is entered."""
        return Ticket(self, key, lane, told)

    def change(self, *, interactive_slots: int, requests_per_minute: int) -> None:
        """Take new limits from the settings; what runs goes on."""
        self._slots[Lane.INTERACTIVE] = interactive_slots
        self._requests_per_minute = requests_per_minute
        for limits in self._limits.values():
            limits.requests_per_minute = requests_per_minute
        self.dispatch()

    @property
    def running(self) -> int:
        """How many slots are held."""
        return sum(self._running.values())

    @property
    def waiting(self) -> int:
        """How many tickets wait for a slot, and runs for their next attempt."""
        tickets = sum(len(line) for lines in self._waiting.values() for line in lines.values())
        return tickets + self._between_attempts

    @contextmanager
    def between_attempts(self) -> Iterator[None]:
        """Count a run that will be sent again later among those that wait."""
        self._between_attempts += 1
        self._tell_soon()
        try:
            yield
        finally:
            self._between_attempts -= 1
            self._tell_soon()

    def close(self) -> None:
        """End the timers."""
        for timer in (self._wake_up, self._publishing):
            if timer is not None:
                timer.cancel()
        self._wake_up = self._publishing = None

    def enter(self, ticket: Ticket) -> None:
        """Put a ticket at the end of its line."""
        self._entered += 1
        ticket.order = self._entered
        line = self._waiting[ticket.lane].setdefault(ticket.key, deque())
        if line and line[-1].is_slowed:
            ticket.slow(is_slowed=True)  # a line is told as one, so all in it know the same
        line.append(ticket)
        self.dispatch()

    def abandon(self, ticket: Ticket) -> None:
        """Take a cancelled ticket out of its line."""
        line = self._waiting[ticket.lane].get(ticket.key)
        if line is not None and ticket in line:
            line.remove(ticket)
            if not line:
                del self._waiting[ticket.lane][ticket.key]
        self.dispatch()

    def hurry(self, ticket: Ticket) -> None:
        """Put a hurried ticket at the head of its line; one that does not wait stays as it is."""
        line = self._waiting[ticket.lane].get(ticket.key)
        if line is not None and ticket in line:
            line.remove(ticket)
            line.appendleft(ticket)
            self.dispatch()

    def leave(self, ticket: Ticket) -> None:
        """Take a slot back."""
        self._running[ticket.lane] -= 1
        self.limits_of(ticket.key).ended(ticket.lane, ticket.begun)
        self.dispatch()

    def accepted(self, ticket: Ticket) -> None:
        """Let others go behind the one that found out whether the host takes requests again."""
        limits = self.limits_of(ticket.key)
        had_slot = limits.has_background_slot
        limits.accepted(ticket.begun)
        if limits.has_background_slot != had_slot:
            self.dispatch()

    def refused(self, ticket: Ticket, pause_seconds: float | None, *, is_rate_limit: bool) -> None:
        """Slow the ticket's model down."""
        now = asyncio.get_running_loop().time()
        self.limits_of(ticket.key).refused(
            ticket.begun, now, pause_seconds, is_rate_limit=is_rate_limit
        )
        self.dispatch()

    def limits_of(self, key: ModelKey) -> ModelLimits:
        """Return the limits of one connection and model."""
        limits = self._limits.get(key)
        if limits is None:
            limits = ModelLimits(self._slots[Lane.BACKGROUND], self._requests_per_minute)
            self._limits[key] = limits
        return limits

    def dispatch(self) -> None:
        """Grant every slot that may be granted, interactive tickets first, oldest first."""
        now = asyncio.get_running_loop().time()
        for lane in (Lane.INTERACTIVE, Lane.BACKGROUND):
            while self._running[lane] < self._slots[lane]:
                ticket = self._next_ticket(lane, now)
                if ticket is None:
                    break
                self._grant(ticket, now)
        self._note_what_waits(now)
        self._tell_soon()

    def _next_ticket(self, lane: Lane, now: float) -> Ticket | None:
        """Return the oldest ticket that may go, looking only at the head of each model's line."""
        best: Ticket | None = None
        for key, line in self._waiting[lane].items():
            limits = self.limits_of(key)
            head = line[0]
            if not head.is_hurried and limits.blocked_until(lane, now) is not None:
                continue
            if lane is Lane.BACKGROUND and not limits.has_background_slot:
                continue
            if best is None or head.order < best.order:
                best = head
        return best

    def _grant(self, ticket: Ticket, now: float) -> None:
        line = self._waiting[ticket.lane][ticket.key]
        line.popleft()
        if not line:
            del self._waiting[ticket.lane][ticket.key]
        self._running[ticket.lane] += 1
        ticket.begun = self.limits_of(ticket.key).began(ticket.lane, now)
        ticket.grant()

    def _note_what_waits(self, now: float) -> None:
        """Tell the heads of the lines why they wait, and set the clock for the next change."""
        wake_at: float | None = None
        for lane, lines in self._waiting.items():
            for key, line in lines.items():
                limits = self.limits_of(key)
                until = limits.blocked_until(lane, now)
                is_slowed = until is not None or (
                    lane is Lane.BACKGROUND and limits.is_slow and not limits.has_background_slot
                )
                if line[0].is_slowed != is_slowed:
                    for ticket in line:
                        ticket.slow(is_slowed=is_slowed)
                if until is not None:
                    wake_at = until if wake_at is None else min(wake_at, until)
        if self._wake_up is not None:
            self._wake_up.cancel()
            self._wake_up = None
        if wake_at is not None:
            self._wake_up = asyncio.get_running_loop().call_at(wake_at, self.dispatch)

    def _state(self) -> QueueChanged:
        lines = (item for lines in self._waiting.values() for item in lines.items())
        slowed = {key.model for key, line in lines if line[0].is_slowed}
        return QueueChanged(self.running, self.waiting, tuple(sorted(slowed)))

    def _tell_soon(self) -> None:
        if self._publishing is None and self._state() != self._published:
            loop = asyncio.get_running_loop()
            self._publishing = loop.call_later(PUBLISH_SECONDS, self._publish)

    def _publish(self) -> None:
        self._publishing = None
        state = self._state()
        if state != self._published:
            self._published = state
            self._events.publish(state)
