"""Runs that are never written: they live in memory until the program ends.

The run path writes through a `RunKeeper` and does not ask which run is private. Private runs have
ids below zero, which no stored run has, so that nothing can mistake one for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunDetail,
    RunEnd,
    RunGroup,
    RunProgress,
    RunStatus,
    RunSummary,
    message_head,
)
from novita_desktop.services.run_ends import summary_with
from novita_desktop.storage.run_store import RunStore

MOST_REMEMBERED: Final = 50
"""Of so many private runs that are over the answers can still be read; older ones are forgotten.

The runs of one comparison count as one.
"""


class RunKeeper(Protocol):
    """What the run path asks of whatever keeps runs; `RunStore` says what each method does."""

    async def add_group(self, group: RunGroup, created_at: int) -> RunGroup:
        """Keep a group before its runs."""

    async def add(self, run: NewRun) -> RunSummary:
        """Keep a run as `queued`."""

    async def save_progress(self, runs: Sequence[RunProgress]) -> None:
        """Keep what unfinished runs do now."""

    async def add_attempt(self, run_id: int, attempt: Attempt) -> None:
        """Keep an attempt, or keep it anew."""

    async def finish(
        self, run_id: int, end: RunEnd, last_attempt: Attempt | None = None
    ) -> RunSummary:
        """Keep how a run ended, with its last attempt, and count what it cost."""

    async def detail(self, run_id: int) -> RunDetail | None:
        """Return everything kept about a run, or None."""


@dataclass(slots=True)
class _PrivateRun:
    new: NewRun
    summary: RunSummary
    attempts: dict[int, Attempt] = field(default_factory=dict)
    end: RunEnd | None = None


class PrivateRuns:
    """Keeps private runs here, in memory, and passes every other on to the data file.

    Of a private run the file gets one thing: the amount that it cost, for the day's total and the
    daily limit.
    """

    def __init__(self, store: RunStore) -> None:
        self._store = store
        self._runs: dict[int, _PrivateRun] = {}
        self._last_id = 0

    async def add_group(self, group: RunGroup, created_at: int) -> RunGroup:
        """Keep a group in the file: a private run has none."""
        return await self._store.add_group(group, created_at)

    async def add(self, run: NewRun) -> RunSummary:
        """Keep a run as `queued`."""
        if not run.is_private:
            return await self._store.add(run)
        self._last_id -= 1
        # In the file there is no group of theirs: they are one by the id of their first run.
        group_id = run.group.id if run.group.id is not None and run.group.id < 0 else self._last_id
        summary = RunSummary(
            id=self._last_id,
            group_id=group_id,
            status=RunStatus.QUEUED,
            created_at=run.created_at,
            model=run.model,
            base_url=run.base_url,
            message_head=message_head(run.message),
            retry_of=run.retry_of,
            continues=run.continues,
            preset=run.preset,
        )
        self._runs[summary.id] = _PrivateRun(run, summary)
        return summary

    async def save_progress(self, runs: Sequence[RunProgress]) -> None:
        """Keep what runs do now; of private ones it is in memory already."""
        stored = [run for run in runs if run.run_id not in self._runs]
        if stored:
            await self._store.save_progress(stored)

    async def add_attempt(self, run_id: int, attempt: Attempt) -> None:
        """Keep an attempt, or keep it anew."""
        run = self._runs.get(run_id)
        if run is None:
            await self._store.add_attempt(run_id, attempt)
        else:
            run.attempts[attempt.number] = attempt

    async def finish(
        self, run_id: int, end: RunEnd, last_attempt: Attempt | None = None
    ) -> RunSummary:
        """Keep how a run ended, with its last attempt, and count what it cost."""
        run = self._runs.get(run_id)
        if run is None:
            return await self._store.finish(run_id, end, last_attempt)
        if last_attempt is not None:
            run.attempts[last_attempt.number] = last_attempt
        if end.cost is not None and end.charged is not False:
            await self._store.book(run.new.base_url, end.ended_at, end.cost)
        run.end = end
        run.summary = summary_with(run.summary, end, len(run.attempts))
        self._forget_oldest()
        return run.summary

    async def detail(self, run_id: int) -> RunDetail | None:
        """Return everything kept about a run, or None."""
        run = self._runs.get(run_id)
        if run is None:
            return await self._store.detail(run_id)
        end = run.end
        return RunDetail(
            summary=run.summary,
            request_body=run.new.request_body,
            text=end.text if end else "",
            reasoning=end.reasoning if end else "",
            raw_response=end.raw_response if end else "",
            prices=run.new.prices,
            error=end.error if end else None,
            attempts=tuple(run.attempts[number] for number in sorted(run.attempts)),
            retry_policy=run.new.retry_policy,
            time_limits=run.new.time_limits,
            variables=run.new.variables,
        )

    def _forget_oldest(self) -> None:
        over = dict.fromkeys(
            run.summary.group_id for run in self._runs.values() if run.end is not None
        )
        old = set(list(over)[:-MOST_REMEMBERED])
        for run_id, run in list(self._runs.items()):
            if run.summary.group_id in old and run.end is not None:
                del self._runs[run_id]
