"""Texts become numbers, choices, stop sequences and objects, or say what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.input_values import (
    RANGES,
    parsed_choice,
    parsed_number,
    parsed_object,
    parsed_stop,
    stop_text,
)


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("seed", "1,024", 1024),
        ("seed", "16384.0", 16384),
        ("seed", "\u22121", -1),
        ("seed", "\u0661\u0662", 12),
        ("seed", str(2**63 - 1), 2**63 - 1),
        ("temperature", "0,7", 0.7),
        ("temperature", "\u00a01.5\u00a0", 1.5),
        ("temperature", "1e-1", 0.1),
    ],
)
def test_numbers_as_people_write_them(name, text, number):
    assert parsed_number(name, text) == number


def test_a_negative_zero_is_zero():
    assert repr(parsed_number("temperature", "-0")) == "0.0"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("seed", "1_0", "not_a_number"),
        ("temperature", "1_0", "not_a_number"),
        ("seed", "1.5", "not_a_number"),
        ("seed", str(2**63), "out_of_range"),
        ("seed", "9" * 400, "out_of_range"),
        ("seed", "9" * 5000, "not_a_number"),
        ("temperature", "inf", "out_of_range"),
        ("temperature", "", "missing"),
    ],
)
def test_what_is_no_number_of_the_range(name, text, problem):
    with pytest.raises(InputError) as caught:
        parsed_number(name, text)
    assert caught.value.problem == problem


def test_limits_are_written_out():
    with pytest.raises(InputError) as caught:
        parsed_number("max_tokens", "0")
    assert (caught.value.low, caught.value.high) == ("1", "100000000")


@given(st.sampled_from(sorted(RANGES)), st.text())
def test_any_text_is_a_number_of_the_range_or_refused(name, text):
    try:
        assert RANGES[name].holds(parsed_number(name, text))
    except InputError:
        return


def test_choices():
    assert parsed_choice("response_format", "JSON object") == "json_object"
    with pytest.raises(InputError):
        parsed_choice("reasoning", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_stop_sequences_end_with_any_line_end(end):
    assert parsed_stop(f"END{end} STOP {end}{end}") == ("END", " STOP ")


def test_marks_inside_stop_sequences():
    assert parsed_stop("a\\nb\nc\\\\n\nd\\e") == ("a\nb", "c\\n", "d\\e")
    assert stop_text(("a\nb", "c\\n")) == "a\\nb\nc\\\\n"


@pytest.mark.parametrize("text", ["{", "[1]", "[" * 100_000, '{"a": Infinity}', '{"a": NaN}'])
def test_what_is_no_json_object(text):
    with pytest.raises(InputError) as caught:
        parsed_object("extra", text)
    assert caught.value.problem == "bad_json"


def test_objects():
    assert parsed_object("extra", " ") == {}
    assert parsed_object("extra", '{"a": 1}') == {"a": 1}
