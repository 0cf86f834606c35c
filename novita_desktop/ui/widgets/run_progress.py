"""What is known about the run that is shown: one state that drives every label."""

from __future__ import annotations

from dataclasses import dataclass

from novita_desktop.domain.costs import estimated_tokens
from novita_desktop.domain.runs import RunPhase, RunStatus, RunSummary
from novita_desktop.services.events import RunGrew, RunPhaseChanged

TIMED_PHASES = frozenset(
    {
        RunPhase.SLOWED,
        RunPhase.CONNECTING,
        RunPhase.WAITING_FOR_FIRST_WORD,
        RunPhase.THINKING,
        RunPhase.BACKING_OFF,
    }
)
"""The phases whose words hold a number of seconds that goes on without any event."""


@dataclass(slots=True)
class RunProgress:
    """The run in view. Times are seconds on one monotonic clock, given by the caller."""

    started: float = 0.0
    phase: RunPhase | None = None
    phase_since: float = 0.0
    attempt: int = 1
    attempts_allowed: int = 1
    retry_at: float = 0.0
    error_code: str = ""
    first_word: float | None = None
    thinking_since: float | None = None
    writing_since: float | None = None
    written_tokens: int = 0
    reasoning_tokens: int = 0
    summary: RunSummary | None = None

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self.summary is not None and self.summary.status.is_over

    @property
    def status(self) -> RunStatus | None:
        """How the run ended, None while it goes on."""
        return self.summary.status if self.summary and self.is_over else None

    @property
    def needs_clock(self) -> bool:
        """Whether the words change with time alone."""
        return not self.is_over and self.phase in TIMED_PHASES

    @classmethod
    def begun(cls, now: float) -> RunProgress:
        """Return the progress of a run that was just submitted."""
        return cls(started=now, phase=RunPhase.QUEUED, phase_since=now)

    def take_phase(self, event: RunPhaseChanged, now: float) -> None:
        """Note what the run does from now on."""
        if event.phase is not self.phase:
            self.phase_since = now
        self.phase = event.phase
        self.attempt, self.attempts_allowed = event.attempt, event.attempts_allowed
        self.error_code = event.error_code
        if event.phase is RunPhase.BACKING_OFF:
            self.retry_at = now + (event.wait_seconds or 0.0)

    def take_text(self, event: RunGrew, now: float) -> None:
        """Count what arrived."""
        if self.first_word is None:
            self.first_word = now
        if event.reasoning:
            self.thinking_since = self.thinking_since or now
            self.reasoning_tokens += estimated_tokens(event.reasoning)
        if event.text:
            self.writing_since = self.writing_since or now
            self.written_tokens += estimated_tokens(event.text)

    def restart(self) -> None:
        """Forget what arrived: a new attempt begins from nothing."""
        self.first_word = self.thinking_since = self.writing_since = None
        self.written_tokens = self.reasoning_tokens = 0

    def end(self, summary: RunSummary) -> None:
        """Note how the run ended."""
        self.summary = summary
        self.phase = None

    def seconds_in_phase(self, now: float) -> float:
        """Return for how long the run has been doing what it does."""
        return max(now - self.phase_since, 0.0)

    def seconds_to_retry(self, now: float) -> float:
        """Return how long until the next attempt."""
        return max(self.retry_at - now, 0.0)

    def thought_seconds(self, now: float) -> float | None:
        """Return for how long the model has thought, or did think."""
        if self.thinking_since is None:
            return None
        return (self.writing_since or now) - self.thinking_since

    def tokens_per_second(self, now: float) -> float | None:
        """Return about how fast words come, None while that cannot be told."""
        since = self.writing_since
        if since is None or now - since < 0.5:
            return None
        return self.written_tokens / (now - since)
