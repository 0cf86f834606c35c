"""Past runs: found, read in full, starred, noted, deleted, restored, exported and run again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain.catalogue import SUGGESTED_MAX_TOKENS
from novita_desktop.domain.costs import estimate, estimated_tokens
from novita_desktop.domain.filled_values import FilledValues, distinct
from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.prompt_form import PromptForm, form_of
from novita_desktop.domain.records import record
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import Lane
from novita_desktop.domain.runs import (
    GroupKind,
    ListedPage,
    ListedRuns,
    RunDetail,
    RunGroup,
    RunStatus,
    RunSummary,
    masked,
    masked_run,
)
from novita_desktop.services.clock import Clock
from novita_desktop.services.runs import RunService
from novita_desktop.storage.run_store import RunStore

PAGE_SIZE: Final = 200
MOST_COUNTED: Final = 10_000
"""Up to how many found runs are counted; counting all of a common word takes seconds."""

BIN_MICROSECONDS: Final = 30 * 24 * 3600 * 1_000_000
INDEXED_AT_ONCE: Final = 50
REST_SECONDS: Final = 0.02
"""How long housekeeping rests between two steps, so that nothing waits for it."""

MOST_LOOKED_AT: Final = 1_000
MOST_FILLED: Final = 200
"""Of so many runs the variables' values are looked at, and so many different ones are offered."""

MOST_RETRIED: Final = 1_000
RETRY_GROUP: Final = RunGroup(GroupKind.PROMPT, lane=Lane.BACKGROUND)
"""Many retries at once give way to what a person runs meanwhile."""


LeaveOut = Callable[[int], None]
"""Is told the id of a run that is left out."""


def _say_nothing(_run_id: int) -> None:
    """Stand in for who is told what is left out."""


@record(frozen=True, slots=True)
class RetryPlan:
    """Failed runs that may be run again together, and about what that costs.

    `units` is the sum of those whose price is known, `unknown_count` how many others there are.
    With `is_cut` there are more failed runs than are retried at once.
    """

    run_ids: tuple[int, ...]
    units: int = 0
    unknown_count: int = 0
    is_cut: bool = False


