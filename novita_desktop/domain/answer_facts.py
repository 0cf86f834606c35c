"""Figures of an answer that can be compared: how fast it came, how long it is, what it cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunStatus, RunSummary

LEAST_MS = 100
"""A speed over less time than this says nothing."""


class FactName(StrEnum):
    """A figure of which one answer can have the best."""

    FIRST_WORD = "first_word"
    SPEED = "speed"
    COST = "cost"


@record(frozen=True, slots=True)
class AnswerFacts:
    """An answer's figures; None where one is not known. Speeds are per second after the first word."""

    first_word_ms: int | None = None
    tokens_per_second: float | None = None
    words_per_second: float | None = None
    words: int = 0
    tokens: int | None = None
    reasoning_tokens: int = 0
    cost: Cost | None = None
    finish_reason: str = ""
    attempts: int = 0
    is_whole: bool = False


def facts_of(summary: RunSummary, text: str) -> AnswerFacts:
    """Return the figures of a run that is over, whose answer is `text`."""
    usage = summary.usage
    seconds = None
    if summary.duration_ms is not None and summary.first_word_ms is not None:
        milliseconds = summary.duration_ms - summary.first_word_ms
        seconds = milliseconds / 1000 if milliseconds >= LEAST_MS else None
    words = len(text.split())
    return AnswerFacts(
        first_word_ms=summary.first_word_ms,
        tokens_per_second=usage.completion / seconds if usage and seconds else None,
        words_per_second=words / seconds if words and seconds else None,
        words=words,
        tokens=usage.completion if usage else None,
        reasoning_tokens=usage.reasoning if usage else 0,
        cost=summary.cost,
        finish_reason=summary.finish_reason,
        attempts=summary.attempt_count,
        is_whole=summary.status is RunStatus.SUCCEEDED,
    )


_MEASURES: Mapping[FactName, Callable[[AnswerFacts], float | None]] = {
    # The lower the better, all of them.
    FactName.FIRST_WORD: lambda facts: facts.first_word_ms,
    FactName.SPEED: lambda facts: (
        None if facts.tokens_per_second is None else -facts.tokens_per_second
    ),
    FactName.COST: lambda facts: None if facts.cost is None else facts.cost.units,
}


def best_of(facts: Mapping[int, AnswerFacts]) -> dict[int, frozenset[FactName]]:
    """Return of which figures each answer has the best; a figure that all share marks none.

    Only whole answers take part: one that broke off is always cheap.
    """
    best: dict[int, set[FactName]] = {key: set() for key in facts}
    for name, measure in _MEASURES.items():
        known = {
            key: value
            for key, each in facts.items()
            if each.is_whole and (value := measure(each)) is not None
        }
        if len(set(known.values())) < 2:
            continue
        least = min(known.values())
        for key, value in known.items():
            if value == least:
                best[key].add(name)
    return {key: frozenset(names) for key, names in best.items()}
