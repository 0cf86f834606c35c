"""The one path every run takes: recorded, queued, streamed, recorded again.

Whoever asks for a run (the prompt page, a retry, later a batch) gets it recorded as `queued`
before anything is sent. From then on a task of its own performs it, and another, which nobody
cancels, waits for that and records the end: so a run that is stopped before it began, or that a
fault of this program ends, is recorded all the same.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Final

from novita_desktop.domain.errors import ApiError, DailyLimitReached, NotConnected
from novita_desktop.domain.records import record
from novita_desktop.domain.request_body import body_text, request_of
from novita_desktop.domain.requests import RunRequest
from novita_desktop.domain.runs import (
    GroupKind,
    NewRun,
    RunDetail,
    RunError,
    RunGroup,
    RunStatus,
    RunSummary,
)
from novita_desktop.services import run_variants
from novita_desktop.services.background import Background
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.connection import Connection
from novita_desktop.services.events import Events, RunAdded, RunEnded
from novita_desktop.services.live_run import LiveRun, LiveSnapshot
from novita_desktop.services.private_runs import RunKeeper
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.run_attempts import RunAttempts
from novita_desktop.services.run_ends import BUG_CODE, bug_error_of, end_of, run_error_of
from novita_desktop.services.run_queue import RunQueue
from novita_desktop.services.run_recorder import RunRecorder
from novita_desktop.services.settings import SettingsService
from novita_desktop.services.spending import SpendingService

__all__ = ["LiveSnapshot", "RunParts", "RunService"]

logger = logging.getLogger(__name__)

PROMPT_GROUP: Final = RunGroup(GroupKind.PROMPT)


@record(frozen=True, slots=True)
class RunParts:
    """What the run path is made of."""

    keeper: RunKeeper
    recorder: RunRecorder
    queue: RunQueue
    connection: Connection
    catalogue: CatalogueService
    settings: SettingsService
    spending: SpendingService
    background: Background
    events: Events
    clock: Clock
    rules: RetryRules


class RunService:
    """Runs requests. Lives on the engine's loop; every method is called there."""

    def __init__(self, parts: RunParts) -> None:
        self._parts = parts
        self._attempts = RunAttempts(
            parts.connection.client, parts.queue, parts.rules, parts.recorder, parts.events
        )
        self._live: dict[int, LiveRun] = {}
        self._is_closed = False

    @property
    def live_count(self) -> int:
        """How many runs are not over."""
        return len(self._live)

    async def open_group(self, group: RunGroup) -> RunGroup:
        """Record a group for several runs; give what this returns to `submit`. StorageError."""
        return await self._parts.keeper.add_group(group, self._parts.clock.now())

    async def submit(
        self,
        request: RunRequest,
        group: RunGroup = PROMPT_GROUP,
        *,
        retry_of: int | None = None,
        continues: int | None = None,
        confirmed_over_limit: bool = False,
    ) -> RunSummary:
        """Record a run and start it; the summary's id is what events and `follow` speak of.

        Once begun, the run starts even if the caller is cancelled. Raises NotConnected,
        DailyLimitReached unless confirmed, and StorageError: then nothing is sent.
        """
        new = self._new_run(request, body_text(request), group)
        new = replace(new, retry_of=retry_of, continues=continues)
        return await self._start(new, is_confirmed=confirmed_over_limit)

    async def stop(self, run_id: int) -> None:
        """End a run at once: close its connection, keep what arrived, record it as stopped.

        Returns when it is recorded. Does nothing for a run that is over.
        """
        run = self._live.get(run_id)
        if run is not None:
            await self._end([run])

    async def stop_all(self) -> None:
        """Stop every live run."""
        await self._end(list(self._live.values()))

    async def try_now(self, run_id: int) -> None:
        """Skip the wait that a run is in: a back-off, or a pause for a rate limit."""
        run = self._live.get(run_id)
        if run is not None:
            run.hurry.set()
            if run.ticket is not None:
                run.ticket.hurry()

    async def retry(
        self,
        run_id: int,
        group: RunGroup = PROMPT_GROUP,
        *,
        confirmed_over_limit: bool = False,
    ) -> RunSummary:
        """Run the same request again, byte for byte, linked to the old run."""
        old = await self.detail(run_id)
        return await self._variant(
            old,
            old.request_body,
            group,
            is_confirmed=confirmed_over_limit,
            retry_of=run_id,
        )

    async def continue_run(
        self, run_id: int, group: RunGroup = PROMPT_GROUP, *, confirmed_over_limit: bool = False
    ) -> RunSummary:
        """Ask for the rest of an answer that was cut; the new run holds the rest alone."""
        old = await self.detail(run_id)
        text = run_variants.continued(old.request_body, old.text)
        return await self._variant(
            old, text, group, is_confirmed=confirmed_over_limit, continues=run_id
        )

    async def raise_and_rerun(
        self, run_id: int, group: RunGroup = PROMPT_GROUP, *, confirmed_over_limit: bool = False
    ) -> RunSummary:
        """Run again with twice the max_tokens, up to the model's limit. Raises InputError."""
        old = await self.detail(run_id)
        model = self._parts.catalogue.find(old.summary.model)
        text = run_variants.raised(old.request_body, model)
        return await self._variant(
            old, text, group, is_confirmed=confirmed_over_limit, retry_of=run_id
        )

    async def run_without(
        self,
        run_id: int,
        parameter: str,
        group: RunGroup = PROMPT_GROUP,
        *,
        confirmed_over_limit: bool = False,
    ) -> RunSummary:
        """Run again without a parameter or feature that the host refused.

        In the place of a refused `max_tokens` goes the suggested one: without any, some hosts
        end an answer after a few words.
        """
        old = await self.detail(run_id)
        if parameter == "max_tokens":
            model = self._parts.catalogue.find(old.summary.model)
            text = run_variants.lowered(old.request_body, model, _limit_named_in(old.error))
        else:
            text = run_variants.without(old.request_body, parameter)
        return await self._variant(
            old, text, group, is_confirmed=confirmed_over_limit, retry_of=run_id
        )

    def is_live(self, run_id: int) -> bool:
        """Return whether a run is not over."""
        return run_id in self._live

    def snapshot(self, run_id: int) -> LiveSnapshot | None:
        """Return a live run as it is at this moment, None if it is over."""
        run = self._live.get(run_id)
        return run.snapshot() if run is not None else None

    async def follow(self, run_id: int) -> LiveSnapshot | RunDetail:
        """Return a live run's snapshot, or everything about one that is over.

        Events published after the snapshot continue it without gap or overlap. Raises
        LookupError for an unknown run, StorageError.
        """
        return self.snapshot(run_id) or await self.detail(run_id)

    async def detail(self, run_id: int) -> RunDetail:
        """Return everything about a run: live, over but not stored yet, or stored.

        Raises LookupError for an unknown run, StorageError.
        """
        if live := self._live.get(run_id):
            return live.detail()
        detail = self._parts.recorder.unsaved_detail(run_id)
        if detail is None:
            detail = await self._parts.keeper.detail(run_id)
        if detail is None:
            raise LookupError(f"there is no run {run_id}")
        return detail

    async def close(self) -> None:
        """End every live run as interrupted, and record what could not be recorded before."""
        self._is_closed = True
        for run in self._live.values():
            run.is_interrupted = True
        await self.stop_all()
        await self._parts.recorder.close()

    async def _variant(
        self,
        old: RunDetail,
        body: str,
        group: RunGroup,
        *,
        is_confirmed: bool,
        retry_of: int | None = None,
        continues: int | None = None,
    ) -> RunSummary:
        request = replace(
            request_of(body),
            retry_policy=old.retry_policy,
            time_limits=old.time_limits,
            preset=old.summary.preset,
            variables=old.variables,
            is_private=old.summary.is_private,
        )
        if continues is not None:
            # The history shows what the person asked, not the words that ask for the rest.
            message = request_of(old.request_body).message_text
        else:
            message = request.message_text
        new = self._new_run(request, body, group)
        new = replace(new, message=message, retry_of=retry_of, continues=continues)
        return await self._start(new, is_confirmed=is_confirmed)

    def _new_run(self, request: RunRequest, body: str, group: RunGroup) -> NewRun:
        model = self._parts.catalogue.find(request.model)
        return NewRun(
            group=group,
            created_at=self._parts.clock.now(),
            model=request.model,
            base_url=self._parts.connection.base_url,
            message=request.message_text,
            # Half of a surrogate pair, which a paste can hold, has no bytes that could be sent.
            request_body=body.encode("utf-8", "replace").decode(),
            prices=model.prices if model else None,
            retry_policy=request.retry_policy,
            time_limits=request.time_limits,
            preset=request.preset,
            variables=request.variables,
            is_private=request.is_private,
        )

    async def _start(self, new: NewRun, *, is_confirmed: bool) -> RunSummary:
        parts = self._parts
        if not await parts.connection.key_found():
            raise NotConnected
        limit = parts.settings.current.daily_limit_units
        if not is_confirmed and await parts.spending.is_limit_reached(limit):
            raise DailyLimitReached
        return await parts.background.outlive(self._recorded_and_started(new), "submit")

    async def _recorded_and_started(self, new: NewRun) -> RunSummary:
        parts = self._parts
        summary = await parts.keeper.add(new)
        if self._is_closed:
            return summary  # recorded too late to be sent: the next start finds it interrupted
        allowed = parts.rules.attempts_allowed(new.retry_policy)
        run = LiveRun(summary, new, parts.clock, allowed)
        self._live[run.id] = run
        parts.events.publish(RunAdded(summary))
        run.work = asyncio.create_task(self._attempts.perform(run), name=f"run-{run.id}")
        run.recording = parts.background.start(self._record_end(run, run.work), f"end-{run.id}")
        return summary

    async def _record_end(self, run: LiveRun, work: asyncio.Task[None]) -> None:
        """Wait until the run is over, however it ends; record and tell that once."""
        await asyncio.wait({work})
        status, error = self._verdict(run, work)
        try:
            end = end_of(run, status, error)
            summary = await self._parts.recorder.finish(run, end)
        except Exception as bug:  # noqa: BLE001  # reported; nobody may wait for this run for ever
            self._report_bug(work, bug)
            run.summary = replace(run.summary, status=RunStatus.FAILED, error_code=BUG_CODE)
            summary = run.summary
        self._live.pop(run.id, None)
        self._parts.events.publish(RunEnded(summary))

    def _verdict(self, run: LiveRun, work: asyncio.Task[None]) -> tuple[RunStatus, RunError | None]:
        """Close the attempt that was going on, and say how the run ended."""
        if work.cancelled():
            # The host may have begun to work on a request that it had not answered yet.
            is_opened = run.current is not None and run.current.is_opened
            run.end_attempt(None, charged=True if is_opened else None)
            return RunStatus.INTERRUPTED if run.is_interrupted else RunStatus.STOPPED, None
        failure = work.exception()
        if failure is None:
            return RunStatus.SUCCEEDED, None
        if isinstance(failure, ApiError):
            return RunStatus.FAILED, run_error_of(failure)
        error = bug_error_of(failure)
        run.end_attempt(error, charged=None)
        self._report_bug(work, failure)
        return RunStatus.FAILED, error

    async def _end(self, runs: list[LiveRun]) -> None:
        for run in runs:
            if run.work is not None:
                run.work.cancel()
        if ends := {run.recording for run in runs if run.recording is not None}:
            await asyncio.wait(ends)

    def _report_bug(self, work: asyncio.Task[None], error: BaseException) -> None:
        work.get_loop().call_exception_handler(
            {"message": f"{work.get_name()} failed", "exception": error, "task": work}
        )


def _limit_named_in(error: RunError | None) -> int | None:
    """Return the highest max_tokens that the host named when it refused a run."""
    limit = dict(error.facts).get("limit", "") if error else ""
    return int(limit) if limit.isdecimal() else None
