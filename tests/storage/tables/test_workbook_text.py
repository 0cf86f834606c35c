"""Texts and numbers in the XML of a workbook."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.storage.tables.workbook_text import (
    MOST_CELL_UNITS,
    escaped,
    exact_number,
    shortened,
    shown_number,
    unescaped,
)


def test_texts_are_escaped_as_office_does() -> None:
    assert escaped("a<b>&\r\n\t\x01\0\ufffe") == "a&lt;b&gt;&amp;_x000D_\n\t_x0001__xFFFE_"
    assert escaped("_x000D_ _x00g0_") == "_x005F_x000D_ _x00g0_"
    assert escaped("\ud800") == "?"


def test_escapes_are_read_with_halves_of_characters() -> None:
    assert unescaped("a_x000D_b_x005F_x000D_") == "a\rb_x000D_"
    assert unescaped("_xD83D__xDE00_ _xD83D_") == "\U0001f600 \ufffd"
    assert unescaped("_x0000_") == ""


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0&<>")))
def test_what_is_escaped_is_read(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_texts_are_cut_to_what_a_cell_holds(letter: str) -> None:
    fits = letter * (MOST_CELL_UNITS // (len(letter.encode("utf-16-le")) // 2))
    assert shortened(fits) is fits
    cut = shortened(fits + letter)
    assert cut.endswith("\u2026")
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CELL_UNITS
    assert fits.startswith(cut[:-1])


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (5, "5"),
        (Decimal("1.50"), "1.50"),
        (-(10**15), "-1000000000000000"),
        (123456789012345, "123456789012345"),
        (1234567890123456, ""),
        (Decimal("0.1234567890123456"), ""),
        (Decimal("1E+400"), ""),
        (Decimal("NaN"), ""),
    ],
)
def test_numbers_that_spreadsheets_would_round_are_not_written(
    number: int | Decimal, written: str
) -> None:
    assert exact_number(number) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("5", "5"),
        ("5.0", "5"),
        ("1E3", "1000"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("123456789012345680", "123456789012346000"),
        ("1e-7", "0.0000001"),
        ("1.5E+300", "1.5E+300"),
        ("1e999", "1e999"),
        ("text", "text"),
    ],
)
def test_numbers_are_shown_as_a_person_sees_them(written: str, shown: str) -> None:
    assert shown_number(written) == shown
