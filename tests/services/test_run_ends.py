"""How a run ended, worked out from what is known."""

from __future__ import annotations

import pytest

from novita_desktop.domain import errors
from novita_desktop.domain.costs import Cost, PriceBand, Prices, Usage
from novita_desktop.domain.runs import RunStatus
from novita_desktop.domain.stream import StreamFinished
from novita_desktop.services.live_run import LiveRun
from novita_desktop.services.run_ends import (
    bug_error_of,
    charged_for,
    end_of,
    fault_of,
    run_error_of,
    summary_with,
)
from tests.services.test_live_run import live_run

PRICES = Prices((PriceBand(0, 10, 100),))


def attempted(run: LiveRun, *charges: bool | None) -> LiveRun:
    for charged in charges:
        run.begin_attempt()
        run.end_attempt(None, charged=charged)
    return run


def test_a_success_has_the_hosts_usage_and_an_exact_cost() -> None:
    run = attempted(live_run(prices=PRICES), False, True)
    run.text.add("Hello")
    run.finished = StreamFinished("stop", Usage(7, 3), {"id": "x"})
    end = end_of(run, RunStatus.SUCCEEDED, None)
    assert (end.usage, end.usage_is_estimate) == (Usage(7, 3), False)
    assert end.cost == Cost(7 * 10 + 3 * 100)
    assert (end.charged, end.finish_reason, end.raw_response) == (True, "stop", '{"id":"x"}')
    assert end.ended_at == 7


def test_a_broken_answer_has_an_estimate() -> None:
    run = attempted(live_run(prices=PRICES), True)
    run.text.add("12345678")
    run.reasoning.add("1234")
    end = end_of(run, RunStatus.FAILED, run_error_of(errors.StreamBroken()))
    assert (end.usage, end.usage_is_estimate) == (Usage(2, 3, reasoning=1), True)
    assert end.cost == Cost(2 * 10 + 3 * 100, is_estimate=True)
    assert end.raw_response == ""


def test_what_is_not_charged_costs_nothing_known() -> None:
    end = end_of(attempted(live_run(prices=PRICES), False, False), RunStatus.FAILED, None)
    assert (end.charged, end.usage, end.cost) == (False, None, None)
    never_sent = end_of(live_run(prices=PRICES), RunStatus.STOPPED, None)
    assert (never_sent.charged, never_sent.cost, never_sent.duration_ms) == (False, None, 0)


def test_an_unknown_price_is_never_nothing() -> None:
    run = attempted(live_run(), True)
    run.finished = StreamFinished("stop", Usage(7, 3), {})
    end = end_of(run, RunStatus.SUCCEEDED, None)
    assert end.usage == Usage(7, 3)
    assert end.cost is None


def test_earlier_attempts_that_were_charged_are_in_the_cost() -> None:
    run = attempted(live_run(prices=PRICES), True, True)
    run.earlier_usage.append(Usage(2, 1))
    run.finished = StreamFinished("stop", Usage(2, 3), {})
    end = end_of(run, RunStatus.SUCCEEDED, None)
    assert (end.usage, end.usage_is_estimate) == (Usage(2, 3), False)
    assert end.cost == Cost(2 * 10 + 1 * 100 + 2 * 10 + 3 * 100, is_estimate=True)


@pytest.mark.parametrize(
    ("charges", "expected"),
    [((False, True), True), ((True, False), True), ((False, None), None), ((False,), False)],
)
def test_a_run_is_charged_if_any_attempt_was(
    charges: tuple[bool | None, ...], expected: bool | None
) -> None:
    assert end_of(attempted(live_run(), *charges), RunStatus.FAILED, None).charged is expected


def test_an_empty_answer_is_a_fault_with_its_reason() -> None:
    cut = StreamFinished("length", Usage(1, 1), {"choices": [{"message": {}}]})
    assert isinstance(fault_of(cut, has_text=False), errors.ReasoningUsedUpTokens)
    blank = StreamFinished("stop", Usage(1, 1), {"choices": []})
    assert isinstance(fault_of(blank, has_text=False), errors.EmptyAnswer)
    calls = {"choices": [{"message": {"tool_calls": [{"id": "1"}]}}]}
    assert fault_of(StreamFinished("tool_calls", None, calls), has_text=False) is None
    assert fault_of(cut, has_text=True) is None


def test_a_connection_that_broke_after_the_answer_began_may_be_charged() -> None:
    assert charged_for(errors.ConnectionTrouble(), is_opened=False) is False
    assert charged_for(errors.ConnectionTrouble(), is_opened=True) is None
    assert charged_for(errors.StreamBroken(), is_opened=True) is True
    assert charged_for(errors.NotJson(), is_opened=True) is False


def test_an_errors_own_facts_are_kept() -> None:
    assert run_error_of(errors.ParameterRefused("top_k")).facts == (("parameter", "top_k"),)
    assert run_error_of(errors.FeatureUnsupported("vision")).facts == (("feature", "vision"),)
    assert run_error_of(errors.MaxTokensTooHigh(64)).facts == (("limit", "64"),)
    assert run_error_of(errors.MaxTokensTooHigh(None)).facts == ()
    limited = run_error_of(errors.RateLimited(reply=errors.HostReply(429, message="slow")))
    assert (limited.code, limited.reply.message, limited.is_retryable) == (
        "rate_limited",
        "slow",
        True,
    )
    assert bug_error_of(ValueError("Bearer sk_x")).reply.message == "ValueError"


def test_a_summary_in_memory_says_what_the_file_would() -> None:
    run = attempted(live_run(prices=PRICES), True)
    run.text.add("12345678")
    end = end_of(run, RunStatus.FAILED, run_error_of(errors.StreamBroken()))
    summary = summary_with(run.summary, end, 1)
    assert (summary.id, summary.status, summary.error_code) == (
        1,
        RunStatus.FAILED,
        "stream_broken",
    )
    assert (summary.cost, summary.usage, summary.attempt_count) == (end.cost, end.usage, 1)
    assert summary.ended_at == 7
