"""What was spent today, and whether the person's daily limit is reached.

A day is the person's own: from local midnight to local midnight. No timer waits for midnight;
the day is looked up whenever a figure is asked for.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

from novita_desktop.services.background import Background
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import Event, Events, RunEnded, SpendingChanged
from novita_desktop.storage.run_store import RunStore

TELL_SECONDS = 0.1
"""Runs that end within this time are told of as one; a batch ends hundreds a second."""

_MICROSECONDS = 1_000_000


def day_around(now: int) -> tuple[int, int]:
    """Return start and end of the local day that `now` is in, all in unix microseconds.

    A day of a clock change has 23 or 25 hours.
    """
    date = datetime.fromtimestamp(now / _MICROSECONDS, UTC).astimezone().date()
    start, end = (
        datetime.combine(day, time.min).astimezone() for day in (date, date + timedelta(days=1))
    )
    return round(start.timestamp() * _MICROSECONDS), round(end.timestamp() * _MICROSECONDS)


class SpendingService:
    """Adds up today's spending; tells it after runs."""

    def __init__(
        self, store: RunStore, events: Events, background: Background, clock: Clock
    ) -> None:
        self._store = store
        self._events = events
        self._background = background
        self._clock = clock
        self._told: SpendingChanged | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._stop_listening = events.listen(self._noticed)

    async def today(self) -> tuple[int, int]:
        """Return today's exact and estimated spending in 10^-10 USD. Raises StorageError."""
        return await self._store.spent_between(*day_around(self._clock.now()))

    async def is_limit_reached(self, limit_units: int) -> bool:
        """Return whether today's spending is at or above a limit; 0 is no limit."""
        return bool(limit_units) and sum(await self.today()) >= limit_units

    async def refresh(self) -> SpendingChanged:
        """Look today's spending up, and tell it if it is not what was told last."""
        state = SpendingChanged(*await self.today())
        if state != self._told:
            self._told = state
            self._events.publish(state)
        return state

    def close(self) -> None:
        """Stop listening."""
        self._stop_listening()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _noticed(self, event: Event) -> None:
        if isinstance(event, RunEnded) and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TELL_SECONDS, self._tell)

    def _tell(self) -> None:
        self._timer = None
        self._background.start(self.refresh(), "spending")
