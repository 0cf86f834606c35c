"""Sentences become checks however they are typed, and what is not understood is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.check_sentences import (
    MOST_SENTENCE,
    NotUnderstood,
    SentenceProblem,
    checks_of,
    understood,
)
from novita_desktop.domain.checks import (
    EXPECTED,
    HasText,
    InLanguage,
    JsonField,
    Length,
    MatchesPattern,
    Place,
    SimilarTo,
    Unit,
    ValidJson,
    sentence_of,
)
from tests.domain.check_samples import CHECKS

WORDS, CHARACTERS, LINES = Unit.WORDS, Unit.CHARACTERS, Unit.LINES


@given(CHECKS)
def test_a_checks_own_sentence_makes_the_check_again(check) -> None:
    assert understood(sentence_of(check)) == check


@given(CHECKS, st.sampled_from(["", " ", "The answer ", "It must ", "  answer  should "]))
def test_what_stands_before_and_after_does_not_matter(check, lead) -> None:
    assert understood(f"{lead}{sentence_of(check)}  ") == check


@given(st.text(max_size=80))
def test_any_text_is_understood_or_not(text) -> None:
    found = understood(text)
    if not isinstance(found, NotUnderstood):
        assert understood(sentence_of(found)) == found


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("AT  most 120 Words.", Length(WORDS, most=120)),
        ("The answer must have no more than 1,200 words", Length(WORDS, most=1_200)),
        ("max 280 chars", Length(CHARACTERS, most=280)),
        ("less than 5 lines", Length(LINES, most=4)),
        ("longer than 5 words", Length(WORDS, 6)),
        ("at least\u00a020 words long", Length(WORDS, 20)),
        ("5-10 words", Length(WORDS, 5, 10)),
        ("between 5 and 10 words", Length(WORDS, 5, 10)),
        ("exactly 1 line", Length(LINES, 1, 1)),
        ("at most one sentence", Length(Unit.SENTENCES, most=1)),
        ("at least 3 paragraphs", Length(Unit.PARAGRAPHS, 3)),
        ("has exactly three bullet points", Length(Unit.ITEMS, 3, 3)),
        ("contains 3 to 5 list items", Length(Unit.ITEMS, 3, 5)),
        ("is a JSON object", ValidJson()),
        ('contains no "as an AI"', HasText("as an AI", is_wanted=False)),
        ("without “Rome”", HasText("Rome", is_wanted=False)),
        ("contains no problem", HasText("no problem")),
        ("120 words or less", Length(WORDS, most=120)),
        ("contains at least 5 words", Length(WORDS, 5)),
        ("contains Rome", HasText("Rome")),
        ("contains “at most 5 words”", HasText("at most 5 words")),
        ("mentions the word 'Rome'", HasText("Rome")),
        ("Doesn't   contain   as an AI", HasText("as an AI", is_wanted=False)),
        ("must not contain « oui »", HasText(" oui ", is_wanted=False)),
        ("contains exactly „Rom“", HasText("Rom", is_exact=True)),
        ("contains the column city", HasText("{{ city }}")),
        ("contains the expected answer", HasText(EXPECTED)),
        ('contains "the expected answer"', HasText("the expected answer")),
        ("starts with Dear", HasText("Dear", Place.START)),
        ("ends with !", HasText("!", Place.END)),
        ('is "yes"', HasText("yes", Place.WHOLE)),
        ("is exactly yes", HasText("yes", Place.WHOLE, is_exact=True)),
        ("equals the expected answer", HasText(EXPECTED, Place.WHOLE)),
        ("is a valid json.", ValidJson()),
        ("JSON", ValidJson()),
        ("json field a.b is 12", JsonField("a.b", "12")),
        ('JSON field "a b" is not "x"', JsonField("a b", "x", is_wanted=False)),
        ("has the JSON field price", JsonField("price")),
        ("does not have the JSON field price", JsonField("price", None, is_wanted=False)),
        (r"matches ^\d+$", MatchesPattern(r"^\d+$")),
        ('does not match the regex "a b"', MatchesPattern("a b", is_wanted=False)),
        ("is written in german", InLanguage("de")),
        ("is not in English", InLanguage("en", is_wanted=False)),
        ("language is French", InLanguage("fr")),
        ("at least 90% similar to the expected answer", SimilarTo(EXPECTED, 90)),
        ("similar to column ref", SimilarTo("{{ ref }}", 80)),
        ("70 percent similar to “Hello there”", SimilarTo("Hello there", 70)),
    ],
)
def test_a_sentence_is_understood_however_it_is_typed(sentence, check) -> None:
    assert understood(sentence) == check


@pytest.mark.parametrize(
    ("sentence", "problem", "suggestion"),
    [
        ("", SentenceProblem.EMPTY, "at most 120 words"),
        ("is polite", SentenceProblem.UNKNOWN, "is in Polish"),
        ("valid JSON and at most 5 words", SentenceProblem.SEVERAL, "valid JSON"),
        ("is in German, at most 5 words", SentenceProblem.SEVERAL, "at most 5 words"),
        ("at most words", SentenceProblem.UNKNOWN, "at most 120 words"),
        ("should hold valid jsn", SentenceProblem.UNKNOWN, "valid JSON"),
        ("containts Rome", SentenceProblem.UNKNOWN, 'contains "…"'),
        ("is in Germn", SentenceProblem.UNKNOWN_LANGUAGE, "is in German"),
        ("contains", SentenceProblem.NO_TEXT, None),
        ("begins with", SentenceProblem.NO_TEXT, None),
        ('contains ""', SentenceProblem.NO_TEXT, None),
        ("matches", SentenceProblem.NO_TEXT, None),
        ('JSON field a is ""', SentenceProblem.NO_TEXT, None),
        ('similar to ""', SentenceProblem.NO_TEXT, None),
        ("between 10 and 5 words", SentenceProblem.BAD_RANGE, None),
        ("less than 0 words", SentenceProblem.BAD_RANGE, None),
        ("at least 120 % similar to x", SentenceProblem.BAD_SHARE, None),
        ("x" * (MOST_SENTENCE + 1), SentenceProblem.TOO_LONG, None),
    ],
)
def test_what_is_not_understood_is_said_with_what_was_meant(sentence, problem, suggestion) -> None:
    found = understood(sentence)
    assert isinstance(found, NotUnderstood)
    assert found.problem is problem
    assert suggestion is None or suggestion in found.suggestions


def test_of_several_sentences_those_that_are_no_checks_are_left_out() -> None:
    assert checks_of(["valid JSON", "is polite", ""]) == {"valid JSON": ValidJson()}


def test_what_is_wrong_with_a_pattern_is_told() -> None:
    found = understood('matches "a(b"')
    assert found == NotUnderstood(SentenceProblem.BAD_PATTERN, (), "not_closed", 1)
