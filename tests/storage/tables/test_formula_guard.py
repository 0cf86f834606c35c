"""No text in a CSV file is a formula to a spreadsheet, and numbers stay numbers."""

from __future__ import annotations

import pytest

from novita_desktop.storage.tables.formula_guard import harmless, harmless_unless_number


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", " =1", "\uff1d1"]
)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == harmless_unless_number(text) == "'" + text


@pytest.mark.parametrize("text", ["", "plain", "a=b", "5", "1-2"])
def test_other_texts_stay(text: str) -> None:
    assert harmless(text) == harmless_unless_number(text) == text


@pytest.mark.parametrize("text", ["-5", "+5", "-5.25", "-1,5", "-2e-5", "-12%"])
def test_numbers_stay_numbers_where_they_may(text: str) -> None:
    assert harmless_unless_number(text) == text
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-5-", "-5+A1", "+1(2)", "-", "-5\n", "-\u0665"])
def test_what_only_begins_like_a_number_is_guarded(text: str) -> None:
    assert harmless_unless_number(text) == "'" + text
