"""Very long Markdown."""

import pytest

from novita_desktop.demo.long_answers import long_answer
from novita_desktop.demo.tokens import split_tokens


@pytest.mark.parametrize("tokens", [1, 50, 20_000])
def test_it_has_exactly_as_many_tokens_as_asked_for(tokens: int) -> None:
    assert len(split_tokens(long_answer(tokens, "Sample."))) == tokens


def test_it_is_marked_at_its_start() -> None:
    assert long_answer(500, "Sample.").startswith("*Sample.*\n\n## Part 1")


def test_its_tables_lists_and_paragraphs_are_long() -> None:
    lines = long_answer(20_000, "Sample.").splitlines()
    assert sum(line.startswith("| ") for line in lines) > 200
    assert sum(line.startswith("- ") for line in lines) > 100
    assert max(len(line) for line in lines) > 3000
