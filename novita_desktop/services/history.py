"""Past runs: pages, one in full, and one as a form to run again."""

from __future__ import annotations

from dataclasses import replace

from novita_desktop.domain.prompt_form import PromptForm, form_of
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.services.runs import RunService
from novita_desktop.storage.run_store import RunStore

PAGE_SIZE = 200


class HistoryService:
    """Reads the runs of one data folder. Every method raises StorageError."""

    def __init__(self, store: RunStore, runs: RunService) -> None:
        self._store = store
        self._runs = runs

    async def page(self, before: int | None = None, limit: int = PAGE_SIZE) -> list[RunSummary]:
        """Return up to `limit` runs with ids below `before`, newest first."""
        return await self._store.page(before, limit)

    async def count(self) -> int:
        """Return how many runs there are."""
        return await self._store.count()

    async def detail(self, run_id: int) -> RunDetail:
        """Return everything about a run, also of one that is live or could not be stored.

        Raises LookupError for an unknown run.
        """
        return await self._runs.detail(run_id)

    async def form_of(self, run_id: int) -> PromptForm:
        """Return a form filled in as the run's request, for "Edit and run".

        A run that continued another opens as the one it continued: its own last message is not
        the person's. Raises LookupError for an unknown run.
        """
        detail = await self.detail(run_id)
        seen = {run_id}
        while (origin := detail.summary.continues) is not None and origin not in seen:
            seen.add(origin)
            detail = await self.detail(origin)
        request = request_of(detail.request_body)
        return form_of(
            replace(request, retry_policy=detail.retry_policy, time_limits=detail.time_limits)
        )
