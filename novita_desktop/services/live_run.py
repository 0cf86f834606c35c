"""A run that is not over: what it does now, and what has arrived of its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from typing_extensions import override

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunDetail,
    RunEnd,
    RunError,
    RunPhase,
    RunSummary,
)
from novita_desktop.domain.stream import StreamFinished
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import RunPhaseChanged
from novita_desktop.services.run_queue import Ticket


@record(frozen=True, slots=True)
class LiveSnapshot:
    """A live run at one moment: whoever takes it and then follows the events misses nothing.

    `phase_seconds` is how long the phase has lasted, `wait_seconds` how long the back-off lasts
    in all. `request_body` is the JSON text that is sent.
    """

    summary: RunSummary
    phase: RunPhase
    phase_seconds: float
    attempt: int
    attempts_allowed: int
    text: str
    reasoning: str
    request_body: str
    wait_seconds: float | None = None
    error_code: str = ""


class GrowingText:
    """A text that arrives in pieces; reading it costs no more than its length each time."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def add(self, piece: str) -> None:
        """Append a piece."""
        self._pieces.append(piece)

    def clear(self) -> None:
        """Forget everything."""
        self._pieces.clear()

    @override
    def __str__(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def __bool__(self) -> bool:
        return bool(self._pieces)


@dataclass(slots=True)
class AttemptInProgress:
    """One HTTP exchange that goes on; `began` is monotonic seconds, `started_at` wall time."""

    number: int
    started_at: int
    began: float
    first_word_ms: int | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_opened(self) -> bool:
        """Whether the host has begun to answer."""
        return self.status is not None


@dataclass(slots=True, eq=False)
class LiveRun:
    """Everything that is known about one run until it is over and recorded."""

    summary: RunSummary
    new: NewRun
    clock: Clock
    attempts_allowed: int = 1
    text: GrowingText = field(default_factory=GrowingText)
    reasoning: GrowingText = field(default_factory=GrowingText)
    attempts: list[Attempt] = field(default_factory=list)
    current: AttemptInProgress | None = None
    finished: StreamFinished | None = None
    earlier_usage: list[Usage] = field(default_factory=list)
    end: RunEnd | None = None
    ticket: Ticket | None = None
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    work: asyncio.Task[None] | None = None
    recording: asyncio.Task[None] | None = None
    is_interrupted: bool = False
    phase: RunPhaseChanged = field(init=False)
    _phase_began: float = field(init=False)

    def __post_init__(self) -> None:
        self.phase = RunPhaseChanged(self.id, RunPhase.QUEUED, 1, self.attempts_allowed)
        self._phase_began = self.clock.monotonic()

    @property
    def id(self) -> int:
        """The run's number in the data file."""
        return self.summary.id

    @property
    def has_words(self) -> bool:
        """Whether any part of an answer or of reasoning has arrived."""
        return bool(self.text) or bool(self.reasoning)

    def enter_phase(
        self, phase: RunPhase, *, wait_seconds: float | None = None, error_code: str = ""
    ) -> RunPhaseChanged:
        """Note that the run does something else now; return the event that tells it."""
        number = len(self.attempts) + 1  # while backing off: the attempt that comes next
        self.phase = RunPhaseChanged(
            self.id, phase, number, self.attempts_allowed, wait_seconds, error_code
        )
        self._phase_began = self.clock.monotonic()
        return self.phase

    def begin_attempt(self) -> AttemptInProgress:
        """Start the next attempt's clocks."""
        self.current = AttemptInProgress(
            len(self.attempts) + 1, self.clock.now(), self.clock.monotonic()
        )
        return self.current

    def note_first_word(self) -> None:
        """Stop the clock of the first word, once an attempt."""
        current = self.current
        if current is not None and current.first_word_ms is None:
            current.first_word_ms = self.clock.milliseconds_since(current.began)

    def attempt_so_far(self) -> Attempt | None:
        """Return the attempt that goes on as it would be recorded now, None if there is none."""
        current = self.current
        if current is None:
            return None
        return Attempt(
            number=current.number,
            started_at=current.started_at,
            duration_ms=self.clock.milliseconds_since(current.began),
            first_word_ms=current.first_word_ms,
            status=current.status,
            headers=current.headers,
        )

    def end_attempt(self, error: RunError | None, *, charged: bool | None) -> None:
        """Close the attempt that goes on, if any."""
        attempt = self.attempt_so_far()
        if attempt is None:
            return
        if error is not None and error.reply.status is not None:
            attempt = replace(attempt, status=error.reply.status)
        if error is not None and error.reply.headers:
            attempt = replace(attempt, headers=error.reply.headers)
        self.attempts.append(replace(attempt, error=error, charged=charged))
        self.current = None

    def note_wait(self, seconds: float) -> None:
        """Note the wait that follows the last attempt."""
        self.attempts[-1] = replace(self.attempts[-1], wait_after_ms=round(seconds * 1_000))

    def snapshot(self) -> LiveSnapshot:
        """Return the run as it is at this moment."""
        return LiveSnapshot(
            summary=self.summary,
            phase=self.phase.phase,
            phase_seconds=self.clock.monotonic() - self._phase_began,
            attempt=self.phase.attempt,
            attempts_allowed=self.attempts_allowed,
            text=str(self.text),
            reasoning=str(self.reasoning),
            request_body=self.new.request_body,
            wait_seconds=self.phase.wait_seconds,
            error_code=self.phase.error_code,
        )

    def detail(self) -> RunDetail:
        """Return the run as the data file would tell it, for one that could not be stored."""
        end = self.end
        return RunDetail(
            summary=self.summary,
            request_body=self.new.request_body,
            text=str(self.text),
            reasoning=str(self.reasoning),
            raw_response=end.raw_response if end else "",
            prices=self.new.prices,
            error=end.error if end else None,
            attempts=tuple(self.attempts),
            retry_policy=self.new.retry_policy,
            time_limits=self.new.time_limits,
            variables=self.new.variables,
        )
