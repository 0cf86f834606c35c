"""Who won how often, how fast and at what cost, over all rounds that a person judged."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from novita_desktop.domain.comparisons import Column, Verdict, column_to_saved
from novita_desktop.domain.ratings import ratings, win_interval
from novita_desktop.domain.records import record

ENOUGH_ROUNDS: Final = 10
"""With fewer rounds than this, an interval is so wide that it tells nothing."""

ENOUGH_PAIRS: Final = 30
"""With fewer pairs that one answer won, ratings would jump with each verdict."""


@record(frozen=True, slots=True)
class Competitor:
    """A model, or one with settings of its own; `settings` tells those apart, empty for none."""

    model: str
    settings: str = ""


@record(frozen=True, slots=True)
class CheckTally:
    """How many checks were passed, of how many that could be told."""

    passed: int = 0
    counted: int = 0

    def __add__(self, other: CheckTally) -> CheckTally:
        """Return both together."""
        return CheckTally(self.passed + other.passed, self.counted + other.counted)


@record(frozen=True, slots=True)
class JudgedAnswer:
    """One answer of a judged round, with the figures of its run."""

    competitor: Competitor
    is_best: bool
    first_word_ms: int | None = None
    tokens_per_second: float | None = None
    cost_units: int | None = None


@record(frozen=True, slots=True)
class JudgedRound:
    """The answers of one round that came whole, and the verdict on them."""

    verdict: Verdict
    answers: tuple[JudgedAnswer, ...]


@record(frozen=True, slots=True)
class Standing:
    """One competitor's results. Shares are from 0 to 1; `low` and `high` hold 95 %.

    `rating` is None while there is too little to tell. Figures are medians; `thousand_units` is
    what 1,000 such runs cost, in units of 10^-10 USD.
    """

    competitor: Competitor
    rounds: int
    wins: int
    ties: int
    win_rate: float
    low: float
    high: float
    rating: float | None = None
    first_word_ms: int | None = None
    tokens_per_second: float | None = None
    thousand_units: int | None = None
    checks: CheckTally = CheckTally()


def competitor_of(column: Column) -> Competitor:
    """Return whose results a column's answers count for."""
    own = {name: value for name, value in column_to_saved(column).items() if name != "key"}
    settings = json.dumps(own, ensure_ascii=False, sort_keys=True) if column.is_modified else ""
    return Competitor(column.model, settings)


def standings(
    rounds: Sequence[JudgedRound], tallies: Mapping[Competitor, CheckTally] | None = None
) -> list[Standing]:
    """Return every competitor's results, who won the largest share of its rounds first.

    `tallies` has what became of the checks; who was checked but never judged has no rounds.
    """
    tallies = tallies or {}
    answers: dict[Competitor, list[tuple[Verdict, JudgedAnswer]]] = {}
    for each in rounds:
        for answer in each.answers:
            answers.setdefault(answer.competitor, []).append((each.verdict, answer))
    points = ratings(pair_wins(rounds)) if _pair_count(rounds) >= ENOUGH_PAIRS else None
    found = [
        replace(
            _standing(competitor, given, points[competitor] if points else None),
            checks=tallies.get(competitor, CheckTally()),
        )
        for competitor, given in answers.items()
    ]
    found += [
        Standing(competitor, 0, 0, 0, 0.0, 0.0, 1.0, checks=tally)
        for competitor, tally in tallies.items()
        if competitor not in answers and tally.counted
    ]
    return sorted(found, key=_rank)


def _rank(standing: Standing) -> tuple[bool, float, float, float, str]:
    checks = standing.checks
    share = checks.passed / checks.counted if checks.counted else 0.0
    model = standing.competitor.model
    return (not standing.rounds, -standing.win_rate, -standing.low, -share, model)


def pair_wins(rounds: Iterable[JudgedRound]) -> dict[tuple[Competitor, Competitor], float]:
    """Return how often each competitor won over each other: a tie is half a win for both.

    A round in which all were bad says nothing about who is better.
    """
    wins: dict[tuple[Competitor, Competitor], float] = {}

    def add(winner: Competitor, loser: Competitor, count: float) -> None:
        if winner != loser:
            wins[winner, loser] = wins.get((winner, loser), 0.0) + count

    for each in rounds:
        for one in each.answers:
            for other in each.answers:
                if one is other:
                    continue
                if each.verdict is Verdict.TIE:
                    add(one.competitor, other.competitor, 0.5)
                elif each.verdict is Verdict.BEST and one.is_best:
                    add(one.competitor, other.competitor, 1.0)
    return wins


def _pair_count(rounds: Iterable[JudgedRound]) -> float:
    return sum(pair_wins(rounds).values())


def _standing(
    competitor: Competitor, given: Sequence[tuple[Verdict, JudgedAnswer]], rating: float | None
) -> Standing:
    wins = sum(verdict is Verdict.BEST and answer.is_best for verdict, answer in given)
    ties = sum(verdict is Verdict.TIE for verdict, _ in given)
    low, high = win_interval(wins, len(given))
    answers = [answer for _, answer in given]
    costs = [answer.cost_units for answer in answers if answer.cost_units is not None]
    first_word = _median(answers, lambda answer: answer.first_word_ms)
    return Standing(
        competitor=competitor,
        rounds=len(given),
        wins=wins,
        ties=ties,
        win_rate=wins / len(given),
        low=low,
        high=high,
        rating=rating,
        first_word_ms=None if first_word is None else round(first_word),
        tokens_per_second=_median(answers, lambda answer: answer.tokens_per_second),
        thousand_units=round(Fraction(1000 * sum(costs), len(costs))) if costs else None,
    )


def _median(
    answers: Iterable[JudgedAnswer], measure: Callable[[JudgedAnswer], float | None]
) -> float | None:
    known = [value for answer in answers if (value := measure(answer)) is not None]
    return statistics.median(known) if known else None
