"""What the rows of a batch say."""

from __future__ import annotations

import pytest

from novita_desktop.domain.batches import BatchRow, RowResult, RowState, problem_of_row
from novita_desktop.domain.costs import UNITS_PER_USD, Cost
from novita_desktop.domain.tables import RowProblem, RowTrouble
from novita_desktop.ui.tables.batch_words import BatchWords


@pytest.fixture
def words(qapp):
    return BatchWords()


def test_a_row_that_is_done(words):
    row = BatchRow(7, ("Ann", "two\nlines"), RowState.DONE, 3)
    result = RowResult(row, "An\nanswer", 2, Cost(UNITS_PER_USD))
    cells = words.cells(result, 3)
    assert cells == ("7", "Ann", "two lines", "", "Done", "An answer", "2", "$1.00")
    assert len(cells) == len(words.titles(("a", "b", "c")))


def test_a_failure_is_in_words(words):
    row = BatchRow(1, ("x",), RowState.FAILED, 3)
    cells = words.cells(RowResult(row, attempt_count=1, error_code="rate_limited"), 1)
    assert cells[2] == "Failed"
    assert cells[3]
    assert cells[3] != "rate_limited"


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("variable:review missing", "No value for “review”"),
        ("message missing", "No value for “Message”"),
        ("temperature not_a_number", "Temperature"),
        *((problem_of_row(RowProblem(each, 12, 5, "k")), "Line 12: ") for each in RowTrouble),
    ],
)
def test_why_a_row_was_skipped(words, problem, told):
    row = BatchRow(1, ("x",), RowState.SKIPPED, problem=problem)
    said = words.cells(RowResult(row), 1)[3]
    assert said == words.problem(problem)
    assert told in said
    assert "_" not in said


def test_every_state_has_a_word(words):
    assert len({words.state(state) for state in RowState}) == len(RowState)
