"""Every problem of a sentence has its words, and says what to do."""

from __future__ import annotations

import pytest

from novita_desktop.domain.check_sentences import NotUnderstood, SentenceProblem, understood
from novita_desktop.domain.pattern_reader import PatternProblem
from novita_desktop.ui.widgets.sentence_words import problem_words


@pytest.mark.parametrize("problem", sorted(set(SentenceProblem) - {SentenceProblem.BAD_PATTERN}))
def test_each_problem_is_said(problem) -> None:
    words = problem_words(NotUnderstood(problem, detail="x"))
    assert words.endswith(".")
    assert not {"{", "}"} & set(words)


@pytest.mark.parametrize("problem", PatternProblem)
def test_each_problem_of_a_pattern_is_said(problem) -> None:
    found = NotUnderstood(SentenceProblem.BAD_PATTERN, detail=problem.value, place=4)
    words = problem_words(found)
    assert words.endswith(".")
    assert "5" in words or problem is PatternProblem.TOO_LARGE


def test_what_was_perhaps_meant_is_offered() -> None:
    found = understood("at most words")
    assert isinstance(found, NotUnderstood)
    assert problem_words(found) == (
        "This is not understood. Did you mean “at most 120 words” or “at least 20 words” or"
        " “at most 5 lines”?"
    )
