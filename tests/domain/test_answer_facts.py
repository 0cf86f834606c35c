"""Figures of answers, and which is the best of several."""

from __future__ import annotations

from novita_desktop.domain.answer_facts import AnswerFacts, FactName, best_of, facts_of
from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import RunStatus, RunSummary


def summary(**changes: object) -> RunSummary:
    facts: dict[str, object] = {
        "id": 1,
        "group_id": 1,
        "status": RunStatus.SUCCEEDED,
        "created_at": 0,
        "model": "m",
        "base_url": "",
        "message_head": "",
        "duration_ms": 2_500,
        "first_word_ms": 500,
        "usage": Usage(10, 200, reasoning=40),
        "cost": Cost(30),
        "finish_reason": "stop",
        "attempt_count": 2,
    }
    return RunSummary(**{**facts, **changes})  # type: ignore[arg-type]


def test_speeds_count_from_the_first_word() -> None:
    facts = facts_of(summary(), "one two  three\nfour")
    assert (facts.tokens_per_second, facts.words_per_second, facts.words) == (100.0, 2.0, 4)
    assert (facts.tokens, facts.reasoning_tokens, facts.attempts) == (200, 40, 2)
    assert facts.is_whole


def test_what_is_unknown_stays_unknown() -> None:
    facts = facts_of(summary(first_word_ms=None, usage=None, cost=None), "")
    assert (facts.first_word_ms, facts.tokens_per_second, facts.words_per_second) == (None,) * 3
    assert facts_of(summary(duration_ms=550), "one").tokens_per_second is None


def facts(first: int | None = 1, speed: float | None = 1, cost: int | None = 1) -> AnswerFacts:
    return AnswerFacts(
        first_word_ms=first,
        tokens_per_second=speed,
        cost=None if cost is None else Cost(cost),
        is_whole=True,
    )


def test_the_best_figures_are_marked() -> None:
    found = best_of({1: facts(100, 50, 9), 2: facts(200, 70, 9), 3: facts(100, None, 12)})
    assert found == {
        1: {FactName.FIRST_WORD, FactName.COST},
        2: {FactName.SPEED, FactName.COST},
        3: {FactName.FIRST_WORD},
    }


def test_what_all_share_and_what_broke_off_is_no_best() -> None:
    assert best_of({1: facts(), 2: facts()}) == {1: frozenset(), 2: frozenset()}
    broken = facts_of(summary(status=RunStatus.FAILED, cost=Cost(0)), "")
    found = best_of({1: facts(cost=5), 2: facts(cost=6), 3: broken})
    assert (found[1], found[3]) == ({FactName.COST}, frozenset())
