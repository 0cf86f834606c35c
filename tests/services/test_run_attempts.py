"""Attempts: what is sent again, how often, and what is kept of each."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.requests import Lane, RetryPolicy
from novita_desktop.domain.runs import GroupKind, RunGroup, RunPhase, RunStatus
from novita_desktop.services.events import QueueChanged, RunGrew, RunRestarted
from tests.services.stage import limits, open_stage, request

BATCH = RunGroup(GroupKind.BATCH, lane=Lane.BACKGROUND)


@pytest.mark.parametrize(
    ("scenario", "code", "requests"),
    [
        ("rate-limited", "rate_limited", 5),
        ("server-error", "host_trouble", 5),
        ("overloaded", "host_trouble", 5),
        ("drop", "connection_trouble", 5),
        ("garbage", "connection_trouble", 5),
        ("bad-key", "key_refused", 1),
        ("missing-key", "key_missing", 1),
        ("no-balance", "no_credit", 1),
        ("no-access", "model_access_denied", 1),
        ("model-not-found", "model_not_found", 1),
        ("captive-portal", "not_json", 1),
        ("empty-answer", "reasoning_used_up_tokens", 1),
        ("blank", "empty_answer", 1),
        ("broken", "stream_broken", 1),
        ("ends-early", "stream_broken", 1),
        ("no-finish", "stream_broken", 1),
        ("error-midway", "stream_reported_error", 1),
        ("malformed", "stream_broken", 1),
    ],
)
def test_a_failure_is_sent_again_as_the_rules_say_and_named(
    tmp_path: Path, host: DemoHost, scenario: str, code: str, requests: int
) -> None:
    async def journey() -> None:
        host.play_always(scenario)
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run()
            assert (summary.status, summary.error_code) == (RunStatus.FAILED, code)
            assert len(host.chats) == requests
            detail = await stage.detail(summary.id)
            assert [a.number for a in detail.attempts] == list(range(1, requests + 1))
            assert all(a.error is not None and a.error.code == code for a in detail.attempts)
            assert detail.error == detail.attempts[-1].error
            waits = [a.wait_after_ms for a in detail.attempts]
            assert None not in waits[:-1]
            assert waits[-1] is None

    asyncio.run(journey())


def test_a_429_then_success_is_one_run_with_two_attempts(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=0.05"])
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run()
            assert summary.status is RunStatus.SUCCEEDED
            assert summary.charged is True
            first, second = (await stage.detail(summary.id)).attempts
            assert (first.status, first.charged) == (429, False)
            assert first.wait_after_ms is not None
            assert 50 <= first.wait_after_ms <= 100
            assert ("Retry-After", "0.05") in [(n.title(), v) for n, v in first.headers]
            assert (second.status, second.charged, second.error) == (200, True, None)
            between = host.chats[1].received_at - host.chats[0].received_at
            assert between >= 0.05
            backing_off = [
                phase
                for phase in stage.watch.phases(summary.id)
                if phase.phase is RunPhase.BACKING_OFF
            ]
            assert [(p.attempt, p.attempts_allowed, p.error_code) for p in backing_off] == [
                (2, 5, "rate_limited")
            ]

    asyncio.run(journey())


def test_the_policy_none_sends_once(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("server-error")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run(retry_policy=RetryPolicy.NONE)
            assert summary.status is RunStatus.FAILED
            assert summary.charged is False
            assert summary.cost is None
            assert len(host.chats) == 1

    asyncio.run(journey())


def test_a_storm_of_429s_stays_at_the_policys_number(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("rate-limited")
        async with open_stage(tmp_path, host) as stage:
            runs = await asyncio.gather(*(stage.run(f"Hello {n}") for n in range(20)))
            assert {run.error_code for run in runs} == {"rate_limited"}
            bodies = [entry.body for entry in host.chats]
            assert {bodies.count(body) for body in bodies} == {5}
            assert len(bodies) == 100

    asyncio.run(journey())


def test_a_first_word_that_never_comes_is_sent_again(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["hang", "slow-start"])
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run(time_limits=limits(first_word_seconds=0.2))
            assert summary.status is RunStatus.SUCCEEDED
            attempts = (await stage.detail(summary.id)).attempts
            codes = [a.error.code if a.error else "" for a in attempts]
            assert codes == ["first_word_timed_out", "first_word_timed_out", ""]
            # The host bills what it began; so the sum is an estimate.
            assert summary.cost is not None
            assert summary.cost.is_estimate
            assert not summary.usage_is_estimate

    asyncio.run(journey())


def test_an_interactive_run_that_falls_silent_keeps_its_words_and_is_not_sent_again(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("hang-midway")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run(time_limits=limits(silence_seconds=0.2))
            assert (summary.status, summary.error_code) == (RunStatus.FAILED, "silence_timed_out")
            assert summary.charged is True
            assert summary.usage_is_estimate
            assert summary.cost is not None
            assert summary.cost.is_estimate
            assert (await stage.detail(summary.id)).text
            assert len(host.chats) == 1

    asyncio.run(journey())


def test_a_background_run_that_broke_off_is_sent_again_from_nothing(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.script(["broken"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request(), BATCH)
            summary = await stage.watch.ended(started.id)
            assert summary.status is RunStatus.SUCCEEDED
            detail = await stage.detail(started.id)
            assert [a.error.code if a.error else "" for a in detail.attempts] == [
                "stream_broken",
                "",
            ]
            assert detail.attempts[0].charged is True
            restart = stage.watch.seen.index(RunRestarted(started.id))
            after = [e.text for e in stage.watch.seen[restart:] if isinstance(e, RunGrew)]
            assert detail.text == "".join(after)
            assert detail.summary.cost is not None
            assert detail.summary.cost.is_estimate

    asyncio.run(journey())


@pytest.mark.parametrize("at", [1, 30, 200, 450, 700, 900])
def test_a_stream_broken_at_any_byte_is_never_a_success(
    tmp_path: Path, host: DemoHost, at: int
) -> None:
    async def journey() -> None:
        host.play_always(f"broken-at; break_at={at}")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run(retry_policy=RetryPolicy.NONE)
            assert summary.status is RunStatus.FAILED
            assert summary.error_code in {"stream_broken", "connection_trouble"}

    asyncio.run(journey())


@pytest.mark.parametrize("scenario", ["no-done", "odd-lines", "cut", "gzip", "null-first"])
def test_an_odd_stream_with_its_end_mark_is_a_success(
    tmp_path: Path, host: DemoHost, scenario: str
) -> None:
    async def journey() -> None:
        host.play_always(scenario)
        async with open_stage(tmp_path, host) as stage:
            assert (await stage.run()).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


def test_a_call_of_a_tool_without_words_is_a_success(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("tool-call; text=")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run()
            assert (summary.status, summary.finish_reason) == (RunStatus.SUCCEEDED, "tool_calls")

    asyncio.run(journey())


def test_an_answer_without_usage_has_an_estimate_marked_as_such(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("no-usage; text=Twelve words")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run("Four")
            assert summary.usage_is_estimate
            assert summary.usage is not None
            assert (summary.usage.prompt, summary.usage.completion) == (1, 3)
            assert summary.cost is not None
            assert summary.cost.is_estimate

    asyncio.run(journey())


def test_try_now_skips_the_wait(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())

            def backs_off() -> bool:
                phases = stage.watch.phases(started.id)
                return bool(phases) and phases[-1].phase is RunPhase.BACKING_OFF

            await stage.watch.until(backs_off)
            await stage.runs.try_now(started.id)
            assert (await stage.watch.ended(started.id)).status is RunStatus.SUCCEEDED
            assert len(host.chats) == 2

    asyncio.run(journey())


def test_a_run_between_two_attempts_is_told_as_waiting(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:

            def counts() -> tuple[int, int]:
                told = stage.watch.all(QueueChanged)
                return (told[-1].running, told[-1].waiting) if told else (0, 0)

            started = await stage.runs.submit(request())
            await stage.watch.until(lambda: counts() == (0, 1))
            await stage.runs.stop(started.id)
            await stage.watch.until(lambda: counts() == (0, 0))

    asyncio.run(journey())


def test_reasoning_comes_before_writing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("plain; reasoning_tokens=5; text=Done")
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run()
            assert [p.phase for p in stage.watch.phases(summary.id)][-2:] == [
                RunPhase.THINKING,
                RunPhase.WRITING,
            ]
            detail = await stage.detail(summary.id)
            assert detail.text == "Done"
            assert detail.reasoning

    asyncio.run(journey())
