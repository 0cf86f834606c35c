"""Where the rows of the History page come from."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol

from novita_desktop.domain.runs import ListedPage, ListedRuns, RunPhase, RunStatus, RunSummary


class HistoryReader(Protocol):
    """Where the rows come from; `is_whole` tells the whole list from what a search found."""

    @property
    def is_whole(self) -> bool:
        """Whether rows are read by place."""

    def at(self, place: int, limit: int) -> Awaitable[ListedPage]:
        """Return rows of the whole list."""

    def before(self, run_id: int | None, limit: int) -> Awaitable[Sequence[RunSummary]]:
        """Return found runs below a run id (None: the newest)."""

    def groups(self, group_ids: Sequence[int]) -> Awaitable[Sequence[ListedRuns]]:
        """Return the rows of some groups as they are now."""


_WAITING_PHASES = frozenset({RunPhase.SLOWED, RunPhase.BACKING_OFF})


def status_in(phase: RunPhase) -> RunStatus:
    """Return the status of a live run that is in `phase`."""
    if phase is RunPhase.QUEUED:
        return RunStatus.QUEUED
    return RunStatus.WAITING if phase in _WAITING_PHASES else RunStatus.RUNNING
