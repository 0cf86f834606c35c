"""How sure verdicts make us: an interval around a win rate, and Bradley-Terry ratings.

The interval is Wilson's (1927), which holds for few rounds and near 0 and 1. Bradley and Terry
(1952) give each competitor a strength such that the chance of a over b is a / (a + b); it is found
as Hunter (2004) describes, one strength after another until none changes any more.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

T = TypeVar("T", bound=Hashable)

NORMAL_95: Final = 1.959963984540054
"""So many standard deviations around the mean hold 95 % of a normal distribution."""

USUAL_RATING: Final = 1500.0
POINTS_PER_TENFOLD: Final = 400.0
"""Ratings are told in the points that chess players know: 400 more is ten times the odds."""

_MOST_STEPS: Final = 10_000
_CLOSE_ENOUGH: Final = 1e-10


def win_interval(wins: int, rounds: int) -> tuple[float, float]:
    """Return between which shares, with 95 % confidence, the true share of wins lies."""
    if rounds <= 0:
        return 0.0, 1.0
    share, square = wins / rounds, NORMAL_95**2
    middle = share + square / (2 * rounds)
    reach = NORMAL_95 * math.sqrt(share * (1 - share) / rounds + square / (4 * rounds**2))
    scale = 1 + square / rounds
    # Rounding would push the ends past a share of nothing or of everything.
    low = (middle - reach) / scale if wins > 0 else 0.0
    high = (middle + reach) / scale if wins < rounds else 1.0
    return low, high


def ratings(wins: Mapping[tuple[T, T], float]) -> dict[T, float] | None:
    """Return a rating for each competitor, None while the verdicts do not settle all of them.

    `wins` says how often the first of each pair won over the second; a tie is half a win for both.
    Ratings exist only where everybody is linked to everybody else by a chain of wins in both
    directions: one who never lost could be any amount better.
    """
    names = tuple(dict.fromkeys(name for pair in wins for name in pair))
    if len(names) < 2 or not _is_linked(names, wins):
        return None
    total = {name: sum(wins.get((name, other), 0.0) for other in names) for name in names}
    met = {
        (a, b): wins.get((a, b), 0.0) + wins.get((b, a), 0.0)
        for a in names
        for b in names
        if a != b
    }
    strengths = dict.fromkeys(names, 1.0)
    for _ in range(_MOST_STEPS):
        change = 0.0
        for name in names:
            before = strengths[name]
            weight = sum(
                met[name, other] / (before + strengths[other]) for other in names if other != name
            )
            strengths[name] = total[name] / weight
            change = max(change, abs(math.log(strengths[name] / before)))
        if change < _CLOSE_ENOUGH:
            break
    mean = sum(math.log10(value) for value in strengths.values()) / len(names)
    return {
        name: USUAL_RATING + POINTS_PER_TENFOLD * (math.log10(value) - mean)
        for name, value in strengths.items()
    }


def _is_linked(names: tuple[T, ...], wins: Mapping[tuple[T, T], float]) -> bool:
    """Whether a chain of wins leads from the first to everybody, and from everybody to it."""
    beaten: dict[T, set[T]] = {name: set() for name in names}
    beaten_by: dict[T, set[T]] = {name: set() for name in names}
    for (winner, loser), count in wins.items():
        if count > 0:
            beaten[winner].add(loser)
            beaten_by[loser].add(winner)
    return all(len(_reached(names[0], links)) == len(names) for links in (beaten, beaten_by))


def _reached(start: T, links: Mapping[T, set[T]]) -> set[T]:
    found, waiting = {start}, [start]
    while waiting:
        new = links[waiting.pop()] - found
        found |= new
        waiting += new
    return found
