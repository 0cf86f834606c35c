"""Patterns fit where Python's own fit, and no pattern takes longer than it may."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from novita_desktop.domain.pattern_reader import PatternBroken, PatternProblem
from novita_desktop.domain.patterns import PatternTooSlow, check_pattern, has_pattern

SIGNS = "abA1_ .-\n"
ATOMS = st.one_of(
    st.sampled_from(["a", "b", "A", "1", "-", " ", ".", r"\.", r"\d", r"\w", r"\s", r"\W", r"\D"]),
    st.sampled_from(["[ab]", "[^a]", "[a-c1]", r"[\d_]", r"[^\w]", "[]a]", "[a-]", r"\x61", "\n"]),
    st.sampled_from(["^", "$", r"\b", r"\B", r"\A", r"\Z", "()", "(?:)"]),
)
REPEATS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,}", "{,2}", "{0,3}", "*?", "+?", "??"])


def grown(parts):
    return st.one_of(
        st.lists(parts, min_size=1, max_size=3).map("".join),
        st.lists(parts, min_size=2, max_size=3).map("|".join),
        st.tuples(st.sampled_from(["({})", "(?:{})", "(?P<n>{})"]), parts, REPEATS).map(
            lambda each: each[0].format(each[1]) + each[2]
        ),
    )


PATTERNS = st.recursive(st.tuples(ATOMS, REPEATS).map("".join), grown, max_leaves=8)


@given(
    st.sampled_from(["", "(?i)", "(?m)", "(?s)", "(?im)"]),
    PATTERNS,
    st.text(alphabet=SIGNS, min_size=1, max_size=12),
)
def test_a_pattern_fits_where_pythons_own_fits(flags, pattern, text) -> None:
    try:
        expected = re.compile(flags + pattern).search(text) is not None
    except re.error:
        assume(False)
    try:
        found = has_pattern(flags + pattern, text)
    except PatternBroken:
        # Two repeats, and repeated edges: Python takes some of them.
        assume(False)
    assert found is expected


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (r"(?i)straße", "Die STRASSE und die STRAßE", True),
        (r"^\d{4}-\d{2}-\d{2}$", "2026-11-25", True),
        (r"^\d{4}-\d{2}-\d{2}$", "on 2026-11-25", False),
        (r"\bcat\b", "concatenate", False),
        (r"(?m)^- ", "List:\n- one", True),
        (r"a{,}b{x}{", "aab{x}{", True),
        (r"[\]\-x]{3}", "]-x", True),
        ("\\u00e9\\t\\U0001f600", "é\t😀", True),
        (r"x", "", False),
        (r"", "", True),
        (r"(?s)a.b", "a\nb", True),
        (r"a.b", "a\nb", False),
    ],
)
def test_what_people_write_fits_as_they_know_it(pattern, text, *, is_found) -> None:
    assert has_pattern(pattern, text) is is_found


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|a)*b", r"(a*)*b", r"(.*a){12}$", r"(x+x+)+y", r"((a?){20}){20}b", "(|a)*c"],
)
def test_a_hostile_pattern_ends_soon(pattern) -> None:
    started = time.thread_time()
    with contextlib.suppress(PatternTooSlow):
        has_pattern(pattern, "a" * 20_000 + "!")
    assert time.thread_time() - started < 8


def test_a_search_that_does_too_much_says_so() -> None:
    with pytest.raises(PatternTooSlow):
        # Each place gives another set of ways, so that nothing that is kept helps.
        has_pattern(r"[ab]*a[ab]{800}c", "".join("ab"[n * n % 7919 % 2] for n in range(50_000)))


@pytest.mark.parametrize(
    ("pattern", "problem", "place"),
    [
        ("(a", PatternProblem.NOT_CLOSED, 0),
        ("a)", PatternProblem.NOT_OPENED, 1),
        ("[a", PatternProblem.NOT_CLOSED, 0),
        ("a|*", PatternProblem.NOTHING_TO_REPEAT, 2),
        ("{2}", PatternProblem.NOTHING_TO_REPEAT, 3),
        ("a**", PatternProblem.NOTHING_TO_REPEAT, 2),
        ("[z-a]", PatternProblem.BAD_RANGE, 2),
        ("a{3,1}", PatternProblem.BAD_RANGE, 1),
        ("\\", PatternProblem.BAD_ESCAPE, 0),
        (r"\q", PatternProblem.BAD_ESCAPE, 0),
        (r"\x1", PatternProblem.BAD_ESCAPE, 0),
        (r"\U00110000", PatternProblem.BAD_ESCAPE, 0),
        (r"(a)\1", PatternProblem.NOT_SUPPORTED, 3),
        ("(?=a)", PatternProblem.NOT_SUPPORTED, 0),
        ("(?<!a)b", PatternProblem.NOT_SUPPORTED, 0),
        ("a++", PatternProblem.NOT_SUPPORTED, 2),
        ("a{2000}", PatternProblem.TOO_LARGE, 1),
        ("(" * 60 + ")" * 60, PatternProblem.TOO_LARGE, 50),
        ("(a{100}){100}", PatternProblem.TOO_LARGE, 0),
        ("((((){1000}){1000}){1000}){1000}", PatternProblem.TOO_LARGE, 0),
        ("a" * 1_001, PatternProblem.TOO_LARGE, 1_000),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told_with_its_place(pattern, problem, place) -> None:
    with pytest.raises(PatternBroken) as broken:
        check_pattern(pattern)
    assert (broken.value.problem, broken.value.place) == (problem, place)


@given(st.text(alphabet="ab(|)[]{}*+?^$\\.-,123:<=!PiU", max_size=30))
def test_any_text_is_a_pattern_or_refused(pattern) -> None:
    try:
        check_pattern(pattern)
    except PatternBroken:
        return
    assert has_pattern(pattern, "ab ba 12") in (True, False)
