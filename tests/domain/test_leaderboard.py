"""Standings over judged rounds."""

from __future__ import annotations

import pytest

from novita_desktop.domain.comparisons import Column, Verdict
from novita_desktop.domain.leaderboard import (
    CheckTally,
    Competitor,
    JudgedAnswer,
    JudgedRound,
    competitor_of,
    pair_wins,
    standings,
)

A, B, C = (Competitor(name) for name in "abc")
MODIFIED = Competitor("a", '{"system": "x"}')


def judged(verdict: Verdict, best: Competitor | None, *competitors: Competitor) -> JudgedRound:
    answers = (
        JudgedAnswer(each, each == best, 100 * place, 50.0 * place, 1_000 * place)
        for place, each in enumerate(competitors, start=1)
    )
    return JudgedRound(verdict, tuple(answers))


def test_wins_ties_and_rounds_in_which_all_were_bad() -> None:
    rounds = [
        judged(Verdict.BEST, A, A, B, C),
        judged(Verdict.BEST, A, A, B),
        judged(Verdict.TIE, None, A, B),
        judged(Verdict.ALL_BAD, None, A, B),
    ]
    first, *rest = standings(rounds)
    assert (first.competitor, first.rounds, first.wins, first.ties) == (A, 4, 2, 1)
    assert first.win_rate == 0.5
    assert first.low < 0.5 < first.high
    assert {s.competitor: (s.rounds, s.wins) for s in rest} == {B: (4, 0), C: (1, 0)}
    assert first.rating is None


def test_pairs_count_ties_half_and_bad_rounds_not_at_all() -> None:
    rounds = [
        judged(Verdict.BEST, A, A, B, C),
        judged(Verdict.TIE, None, A, B),
        judged(Verdict.ALL_BAD, None, B, C),
    ]
    assert pair_wins(rounds) == {(A, B): 1.5, (A, C): 1.0, (B, A): 0.5}


def test_a_model_and_its_variant_are_told_apart() -> None:
    found = standings([judged(Verdict.BEST, MODIFIED, A, MODIFIED)])
    assert [s.competitor for s in found] == [MODIFIED, A]


def test_two_columns_of_the_same_do_not_beat_themselves() -> None:
    assert pair_wins([judged(Verdict.TIE, None, A, A)]) == {}


def test_figures_are_medians_and_costs_are_of_a_thousand() -> None:
    rounds = [judged(Verdict.TIE, None, A, B), judged(Verdict.TIE, None, B, A)]
    found = {s.competitor: s for s in standings(rounds)}
    assert (found[A].first_word_ms, found[A].tokens_per_second) == (150, 75.0)
    assert found[A].thousand_units == 1_500_000
    unknown = JudgedRound(Verdict.TIE, (JudgedAnswer(C, is_best=False),))
    assert standings([unknown])[0].thousand_units is None


def test_ratings_come_with_enough_pairs() -> None:
    rounds = [judged(Verdict.BEST, A, A, B)] * 20 + [judged(Verdict.BEST, B, A, B)] * 10
    found = {s.competitor: s.rating for s in standings(rounds)}
    assert found[A] is not None
    assert found[B] is not None
    assert found[A] - found[B] == pytest.approx(400 * 0.30103, abs=0.01)
    assert all(s.rating is None for s in standings(rounds[:5]))


def test_without_rounds_there_is_no_standing() -> None:
    assert standings([]) == []


def test_checks_stand_beside_the_rounds_and_alone_without() -> None:
    rounds = [judged(Verdict.BEST, A, A, B)]
    tallies = {A: CheckTally(1, 4), C: CheckTally(1, 2), MODIFIED: CheckTally(2, 2)}
    found = standings(rounds, {**tallies, Competitor("d"): CheckTally()})
    assert [(each.competitor, each.rounds, each.checks) for each in found] == [
        (A, 1, CheckTally(1, 4)),
        (B, 1, CheckTally()),
        (MODIFIED, 0, CheckTally(2, 2)),
        (C, 0, CheckTally(1, 2)),
    ]


def test_a_variant_competes_for_itself() -> None:
    assert competitor_of(Column(3, "a")) == Competitor("a")
    assert competitor_of(Column(1, "a", "x")) == competitor_of(Column(2, "a", "x"))
    assert competitor_of(Column(1, "a", "x")) != competitor_of(Column(1, "a", "y"))