class HistoryService:
    """The runs of one data folder. Every method raises StorageError."""

    def __init__(self, store: RunStore, runs: RunService, clock: Clock) -> None:
        self._store = store
        self._runs = runs
        self._clock = clock

    async def page(self, before: int | None = None, limit: int = PAGE_SIZE) -> list[RunSummary]:
        """Return up to `limit` runs with ids below `before`, newest first."""
        return [masked_run(run) for run in await self._store.page(before, limit)]

    async def count(self) -> int:
        """Return how many runs there are, without those in the bin."""
        return await self._store.count()

    async def listed_at(self, place: int, limit: int = PAGE_SIZE) -> ListedPage:
        """Return up to `limit` rows of the list from `place` on; the newest stands at place 0.

        In it runs that were started together are one row.
        """
        page = await self._store.listed_at(place, limit)
        return replace(page, rows=tuple(map(masked, page.rows)))

    async def listed_groups(self, group_ids: Sequence[int]) -> list[ListedRuns]:
        """Return the rows of these groups, without those that are not listed."""
        return [masked(entry) for entry in await self._store.listed_groups(group_ids)]

    async def search(
        self, query: HistoryQuery, before: int | None = None, limit: int = PAGE_SIZE
    ) -> list[RunSummary]:
        """Return up to `limit` runs that `query` asks for, with ids below `before`, newest first.

        Cancelling the caller ends the search.
        """
        return [masked_run(run) for run in await self._store.search(query, before, limit)]

    async def count_found(self, query: HistoryQuery) -> int:
        """Return how many runs `query` asks for; MOST_COUNTED + 1 stands for any more than that."""
        return await self._store.count_found(query, MOST_COUNTED + 1)

    async def is_match(self, query: HistoryQuery, run_id: int) -> bool:
        """Return whether a run is among those that `query` asks for."""
        return await self._store.is_match(query, run_id)

    async def detail(self, run_id: int) -> RunDetail:
        """Return everything about a run, also of one that is live or could not be stored.

        Of a run in a blind round without verdict it is only what does not tell the model. Raises
        LookupError for an unknown run.
        """
        detail = await self._runs.detail(run_id)
        if not await self._store.is_hidden(run_id):
            return detail
        return RunDetail(masked_run(replace(detail.summary, is_hidden=True)), request_body="{}")

    async def details(
        self, run_ids: Sequence[int], leave_out: LeaveOut = _say_nothing
    ) -> AsyncIterator[RunDetail]:
        """Yield everything about each of these runs that is there still and not hidden.

        `leave_out` is told each run that is left out because its model is hidden.
        """
        for run_id in run_ids:
            try:
                detail = await self.detail(run_id)
            except LookupError:
                continue
            if detail.summary.is_hidden:
                leave_out(run_id)
            else:
                yield detail

    async def details_found(
        self, query: HistoryQuery, leave_out: LeaveOut = _say_nothing
    ) -> AsyncIterator[RunDetail]:
        """Yield everything about each run that `query` asks for, newest first, as `details` does."""
        before: int | None = None
        while run_ids := await self._store.search_ids(query, before):
            async for detail in self.details(run_ids, leave_out):
                yield detail
            before = run_ids[-1]

    async def filled_values(
        self, names: Sequence[str], preset_id: int | None = None
    ) -> tuple[FilledValues, ...]:
        """Return what variables of these names were filled in with lately, newest first.

        Equal values come once; of one preset's runs, or of all.
        """
        found = await self._store.filled_values(preset_id, MOST_LOOKED_AT)
        return distinct(found, names, MOST_FILLED)

    async def ids_of_group(self, group_id: int) -> list[int]:
        """Return the runs of a group, without those in the bin."""
        found: list[int] = []
        while run_ids := await self._store.search_ids(
            HistoryQuery(group_id=group_id), found[-1] if found else None
        ):
            found += run_ids
        return found

    async def family(self, run_id: int) -> list[RunSummary]:
        """Return the first run that a run goes back to and every retry of it, oldest first."""
        return [masked_run(run) for run in await self._store.family(run_id)]

    async def form_of(self, run_id: int) -> PromptForm:
        """Return a form filled in as the run's request, for "Edit and run".

        A run that continued another opens as the one it continued: its own last message is not
        the person's. Raises LookupError for an unknown run, and for one whose model is hidden.
        """
        detail = await self.detail(run_id)
        if detail.summary.is_hidden:
            message = f"the model of run {run_id} is hidden"
            raise LookupError(message)
        seen = {run_id}
        while (origin := detail.summary.continues) is not None and origin not in seen:
            seen.add(origin)
            detail = await self.detail(origin)
        request = request_of(detail.request_body)
        return form_of(
            replace(request, retry_policy=detail.retry_policy, time_limits=detail.time_limits)
        )

    async def set_star(self, run_ids: Sequence[int], *, is_starred: bool) -> None:
        """Give runs a star, or take it away."""
        await self._store.set_star(run_ids, is_starred=is_starred)

    async def set_note(self, run_id: int, note: str) -> None:
        """Write a person's note on a run; an empty one takes it away."""
        await self._store.set_note(run_id, note)

    async def delete(self, run_ids: Sequence[int]) -> list[int]:
        """Move runs to the bin for 30 days; return those that were moved: a live run stays."""
        return await self._store.delete(run_ids, self._clock.now())

    async def restore(self, run_ids: Sequence[int]) -> list[int]:
        """Bring runs back from the bin; return those that were in it."""
        return await self._store.restore(run_ids)

    async def retry_plan(self, query: HistoryQuery) -> RetryPlan:
        """Return what retrying all failed runs among those that `query` asks for would mean."""
        if query.statuses and RunStatus.FAILED not in query.statuses:
            return RetryPlan(())
        failed = replace(query, statuses=frozenset({RunStatus.FAILED}))
        found = await self._store.search_ids(failed, limit=MOST_RETRIED + 1)
        run_ids: list[int] = []
        units = unknown = 0
        async for detail in self.details(found[:MOST_RETRIED]):
            run_ids.append(detail.summary.id)
            cost = _likely_cost(detail)
            units += cost or 0
            unknown += cost is None
        return RetryPlan(tuple(run_ids), units, unknown, is_cut=len(found) > MOST_RETRIED)

    async def retry_all(
        self, plan: RetryPlan, *, confirmed_over_limit: bool = False
    ) -> list[RunSummary]:
        """Run every request of `plan` again, oldest first, each linked to its failed run.

        Raises NotConnected, and DailyLimitReached unless confirmed: then none was started. A limit
        that these runs themselves reach does not stop them half-way.
        """
        group = RETRY_GROUP  # recorded with the first run, so that none is left without runs
        started: list[RunSummary] = []
        for run_id in reversed(plan.run_ids):
            summary = await self._runs.retry(
                run_id,
                group,
                confirmed_over_limit=confirmed_over_limit or bool(started),
            )
            group = replace(group, id=summary.group_id)
            started.append(summary)
        return started

    async def tidy(self) -> None:
        """Index runs that cannot be found by words yet, and empty the bin of what is due.

        Done in small steps with rests in between, once after the start.
        """
        await _in_steps(lambda: self._store.index_waiting(INDEXED_AT_ONCE))
        await _in_steps(lambda: self._store.empty_bin(self._clock.now() - BIN_MICROSECONDS))
        await _in_steps(self._store.scrub_index)


async def _in_steps(step: Callable[[], Awaitable[object]]) -> None:
    """Take `step` until it returns nothing true, with rests in between."""
    while True:
        if not await step():
            return
        await asyncio.sleep(REST_SECONDS)


def _likely_cost(detail: RunDetail) -> int | None:
    """Return about what a run costs when it is made again, None without a price."""
    request = request_of(detail.request_body)
    prompt = sum(estimated_tokens(message.text) for message in request.messages)
    most = request.parameters.max_tokens or SUGGESTED_MAX_TOKENS
    return estimate(prompt, most, detail.prices).likely_units
