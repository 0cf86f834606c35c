"""Why a table cannot be used, in words that name the file and say what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from novita_desktop.domain import table_refusal
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import RowProblem, RowTrouble
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.table_messages import row_problem, table_problem, table_title

DOCUMENTED = (TableRefused.__doc__ or "").partition("is one of")[2].partition("`limit`")[0]
PROBLEMS = re.findall(r"`([a-z_]+)`", DOCUMENTED)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_has_words_of_its_own(problem: str) -> None:
    words = table_problem(TableRefused(problem, limit=16_384, given="Sheet7"))
    assert words.endswith(".")
    assert words != table_problem(TableRefused("something new"))
    assert "{" not in words


def test_the_sources_know_no_other_problems() -> None:
    folder = Path(table_refusal.__file__).parents[1] / "storage" / "tables"
    raised = set()
    for path in folder.glob("*.py"):
        raised |= set(re.findall(r'TableRefused\(\s*"(\w+)"', path.read_text("utf-8")))
    assert raised <= set(PROBLEMS)
    assert len(raised) > 8


def test_the_file_is_named() -> None:
    error = TableRefused("no_such_sheet", path="/home/ann/prices.xlsx", given="Ju\u202ely")
    text = describe(error)
    assert text.title == table_title(error) == "prices.xlsx cannot be read as a table"
    assert "\u202e" not in text.advice
    assert "Choose another sheet." in text.advice
    assert table_title(TableRefused("empty")) == "This table cannot be used"
    written = TableRefused("unknown_format", path="/home/ann/out.ods", given=".ods")
    assert describe(written).title == "out.ods cannot be written"


@pytest.mark.parametrize("trouble", RowTrouble)
def test_every_trouble_of_a_row_is_told_with_its_line(trouble: RowTrouble) -> None:
    words = row_problem(RowProblem(trouble, 12, 5, "k"))
    assert words.startswith("Line 12: ")
    assert "{" not in words
    assert row_problem(RowProblem(trouble, 0, 5, "k")) == words.removeprefix("Line 12: ")
