"""What one model's limits do with what the host says."""

from __future__ import annotations

from novita_desktop.domain.requests import Lane
from novita_desktop.services.model_limits import RESTS, ModelLimits

BACKGROUND, INTERACTIVE = Lane.BACKGROUND, Lane.INTERACTIVE


def refuse(
    limits: ModelLimits, now: float, pause: float | None = None, *, is_rate_limit: bool = True
) -> None:
    """Let one request of the background begin and be refused."""
    begun = limits.began(BACKGROUND, now)
    limits.refused(begun, now, pause, is_rate_limit=is_rate_limit)
    limits.ended(BACKGROUND, begun)


def accept(limits: ModelLimits, now: float, count: int = 1) -> None:
    """Let requests of the background begin and succeed."""
    for _ in range(count):
        begun = limits.began(BACKGROUND, now)
        limits.succeeded(begun)
        limits.ended(BACKGROUND, begun)


def test_a_pause_that_was_asked_for_holds_for_both_lanes() -> None:
    limits = ModelLimits(64)
    refuse(limits, 100.0, 20.0)
    assert limits.blocked_until(BACKGROUND, 110.0) == 120.0
    assert limits.blocked_until(INTERACTIVE, 110.0) == 120.0
    assert limits.blocked_until(INTERACTIVE, 120.0) is None


def test_our_own_guess_holds_for_the_background_alone_and_grows() -> None:
    limits = ModelLimits(64)
    now = 0.0
    for rest in (*RESTS, RESTS[-1]):
        refuse(limits, now)
        assert limits.blocked_until(BACKGROUND, now) == now + rest
        assert limits.blocked_until(INTERACTIVE, now) is None
        now += rest
    accept(limits, now)
    refuse(limits, now)
    assert limits.blocked_until(BACKGROUND, now) == now + RESTS[0]


def test_a_busy_host_may_ask_for_a_pause_without_costing_slots() -> None:
    limits = ModelLimits(64)
    before = limits.background_slots
    refuse(limits, 0.0, 9.0, is_rate_limit=False)
    assert limits.background_slots == before
    assert limits.blocked_until(INTERACTIVE, 0.0) == 9.0


def test_what_began_before_a_refusal_says_nothing_about_the_new_speed() -> None:
    limits = ModelLimits(64)
    old = limits.began(BACKGROUND, 0.0)
    limits.refused(old, 1.0, None, is_rate_limit=True)
    slots = limits.background_slots
    limits.succeeded(old)
    limits.refused(old, 1.0, None, is_rate_limit=True)
    assert limits.background_slots == slots


def test_one_slot_always_stays() -> None:
    limits = ModelLimits(64)
    for _ in range(20):
        refuse(limits, 0.0)
    assert limits.background_slots == 1


def test_requests_of_the_last_minute_are_counted() -> None:
    limits = ModelLimits(64, requests_per_minute=2)
    limits.began(INTERACTIVE, 0.0)
    limits.began(BACKGROUND, 30.0)
    assert limits.blocked_until(INTERACTIVE, 31.0) == 60.0
    assert limits.blocked_until(INTERACTIVE, 60.0) is None


def filled(limits: ModelLimits, count: int, now: float) -> None:
    """Let the host take `count` requests and refuse the next, also after rests."""
    accept(limits, now, count)
    for later in (0.1, 1.2, 5.3, 21.4):
        refuse(limits, now + later)


def test_a_host_that_refuses_after_three_rests_has_taught_its_figure() -> None:
    limits = ModelLimits(64)
    filled(limits, 300, 0.0)
    assert limits.learned_per_minute == 300
    assert 60.0 < (limits.blocked_until(BACKGROUND, 23.0) or 0.0) < 62.0
    assert limits.blocked_until(INTERACTIVE, 10.0) is None


def test_one_that_takes_requests_between_has_not() -> None:
    limits = ModelLimits(64)
    accept(limits, 0.0, 50)
    for moment in (0.1, 1.2, 5.3):
        refuse(limits, moment)
    accept(limits, 21.4, 20)
    refuse(limits, 21.5)
    assert limits.learned_per_minute == 0


def test_from_few_requests_nothing_is_learned() -> None:
    limits = ModelLimits(64)
    filled(limits, 5, 0.0)
    assert limits.learned_per_minute == 0


def test_a_long_pause_that_the_host_asks_for_teaches_at_once() -> None:
    limits = ModelLimits(64)
    accept(limits, 0.0, 40)
    refuse(limits, 2.0, 58.0)
    assert limits.learned_per_minute == 40


def test_a_figure_that_was_given_is_not_replaced() -> None:
    limits = ModelLimits(64, requests_per_minute=100)
    filled(limits, 50, 0.0)
    assert limits.learned_per_minute == 0


def test_after_a_full_minute_requests_are_spread() -> None:
    limits = ModelLimits(64)
    filled(limits, 300, 0.0)
    accept(limits, 63.0)
    moments = []
    now = 63.0
    for _ in range(100):
        now = max(now, limits.blocked_until(BACKGROUND, now) or now)
        moments.append(now)
        accept(limits, now)
    assert 90 / 5 < moments[-1] - moments[0] < 100 / 5


def test_a_learned_figure_that_is_a_little_too_high_costs_no_slots() -> None:
    limits = ModelLimits(64)
    filled(limits, 300, 0.0)
    accept(limits, 70.0, 290)
    slots = limits.background_slots
    refuse(limits, 72.0)
    assert limits.learned_per_minute == 290
    assert limits.background_slots == slots
    assert limits.has_background_slot


def test_a_figure_that_grew_too_far_is_taken_back_to_what_the_host_took() -> None:
    limits = ModelLimits(64)
    filled(limits, 100, 0.0)
    now, highest = 130.0, 0
    for _ in range(2_000):
        now = max(now, limits.blocked_until(BACKGROUND, now) or now)
        accept(limits, now)
        if limits.learned_per_minute > 250:
            break
    highest = limits.learned_per_minute
    assert highest > 250
    refuse(limits, now)
    assert 100 <= limits.learned_per_minute < highest


def test_as_many_requests_before_a_refusal_teach_sooner() -> None:
    limits = ModelLimits(64)
    accept(limits, 0.0, 1_000)
    refuse(limits, 31.0)
    accept(limits, 33.0, 10)
    refuse(limits, 34.0)
    assert limits.learned_per_minute == 1_010


def test_a_figure_that_does_not_keep_the_host_from_refusing_is_forgotten() -> None:
    limits = ModelLimits(64)
    filled(limits, 50, 0.0)
    now = 90.0
    for _ in range(4):
        accept(limits, now)
        refuse(limits, now + 1)
        now += 20
    assert limits.learned_per_minute == 0


def test_after_a_refusal_one_request_finds_out_whether_more_may_follow() -> None:
    limits = ModelLimits(64)
    refuse(limits, 0.0)
    probe = limits.began(BACKGROUND, 2.0)
    assert not limits.has_background_slot
    limits.accepted(probe)
    assert limits.has_background_slot


def test_requests_that_begin_at_one_moment_are_told_apart() -> None:
    limits = ModelLimits(64)
    begun = [limits.began(BACKGROUND, 5.0) for _ in range(50)]
    assert len({each.at for each in begun}) == 50
    assert begun[-1].at < 5.001
