"""What one model's limits do with what the host says."""

from __future__ import annotations

from novita_desktop.domain.requests import Lane
from novita_desktop.services.model_limits import RESTS, ModelLimits

BACKGROUND, INTERACTIVE = Lane.BACKGROUND, Lane.INTERACTIVE


def test_a_pause_that_was_asked_for_holds_for_both_lanes() -> None:
    limits = ModelLimits(64)
    limits.refused(limits.epoch, 100.0, 20.0, is_rate_limit=True)
    assert limits.blocked_until(BACKGROUND, 110.0) == 120.0
    assert limits.blocked_until(INTERACTIVE, 110.0) == 120.0
    assert limits.blocked_until(INTERACTIVE, 120.0) is None


def test_our_own_guess_holds_for_the_background_alone_and_grows() -> None:
    limits = ModelLimits(64)
    now = 0.0
    for rest in (*RESTS, RESTS[-1]):
        limits.refused(limits.epoch, now, None, is_rate_limit=True)
        assert limits.blocked_until(BACKGROUND, now) == now + rest
        assert limits.blocked_until(INTERACTIVE, now) is None
        now += rest
    limits.succeeded(limits.epoch)
    limits.refused(limits.epoch, now, None, is_rate_limit=True)
    assert limits.blocked_until(BACKGROUND, now) == now + RESTS[0]


def test_a_busy_host_may_ask_for_a_pause_without_costing_slots() -> None:
    limits = ModelLimits(64)
    before = limits.background_slots
    limits.refused(limits.epoch, 0.0, 9.0, is_rate_limit=False)
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
        limits.refused(limits.epoch, 0.0, None, is_rate_limit=True)
    assert limits.background_slots == 1


def test_requests_of_the_last_minute_are_counted() -> None:
    limits = ModelLimits(64, requests_per_minute=2)
    limits.began(INTERACTIVE, 0.0)
    limits.began(BACKGROUND, 30.0)
    assert limits.blocked_until(INTERACTIVE, 31.0) == 60.0
    assert limits.blocked_until(INTERACTIVE, 60.0) is None
