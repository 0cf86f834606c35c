"""Whether answers pass, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.check_findings import finding, similarity
from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason
from novita_desktop.domain.check_sentences import understood
from novita_desktop.domain.checks import HasText, Length, MatchesPattern, Unit
from tests.domain.check_samples import CHECKS, TEXTS

PASSED, FAILED, UNKNOWN = Outcome
GERMAN = "Der Kunde mag den Klang, aber das linke Scharnier ist nach drei Wochen gebrochen."
ONE_JSON = '{"a": {"b": [1, {"c": "Über"}]}, "n": 12.50, "t": true, "none": null}'


@pytest.mark.parametrize(
    ("sentence", "answer", "outcome", "reason", "count"),
    [
        ("at most 3 words", "one two  three", PASSED, Reason.LENGTH, 3),
        ("at most 3 words", "one two three four", FAILED, Reason.LENGTH, 4),
        ("at least 2 lines", "one\n\n  \ntwo", PASSED, Reason.LENGTH, 2),
        ("exactly 3 characters", " abc\n", PASSED, Reason.LENGTH, 3),
        ("at most 3 sentences", "One e.g. is\nhere. Dr. No, at 3.5 km! \"Why?\" It", FAILED, Reason.LENGTH, 4),
        ("exactly 2 sentences", "# Head\n\n1. An item that\n   goes on", PASSED, Reason.LENGTH, 2),
        ("exactly 2 sentences", "你好。 **Es ist (so).** ", PASSED, Reason.LENGTH, 2),
        ("exactly 2 paragraphs", "One\ntwo\n \n\nthree\n", PASSED, Reason.LENGTH, 2),
        ("exactly 3 list items", "So:\n- a\n  * b\n1. c\n-d\n2020", PASSED, Reason.LENGTH, 3),
        ("contains Rome", "In ROME.", PASSED, Reason.TEXT_FOUND, 0),
        ("contains exactly Rome", "In ROME.", FAILED, Reason.TEXT_MISSING, 0),
        ("contains it's", "so it\u2019s  here", PASSED, Reason.TEXT_FOUND, 0),
        ("does not contain an AI", "as an\nAI model", FAILED, Reason.TEXT_FOUND, 0),
        ("begins with Dear", "  dear Ann", PASSED, Reason.BEGINS, 0),
        ("ends with !", "Yes.", FAILED, Reason.ENDS, 0),
        ("is not exactly yes", "Yes", PASSED, Reason.IS, 0),
        ("valid JSON", ONE_JSON, PASSED, Reason.JSON_VALID, 0),
        ("valid JSON", '{"a":\n 1,}', FAILED, Reason.JSON_BROKEN, 2),
        ("valid JSON", "", FAILED, Reason.JSON_BROKEN, 1),
        ("valid JSON", f"```json\n{ONE_JSON}\n```", FAILED, Reason.JSON_IN_BLOCK, 0),
        ("valid JSON", '{"a": 1, "a": 2}', FAILED, Reason.JSON_DOUBLE, 0),
        ("valid JSON", "[" * 500 + "]" * 500, UNKNOWN, Reason.JSON_TOO_LARGE, 0),
        ("has the JSON field a.b", ONE_JSON, PASSED, Reason.FIELD_IS, 0),
        ("has no JSON field a.b", ONE_JSON, FAILED, Reason.FIELD_IS, 0),
        ("has no JSON field x", ONE_JSON, PASSED, Reason.FIELD_MISSING, 0),
        ("JSON field a.b[1].c is über", f"```\n{ONE_JSON}\n```", PASSED, Reason.FIELD_IS, 0),
        ("JSON field a.b.7 is 1", ONE_JSON, FAILED, Reason.FIELD_MISSING, 0),
        ("JSON field n is 12.5", ONE_JSON, PASSED, Reason.FIELD_IS, 0),
        ("JSON field n is twelve", ONE_JSON, FAILED, Reason.FIELD_IS, 0),
        ("JSON field t is True", ONE_JSON, PASSED, Reason.FIELD_IS, 0),
        ("JSON field none is null", ONE_JSON, PASSED, Reason.FIELD_IS, 0),
        ('JSON field a is {"b": [1, {"c": "Über"}]}', ONE_JSON, PASSED, Reason.FIELD_IS, 0),
        ("JSON field x is not 1", ONE_JSON, FAILED, Reason.FIELD_MISSING, 0),
        ("JSON field x is 1", "no JSON", FAILED, Reason.JSON_BROKEN, 1),
        (r"matches ^\w+\.$", "Yes.", PASSED, Reason.PATTERN_FITS, 0),
        ("does not match [0-9]", "no digits", PASSED, Reason.PATTERN_FITS_NOT, 0),
        ("is in German", GERMAN, PASSED, Reason.LANGUAGE, 0),
        ("is in English", GERMAN, FAILED, Reason.LANGUAGE, 0),
        ("is not in English", GERMAN, PASSED, Reason.LANGUAGE, 0),
        ("is in German", "Ja.", UNKNOWN, Reason.LANGUAGE_SHORT, 0),
        ("is in German", "Ann Ben Cem Dana Eve Finn", UNKNOWN, Reason.LANGUAGE_UNCLEAR, 0),
        ("at least 80 % similar to “the red fox, here”", "Here: the RED fox", PASSED, Reason.SIMILAR, 100),
        ("at least 80 % similar to “one two three”", "one two four", FAILED, Reason.SIMILAR, 66),
    ],
)  # fmt: skip
def test_an_answer_passes_or_not_with_a_reason(sentence, answer, outcome, reason, count) -> None:
    found = finding(understood(sentence), answer, {})
    assert (found.outcome, found.reason, found.count) == (outcome, reason, count)


def test_a_reason_quotes_what_was_found() -> None:
    assert finding(understood("begins with x"), f"a{'b' * 100}", {}).text == f"a{'b' * 58}…"
    assert finding(understood("JSON field a is 1"), '{"a": [2]}', {}).text == "[2]"
    assert finding(understood("is in English"), GERMAN, {}).text == "de"


def test_a_column_of_the_inputs_stands_in_the_text() -> None:
    check = understood("contains the column city")
    assert finding(check, "In Rome", {"city": "rome"}).outcome is PASSED
    missing = Finding(UNKNOWN, Reason.VALUE_MISSING, text="city")
    assert finding(check, "In Rome", {}) == finding(check, "", {"city": " "}) == missing


def test_a_search_that_takes_too_long_cannot_tell() -> None:
    answer = "".join("ab"[n * n % 7919 % 2] for n in range(50_000))
    found = finding(MatchesPattern("[ab]*a[ab]{800}c"), answer, {})
    assert found == Finding(UNKNOWN, Reason.PATTERN_TOO_SLOW)


@given(CHECKS, st.text(max_size=200))
def test_any_answer_gets_a_finding(check, answer) -> None:
    values = {"expected_answer": "x"}
    assert finding(check, answer, values).outcome in Outcome


@given(TEXTS, st.text(max_size=40), st.text(max_size=40))
def test_a_text_is_found_wherever_it_stands(text, before, after) -> None:
    if "{{" not in text:
        answer = f"{before} {text} {after}"
        assert finding(HasText(text), answer, {}).outcome is PASSED
        assert finding(HasText(text, is_wanted=False), answer, {}).outcome is FAILED


@given(st.text(max_size=200), st.integers(0, 50))
def test_at_most_and_more_than_never_agree(answer, count) -> None:
    most, least = Length(Unit.WORDS, most=count), Length(Unit.WORDS, least=count + 1)
    outcomes = {finding(check, answer, {}).outcome for check in (most, least)}
    assert outcomes == {PASSED, FAILED}


@given(st.text(max_size=100), st.text(max_size=100))
def test_similarity_is_the_same_both_ways_and_whole_with_itself(one, other) -> None:
    assert similarity(one, one) == 100
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 100


def test_similarity_counts_shared_words() -> None:
    assert similarity("a b c d", "a b x y") == 50
    assert similarity("a a", "a") == 66
    assert similarity("a", "") == 0
    assert similarity("日本語", "日本") == 80
