"""Every encoding, delimiter, broken row and refusal has words."""

from __future__ import annotations

import pytest

from novita_desktop.domain.table_files import DELIMITERS, ENCODINGS, BrokenRow, InputsFileRefused
from novita_desktop.ui.dialogs.input_file_words import (
    broken_words,
    column_words,
    delimiter_words,
    encoding_words,
    refusal_words,
)


def test_all_that_can_be_chosen_has_words(qapp):
    assert tuple(encoding_words()) == ENCODINGS
    assert tuple(delimiter_words()) == DELIMITERS
    assert (column_words(1, "City"), column_words(1, "")) == ("City", "Column 2")


def test_broken_rows_say_where_and_why(qapp):
    row = BrokenRow(7, "too_many_cells", 5, 3)
    assert broken_words(row) == "Line 7 has 5 cells where the first row has 3."
    assert "Line 9" in broken_words(BrokenRow(9, "open_quote"))
    assert "Line 9" in broken_words(BrokenRow(9, "too_long"))


@pytest.mark.parametrize(
    "problem", ["unreadable", "not_a_file", "too_large", "empty", "not_text", "spreadsheet"]
)
def test_refusals_name_the_file(qapp, problem):
    words = refusal_words(InputsFileRefused(problem, limit=16_000_000, file_name="a.csv"))
    assert "a.csv" in words
    assert ("16 MB" in words) == (problem == "too_large")
