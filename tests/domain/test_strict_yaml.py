"""YAML from strangers: plain values, and never more of them than were written."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import strict_yaml
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=12
)


@given(VALUES)
def test_honest_yaml_is_read_as_it_is(value: object) -> None:
    assert strict_yaml.parsed(yaml.safe_dump(value, allow_unicode=True)) == value


def test_values_stay_as_they_were_written() -> None:
    text = "a: 0.70\nb: yes\nc: 2024-01-01\nd: 12:30\ne:\nf: ~\n"
    values = {"a": "0.70", "b": "yes", "c": "2024-01-01", "d": "12:30", "e": "", "f": "~"}
    assert strict_yaml.parsed(text) == values


def test_typed_values_are_numbers_and_truth_values() -> None:
    value = strict_yaml.parsed("a: 0.70\nb: yes\nc: 2024-01-01\nd: ~\ne: 7", is_typed=True)
    assert value == {"a": 0.7, "b": True, "c": "2024-01-01", "d": None, "e": 7}


def test_an_honest_alias_is_what_it_stands_for() -> None:
    assert strict_yaml.parsed("a: &x [1, 2]\nb: *x") == {"a": ["1", "2"], "b": ["1", "2"]}


BOMB = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", "not_yaml"),
        ("a: 'open", "not_yaml"),
        ("a: 1\na: 2", "duplicate_key"),
        ("? [a, b]\n: c", "not_yaml"),
        ("!!python/object/apply:os.system ['true']", "not_yaml"),
        ("a: !!python/name:os.system", "not_yaml"),
        ("a: !!binary aGk=", "not_yaml"),
        ("a: !include /etc/passwd", "not_yaml"),
        ("a: *nothing", "not_yaml"),
        ("--- a\n--- b", "not_yaml"),
        ("a: \x07", "not_yaml"),
        ("[" * 31 + "]" * 31, "too_deep"),
        ("[" * 100_000, "too_deep"),
        ("&a [*a]", "too_deep"),
        ("&a {b: *a}", "too_deep"),
        (BOMB, "too_many_values"),
        ("- a\n" * 20_001, "too_many_values"),
        ("x" * 400_001, "too_large"),
    ],
)
def test_dishonest_yaml_is_refused(text: str, problem: str) -> None:
    began = time.perf_counter()
    with pytest.raises(PresetFileRefused) as caught:
        strict_yaml.parsed(text)
    assert caught.value.problem == problem
    assert time.perf_counter() - began < 20


def test_a_complaint_names_the_line() -> None:
    with pytest.raises(PresetFileRefused) as caught:
        strict_yaml.parsed("a: 1\nb: [")
    assert caught.value.detail.startswith("line 2: ")


def test_nothing_is_nothing() -> None:
    assert strict_yaml.parsed("# only a comment") is None


def test_odd_numbers_do_not_break_it() -> None:
    assert strict_yaml.parsed("a: 190:20:30", is_typed=True) == {"a": 685_230}
    with pytest.raises(PresetFileRefused, match="not_yaml"):
        strict_yaml.parsed("a: 1" + "0" * 5_000, is_typed=True)
