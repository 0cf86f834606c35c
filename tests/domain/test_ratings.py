"""Intervals and ratings against published figures and an independent way of finding them."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.ratings import USUAL_RATING, ratings, win_interval


@pytest.mark.parametrize(
    ("wins", "rounds", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_intervals_are_those_that_were_published(
    wins: int, rounds: int, low: float, high: float
) -> None:
    assert win_interval(wins, rounds) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


def test_without_a_round_anything_is_possible() -> None:
    assert win_interval(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval_which_narrows(counts: tuple[int, int]) -> None:
    wins, rounds = counts
    low, high = win_interval(wins, rounds)
    assert 0 <= low <= wins / rounds <= high <= 1
    closer = win_interval(wins * 4, rounds * 4)
    assert closer[1] - closer[0] < high - low


def test_two_are_rated_by_their_odds() -> None:
    found = ratings({("a", "b"): 10, ("b", "a"): 1})
    assert found is not None
    assert found["a"] - found["b"] == pytest.approx(400)
    assert found["a"] + found["b"] == pytest.approx(2 * USUAL_RATING)


def test_ratings_of_three_by_hand() -> None:
    """Strengths 4 : 2 : 1 win as often as these counts say, so they must be found again."""
    strengths = {"a": 4.0, "b": 2.0, "c": 1.0}
    wins = {
        (x, y): 60 * strengths[x] / (strengths[x] + strengths[y])
        for x, y in permutations(strengths, 2)
    }
    found = ratings(wins)
    assert found is not None
    assert found["a"] - found["b"] == pytest.approx(400 * math.log10(2))
    assert found["b"] - found["c"] == pytest.approx(400 * math.log10(2))


def test_whoever_never_lost_or_never_met_the_rest_has_no_rating_yet() -> None:
    assert ratings({("a", "b"): 5}) is None
    assert ratings({("a", "b"): 1, ("b", "a"): 1, ("c", "d"): 1, ("d", "c"): 1}) is None
    assert ratings({}) is None


COUNTS = st.lists(st.integers(1, 20), min_size=12, max_size=12)


def climbed(wins: dict[tuple[str, str], float], names: str) -> dict[str, float]:
    """Find the likeliest strengths by climbing the log-likelihood, step by step."""
    theta = dict.fromkeys(names, 0.0)
    for _ in range(20_000):
        slope = dict.fromkeys(names, 0.0)
        for (a, b), count in wins.items():
            missing = count / (1 + math.exp(theta[a] - theta[b]))
            slope[a] += missing
            slope[b] -= missing
        for name in names:
            theta[name] += 0.02 * slope[name] / 10
        if max(map(abs, slope.values())) < 1e-7:
            break
    return theta


@given(COUNTS)
def test_ratings_are_the_likeliest_as_found_in_another_way(counts: list[int]) -> None:
    names = "abcd"
    wins = {pair: float(n) for pair, n in zip(permutations(names, 2), counts, strict=True)}
    found = ratings(wins)
    assert found is not None
    theta = climbed(wins, names)
    for name in names:
        difference = (theta[name] - theta["a"]) / math.log(10) * 400
        assert found[name] - found["a"] == pytest.approx(difference, abs=0.05)
