"""A run that is not over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import (
    GroupKind,
    NewRun,
    RunError,
    RunGroup,
    RunPhase,
    RunStatus,
    RunSummary,
)
from novita_desktop.services.clock import Clock
from novita_desktop.services.live_run import GrowingText, LiveRun

BODY = '{"model":"a/b","messages":[{"role":"user","content":"12345678"}]}'


class Moment:
    def __init__(self) -> None:
        self.seconds = 100.0


def live_run(moment: Moment | None = None, **changes: object) -> LiveRun:
    """A live run whose monotonic clock a test moves; `changes` are of its NewRun."""
    at = moment or Moment()
    facts: dict[str, object] = {
        "group": RunGroup(GroupKind.PROMPT, id=1),
        "created_at": 5,
        "model": "a/b",
        "base_url": "https://host",
        "message": "12345678",
        "request_body": BODY,
        "prices": None,
        "retry_policy": RetryPolicy.DEFAULT,
        "time_limits": TimeLimits(),
        **changes,
    }
    return LiveRun(
        RunSummary(1, 1, RunStatus.QUEUED, 5, "a/b", "https://host", "12345678"),
        NewRun(**facts),  # type: ignore[arg-type]
        Clock(now=lambda: 7, monotonic=lambda: at.seconds),
        attempts_allowed=5,
    )


@given(st.lists(st.text()), st.integers(0, 5))
def test_a_growing_text_is_its_pieces_whenever_it_is_read(pieces: list[str], read: int) -> None:
    text = GrowingText()
    for number, piece in enumerate(pieces):
        if number == read:
            assert str(text) == "".join(pieces[:number])
        text.add(piece)
    assert str(text) == "".join(pieces)
    assert bool(text) is bool(pieces)
    text.clear()
    assert not text


def test_a_snapshot_holds_all_that_is_known() -> None:
    moment = Moment()
    run = live_run(moment)
    run.begin_attempt()
    run.enter_phase(RunPhase.WRITING)
    run.text.add("Hel")
    run.text.add("lo")
    run.reasoning.add("Hm")
    moment.seconds += 3
    snapshot = run.snapshot()
    assert (snapshot.text, snapshot.reasoning) == ("Hello", "Hm")
    assert (snapshot.phase, snapshot.phase_seconds) == (RunPhase.WRITING, 3.0)
    assert (snapshot.attempt, snapshot.attempts_allowed) == (1, 5)
    assert snapshot.request_body == BODY


def test_an_attempt_is_timed_from_its_own_start() -> None:
    moment = Moment()
    run = live_run(moment)
    moment.seconds += 50
    current = run.begin_attempt()
    moment.seconds += 0.2
    run.note_first_word()
    moment.seconds += 1
    run.note_first_word()
    current.status, current.headers = 200, (("a", "b"),)
    run.end_attempt(None, charged=True)
    (attempt,) = run.attempts
    assert (attempt.number, attempt.started_at) == (1, 7)
    assert (attempt.first_word_ms, attempt.duration_ms) == (200, 1_200)
    assert (attempt.status, attempt.headers, attempt.charged) == (200, (("a", "b"),), True)
    run.end_attempt(None, charged=None)
    assert len(run.attempts) == 1


def test_a_failed_attempt_keeps_what_the_host_said() -> None:
    run = live_run()
    run.begin_attempt()
    reply = HostReply(429, headers=(("retry-after", "3"),), trace_id="t")
    error = RunError("rate_limited", reply, is_retryable=True)
    run.end_attempt(error, charged=False)
    run.note_wait(3.25)
    (attempt,) = run.attempts
    assert (attempt.status, attempt.headers) == (429, reply.headers)
    assert (attempt.error, attempt.wait_after_ms) == (error, 3_250)
    event = run.enter_phase(RunPhase.BACKING_OFF, wait_seconds=3.25, error_code="rate_limited")
    assert (event.attempt, event.wait_seconds) == (2, 3.25)
