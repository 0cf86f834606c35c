"""When tokens are due."""

from novita_desktop.demo.pace import Pace, PaceChoice
from novita_desktop.demo.scenarios import PLAIN, parse_scenario


def test_tokens_are_due_one_after_the_other() -> None:
    pace = Pace(0.5, 10)
    assert [pace.due(tokens) for tokens in (0, 1, 2, 11)] == [0.5, 0.5, 0.6, 1.5]
    assert Pace(0.5, 0).due(1000) == 0.5


def test_what_was_made_by_a_moment() -> None:
    pace = Pace(0.5, 10)
    assert [pace.made_after(seconds, 8) for seconds in (0.4, 0.5, 0.95, 9)] == [0, 1, 5, 8]
    assert Pace(0.5, 0).made_after(0.6, 8) == 8


def test_the_hosts_own_pace_is_that_of_a_real_host() -> None:
    paces = [PaceChoice().pace(PLAIN) for _ in range(50)]
    assert all(0.3 <= pace.first_word_seconds <= 0.8 for pace in paces)
    assert all(60 <= pace.tokens_a_second <= 120 for pace in paces)
    assert len({pace.tokens_a_second for pace in paces}) > 10


def test_as_fast_as_possible_has_no_first_pause() -> None:
    assert PaceChoice(speed=0).pace(PLAIN) == Pace(0, 0)
    assert PaceChoice(ttft_ms=50, speed=0).pace(PLAIN) == Pace(0.05, 0)


def test_a_scenario_goes_before_the_host() -> None:
    host = PaceChoice(ttft_ms=50, speed=7)
    assert host.pace(parse_scenario("ttft_ms=10; speed=3")) == Pace(0.01, 3)
    assert host.pace(parse_scenario("latency_ms=250; speed=3")) == Pace(0.25, 0)
