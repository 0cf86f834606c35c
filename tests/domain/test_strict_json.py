"""JSON from strangers is bounded before it is parsed."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import strict_json
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_honest_json_is_read_as_it_is(value: object, indent: int | None) -> None:
    assert strict_json.parsed(json.dumps(value, indent=indent)) == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ('"open', "not_json"),
        ("[NaN]", "not_json"),
        ("-Infinity", "not_json"),
        ("1e999", "not_json"),
        ("1" * 5_000, "not_json"),
        ("[" * 41 + "]" * 41, "too_deep"),
        ("[" * 10_000_000, "too_deep"),
        ('{"a":' * 100_000, "too_deep"),
        ("[" + "0," * 1_000_000 + "0]", "too_many_values"),
        (" " * 16_000_000 + "{}", "not_json"),
        ("[1" + "0" * 16_000_000 + "]", "not_json"),
        ('{"a": {"b": 1, "b": 2}}', "duplicate_key"),
    ],
)  # fmt: skip
def test_dishonest_json_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PresetFileRefused) as caught:
        strict_json.parsed(text)
    assert caught.value.problem == problem


def test_brackets_in_texts_do_not_count() -> None:
    assert strict_json.parsed(json.dumps("[" * 1_000 + '\\"{')) == "[" * 1_000 + '\\"{'


@pytest.mark.parametrize("text", ['"' + '\\"' * 2_000_000, "\\" * 4_000_000, '"\\' * 2_000_000])
def test_quotes_without_an_end_are_looked_through_once(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(PresetFileRefused):
        strict_json.parsed(text)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        '"' + "x" * 15_000_000 + '"',
        '"' + "\\u00e9" * 2_000_000 + '"',
        "[" + ",".join(["1"] * 60_000) + "]",
        "[" + ",".join(['"a"'] * 60_000) + "]",
        "[" * 15_000_000,
        " " * 15_000_000,
    ],
    ids=["one text", "escapes", "numbers", "texts", "depth", "blanks"],
)
def test_other_threads_go_on_while_a_file_is_read(text: str) -> None:
    """The window is one of them. Of the best of some tries, as the machine is busy with others."""
    longest = []
    for _ in range(5):
        waits = []
        thread = threading.Thread(target=try_to_read, args=(text,))
        thread.start()
        while thread.is_alive():
            began = time.perf_counter()
            time.sleep(0.002)
            waits.append(time.perf_counter() - began)
        longest.append(max(waits, default=0.0))
        if longest[-1] < 0.1:
            break
    assert min(longest) < 0.1


def try_to_read(text: str) -> None:
    with suppress(PresetFileRefused):
        strict_json.parsed(text)


def test_half_a_character_is_named() -> None:
    assert strict_json.check_characters("Grüße 🎉", "here") == "Grüße 🎉"
    with pytest.raises(PresetFileRefused) as caught:
        strict_json.check_characters("a\udc00", "here")
    assert (caught.value.problem, caught.value.place) == ("broken_characters", "here")
