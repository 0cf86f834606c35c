"""Patterns are read into trees."""

from __future__ import annotations

import pytest

from novita_desktop.domain.pattern_reader import (
    Choice,
    Class,
    Edge,
    Repeat,
    Series,
    Signs,
    read_pattern,
)

A, B = Signs((("a", "a"),)), Signs((("b", "b"),))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a", A),
        ("ab", Series((A, B))),
        ("a|b|", Choice((A, B, Series()))),
        ("a+?", Repeat(A, 1, None)),
        ("a{2,3}", Repeat(A, 2, 3)),
        ("(ab)?", Repeat(Series((Series((A, B)),)), 0, 1)),
        ("^a$", Series((Edge.LINE_START, A, Edge.LINE_END))),
        (r"\D", Signs((), ((Class.DIGIT, False),))),
        (r"[^a-b\s]", Signs((("a", "b"),), ((Class.SPACE, True),), is_negated=True)),
        (".", Signs((("\n", "\n"),), is_negated=True)),
    ],
)
def test_a_pattern_becomes_its_tree(text, root) -> None:
    assert read_pattern(text).root == root


def test_flags_stand_first() -> None:
    pattern = read_pattern("(?is).")
    assert pattern.flags == {"i", "s"}
    assert pattern.root == Signs(is_negated=True)
