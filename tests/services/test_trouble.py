"""Failures that no caller waits for."""

from __future__ import annotations

from novita_desktop.domain.errors import DatabaseBusy, DiskFull
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import Events, TroubleReported
from novita_desktop.services.trouble import QUIET_SECONDS, Trouble


def test_each_kind_is_told_once_in_a_while() -> None:
    told: list[object] = []
    events = Events()
    events.listen(told.append)
    now = [0.0]
    trouble = Trouble(events, Clock(monotonic=lambda: now[0]))
    full, busy = DiskFull(), DatabaseBusy()
    for _ in range(5):
        trouble.report(full)
        trouble.report(busy)
    assert told == [TroubleReported(full), TroubleReported(busy)]
    now[0] = QUIET_SECONDS
    trouble.report(full)
    assert told[2:] == [TroubleReported(full)]
