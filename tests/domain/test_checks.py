"""A check's sentence, the columns it needs, and the values in its texts."""

from __future__ import annotations

import pytest

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
    filled,
    names_in,
    sentence_of,
)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (Length(Unit.WORDS, most=120), "at most 120 words"),
        (Length(Unit.LINES, least=1), "at least 1 line"),
        (Length(Unit.CHARACTERS, 3, 5), "between 3 and 5 characters"),
        (Length(Unit.WORDS, 5, 5), "exactly 5 words"),
        (HasText("Rome"), 'contains "Rome"'),
        (HasText("a", Place.START, is_wanted=False), 'does not begin with "a"'),
        (HasText("a", Place.END, is_exact=True), 'ends exactly with "a"'),
        (HasText(EXPECTED, Place.WHOLE), "is the expected answer"),
        (HasText("{{ city }}"), "contains the column city"),
        (HasText("{{city}}"), 'contains "{{city}}"'),
        (ValidJson(), "valid JSON"),
        (JsonField("a b", "1"), 'JSON field "a b" is "1"'),
        (JsonField("a", None, is_wanted=False), "has no JSON field a"),
        (MatchesPattern("^a", is_wanted=False), 'does not match the pattern "^a"'),
        (InLanguage("de"), "is in German"),
        (SimilarTo(EXPECTED, 90), "at least 90 % similar to the expected answer"),
    ],
)
def test_a_check_is_said_in_a_sentence(check, sentence) -> None:
    assert sentence_of(check) == sentence


def test_the_columns_that_checks_need_are_named_once() -> None:
    checks = (
        HasText("{{ city }} and {{name}}"),
        SimilarTo(EXPECTED),
        JsonField("to", "{{ city }}"),
        JsonField("from"),
        ValidJson(),
    )
    assert names_in(checks) == ("city", "name", "expected_answer")


def test_values_stand_in_a_text_and_none_may_be_missing() -> None:
    assert filled("{{ a }}-{{b}}", {"a": "{{ b }}", "b": "2"}) == "{{ b }}-2"
    for values in ({}, {"a": "1", "b": " "}):
        with pytest.raises(KeyError):
            filled("{{ a }}{{ b }}", values)
