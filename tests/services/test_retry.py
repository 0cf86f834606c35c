"""When a failed request is sent again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import errors
from novita_desktop.domain.errors import ApiError
from novita_desktop.domain.requests import Lane, RetryPolicy
from novita_desktop.services.retry import LONGEST_RETRY_AFTER, WAITS, RetryRules

MIDDLE = RetryRules(chance=lambda: 0.5)
DEFAULT, PATIENT, NONE = RetryPolicy.DEFAULT, RetryPolicy.PATIENT, RetryPolicy.NONE
TROUBLE = errors.HostTrouble()


def waits(error: ApiError, policy: RetryPolicy, rules: RetryRules = MIDDLE) -> list[float | None]:
    return [
        rules.wait_after(error, attempt, policy, Lane.INTERACTIVE, has_words=False)
        for attempt in range(1, 7)
    ]


def test_the_waits_are_those_of_the_policy() -> None:
    assert waits(TROUBLE, DEFAULT) == [1.0, 4.0, 16.0, 60.0, None, None]
    assert waits(TROUBLE, PATIENT) == [60.0, 180.0, 600.0, 1_800.0, None, None]
    assert waits(TROUBLE, NONE) == [None] * 6
    assert [MIDDLE.attempts_allowed(policy) for policy in (DEFAULT, PATIENT, NONE)] == [5, 5, 1]


@given(st.floats(0, 1), st.sampled_from([DEFAULT, PATIENT]), st.integers(1, 4))
def test_chance_moves_a_wait_by_a_fifth_at_most(
    chance: float, policy: RetryPolicy, attempt: int
) -> None:
    rules = RetryRules(chance=lambda: chance)
    wait = rules.wait_after(TROUBLE, attempt, policy, Lane.INTERACTIVE, has_words=False)
    named = WAITS[policy][attempt - 1]
    assert wait is not None
    assert named * 0.799 <= wait <= named * 1.201


@given(st.floats(0, 1), st.floats(0, 10_000))
def test_retry_after_wins_and_nobody_comes_earlier(chance: float, asked: float) -> None:
    rules = RetryRules(chance=lambda: chance)
    for error in (
        errors.RateLimited(retry_after_seconds=asked),
        errors.HostTrouble(retry_after_seconds=asked),
    ):
        wait = rules.wait_after(error, 1, DEFAULT, Lane.INTERACTIVE, has_words=False)
        assert wait is not None
        expected = min(asked, LONGEST_RETRY_AFTER)
        assert expected <= wait <= expected + 1.0


def test_retry_after_gives_no_attempt_more() -> None:
    error = errors.RateLimited(retry_after_seconds=1.0)
    assert MIDDLE.wait_after(error, 5, DEFAULT, Lane.INTERACTIVE, has_words=False) is None
    assert MIDDLE.wait_after(error, 1, NONE, Lane.INTERACTIVE, has_words=False) is None


@pytest.mark.parametrize(
    ("error", "is_repeated"),
    [
        (errors.RateLimited(), True),
        (errors.HostTrouble(), True),
        (errors.ConnectionTrouble(), True),
        (errors.NoNetwork(), True),
        (errors.ConnectTimedOut(), True),
        (errors.FirstWordTimedOut(), True),
        (errors.CertificateRefused(), False),
        (errors.KeyRefused(), False),
        (errors.NoCredit(), False),
        (errors.RequestRefused(), False),
        (errors.ModelNotFound(), False),
        (errors.RedirectRefused(), False),
        (errors.NotJson(), False),
        (errors.EmptyAnswer(), False),
        (errors.ReasoningUsedUpTokens(), False),
    ],
)
def test_what_can_help_is_sent_again(error: ApiError, is_repeated: bool) -> None:
    for lane in Lane:
        wait = MIDDLE.wait_after(error, 1, DEFAULT, lane, has_words=False)
        assert (wait is not None) is is_repeated


@pytest.mark.parametrize(
    "error", [errors.StreamBroken(), errors.StreamReportedError(), errors.SilenceTimedOut()]
)
def test_after_words_only_the_background_is_sent_again(error: ApiError) -> None:
    assert MIDDLE.wait_after(error, 1, DEFAULT, Lane.INTERACTIVE, has_words=True) is None
    assert MIDDLE.wait_after(error, 1, DEFAULT, Lane.BACKGROUND, has_words=True) == 1.0
    for fault in (errors.EmptyAnswer(), errors.ReasoningUsedUpTokens()):
        assert MIDDLE.wait_after(fault, 1, DEFAULT, Lane.BACKGROUND, has_words=True) is None
