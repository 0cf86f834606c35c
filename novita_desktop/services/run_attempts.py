"""Sends one run's request until it is answered: slot, attempt, wait, and again by the rules."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Protocol

from novita_desktop.domain.errors import ApiError, HostTrouble, RateLimited
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.runs import RunPhase, RunStatus
from novita_desktop.domain.stream import (
    ReasoningDelta,
    StreamEvent,
    StreamFinished,
    StreamOpened,
    TextDelta,
)
from novita_desktop.services.events import Events, RunGrew, RunRestarted
from novita_desktop.services.live_run import LiveRun
from novita_desktop.services.model_limits import ModelKey
from novita_desktop.services.retry import RetryRules, asked_wait
from novita_desktop.services.run_ends import charged_for, estimated_usage, fault_of, run_error_of
from novita_desktop.services.run_queue import RunQueue, Ticket
from novita_desktop.services.run_recorder import RunRecorder


class ChatStreams(Protocol):
    """What a host's client gives to a run."""

    def stream_chat(self, body_text: str, limits: TimeLimits) -> AsyncGenerator[StreamEvent, None]:
        """Send a body and yield the events of its answer."""


class RunAttempts:
    """Performs the attempts of runs; `client` returns the client to use at that moment."""

    def __init__(
        self,
        client: Callable[[], ChatStreams],
        queue: RunQueue,
        rules: RetryRules,
        recorder: RunRecorder,
        events: Events,
    ) -> None:
        self._client = client
        self._queue = queue
        self._rules = rules
        self._recorder = recorder
        self._events = events

    async def perform(self, run: LiveRun) -> None:
        """Send the request until it is answered. Raises the last attempt's ApiError."""
        while (error := await self._in_a_slot(run)) is not None:
            wait = self._rules.wait_after(
                error,
                len(run.attempts),
                run.new.retry_policy,
                run.new.group.lane,
                has_words=run.has_words,
            )
            if wait is None:
                raise error
            run.note_wait(wait)
            self._recorder.note_attempt(run)
            self._count_before_repeating(run)
            await self._back_off(run, wait, error)

    async def _in_a_slot(self, run: LiveRun) -> ApiError | None:
        """Wait for a slot and make one attempt; return why it failed, None if it did not."""
        run.ticket = self._ticket(run)
        try:
            async with run.ticket as ticket:
                error = await self._attempt(run)
                self._teach(ticket, error)
                return error
        finally:
            run.ticket = None

    def _ticket(self, run: LiveRun) -> Ticket:
        def told(is_slowed: bool) -> None:  # noqa: FBT001  # the queue's own signature
            self._enter(run, RunPhase.SLOWED if is_slowed else RunPhase.QUEUED)
            if is_slowed:
                self._recorder.note_status(run, RunStatus.WAITING)

        ticket = self._queue.ticket(
            ModelKey(run.new.base_url, run.new.model), run.new.group.lane, told
        )
        ticket.is_hurried = run.hurry.is_set()
        run.hurry.clear()
        return ticket

    def _teach(self, ticket: Ticket, error: ApiError | None) -> None:
        """Tell the queue how the host took the request."""
        if isinstance(error, RateLimited | HostTrouble):
            ticket.refused(asked_wait(error), is_rate_limit=isinstance(error, RateLimited))
        elif error is None:
            ticket.succeeded()

    async def _attempt(self, run: LiveRun) -> ApiError | None:
        run.begin_attempt()
        self._enter(run, RunPhase.CONNECTING)
        self._recorder.note_status(run, RunStatus.RUNNING)
        error: ApiError | None = None
        try:
            await self._stream(run)
        except ApiError as failure:
            error = failure
        else:
            if run.finished is not None:
                error = fault_of(run.finished, has_text=bool(str(run.text).strip()))
        current = run.current
        if error is None:
            run.end_attempt(None, charged=True)
        else:
            is_opened = current is not None and current.is_opened
            run.end_attempt(run_error_of(error), charged=charged_for(error, is_opened=is_opened))
        return error

    async def _stream(self, run: LiveRun) -> None:
        stream = self._client().stream_chat(run.new.request_body, run.new.time_limits)
        async with aclosing(stream) as events:
            async for event in events:
                match event:
                    case TextDelta(text):
                        self._grow(run, text=text)
                    case ReasoningDelta(text):
                        self._grow(run, reasoning=text)
                    case StreamOpened(status, headers):
                        if run.current is not None:
                            run.current.status, run.current.headers = status, headers
                        if run.ticket is not None:
                            run.ticket.accepted()
                        self._enter(run, RunPhase.WAITING_FOR_FIRST_WORD)
                    case StreamFinished():
                        run.finished = event

    def _grow(self, run: LiveRun, *, text: str = "", reasoning: str = "") -> None:
        run.note_first_word()
        if reasoning:
            run.reasoning.add(reasoning)
        if text:
            run.text.add(text)
        phase = RunPhase.WRITING if text else RunPhase.THINKING
        if run.phase.phase is not phase:
            self._enter(run, phase)
        self._recorder.note_growth(run)
        self._events.publish(RunGrew(run.id, text, reasoning))

    def _count_before_repeating(self, run: LiveRun) -> None:
        """Keep what a charged attempt used, and forget its words: the next begins from nothing."""
        if run.attempts[-1].charged:
            run.earlier_usage.append(
                (run.finished.usage if run.finished else None) or estimated_usage(run)
            )
        run.finished = None
        if run.has_words:
            run.text.clear()
            run.reasoning.clear()
            self._events.publish(RunRestarted(run.id))

    async def _back_off(self, run: LiveRun, seconds: float, error: ApiError) -> None:
        """Wait until the next attempt, or until the person presses "Try now"."""
        run.hurry.clear()
        self._enter(run, RunPhase.BACKING_OFF, seconds, error.code)
        self._recorder.note_status(run, RunStatus.WAITING)
        with self._queue.between_attempts():
            try:
                async with asyncio.timeout(seconds):
                    await run.hurry.wait()
            except TimeoutError:
                pass
        self._enter(run, RunPhase.QUEUED)

    def _enter(
        self,
        run: LiveRun,
        phase: RunPhase,
        wait_seconds: float | None = None,
        error_code: str = "",
    ) -> None:
        event = run.enter_phase(phase, wait_seconds=wait_seconds, error_code=error_code)
        self._events.publish(event)
