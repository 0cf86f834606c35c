"""Tells of failures that no caller waits for, each kind once in a while instead of every second."""

from __future__ import annotations

import logging

from novita_desktop.domain.errors import NovitaDesktopError
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import Events, TroubleReported

logger = logging.getLogger(__name__)

QUIET_SECONDS = 60.0
"""A full disk fails every write; the person is told again after this time."""


class Trouble:
    """Publishes `TroubleReported`, at most once in QUIET_SECONDS for each kind of error."""

    def __init__(self, events: Events, clock: Clock) -> None:
        self._events = events
        self._clock = clock
        self._told_at: dict[str, float] = {}

    def report(self, error: NovitaDesktopError) -> None:
        """Tell of `error`, unless its kind was told a moment ago."""
        now = self._clock.monotonic()
        told_at = self._told_at.get(error.code)
        if told_at is not None and now - told_at < QUIET_SECONDS:
            return
        self._told_at[error.code] = now
        logger.warning("reported: %s", error.code)
        self._events.publish(TroubleReported(error))
