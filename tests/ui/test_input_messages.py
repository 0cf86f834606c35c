"""Sentences about wrong values."""

import pytest
from PySide6.QtCore import QLocale

from novita_desktop.domain import json_schemas, templates
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.input_values import RANGES, parsed_number
from novita_desktop.domain.prompt_form import PromptForm, RunDefaults, resolve
from novita_desktop.ui.input_messages import input_name, input_problem


@pytest.fixture(autouse=True)
def locale():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def problem_of(work):
    with pytest.raises(InputError) as raised:
        work()
    return input_problem(raised.value)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("temperature", "warm", "Temperature must be a number from 0 to 2."),
        ("temperature", "3", "Temperature must be a number from 0 to 2."),
        ("temperature", "", "Temperature must be a number from 0 to 2."),
        ("top_p", "0", "Top P must be a number above 0, up to 1."),
        ("max_tokens", "1.5", "Max tokens must be a whole number from 1 to 100,000,000."),
        ("frequency_penalty", "-3", "Frequency penalty must be a number from -2 to 2."),
    ],
)
def test_numbers(name, text, sentence):
    assert problem_of(lambda: parsed_number(name, text)) == sentence


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (PromptForm(message="Hi"), "Choose a model first."),
        (PromptForm("a/b", message=" "), "Write a message first."),
        (
            PromptForm("a/b", message="{{ city }}"),
            "The field “city” is empty. Fill it in, then run.",
        ),
        (
            PromptForm("a/b", message="Hi", inputs={"stop": "1\n2\n3\n4\n5"}),
            "Stop sequences: at most 4, one on each line. There are 5.",
        ),
        (
            PromptForm("a/b", message="Hi", inputs={"reasoning": "maybe"}),
            "Reasoning cannot be “maybe”. It can be: on, off.",
        ),
    ],
)
def test_forms(form, sentence):
    assert problem_of(lambda: resolve(form, None, RunDefaults())) == sentence


def test_json():
    form = PromptForm("a/b", message="Hi", inputs={"extra": "[1]"})
    assert problem_of(lambda: resolve(form, None, RunDefaults())).startswith(
        "Extra fields is not a JSON object"
    )
    assert problem_of(lambda: json_schemas.check('{"type": 3}')).startswith(
        "The JSON schema is not a valid JSON schema"
    )


def test_templates():
    sentence = problem_of(lambda: templates.variables_of("{{ city "))
    assert sentence.startswith("template has a mistake in {{ city: it does not end")
    large = input_problem(InputError("message", "template_too_large"))
    assert large == "Message grows too large when its fields are filled in."


def test_every_number_has_a_name():
    assert all(input_name(name) != name for name in RANGES)


def test_values_of_another_kind_are_named_by_their_field():
    number = input_problem(InputError("variable:rows", "not_a_number", given="many"))
    assert number == "“rows” must be a number; it has “many”."
    day = input_problem(InputError("variable:day", "not_a_date", given="Monday"))
    assert day == "“day” must be a date such as 2026-01-31; it has “Monday”."
    choice = InputError("variable:tone", "bad_choice", given="odd", detail="calm, warm")
    assert input_problem(choice) == "tone cannot be “odd”. It can be: calm, warm."


def test_the_limits_of_a_seed_are_written_out():
    words = input_problem(
        InputError("seed", "not_a_number", given="x", low=str(-(2**63)), high=str(2**63 - 1))
    )
    assert "9223372036854775807" in "".join(filter(str.isdigit, words))
    assert input_problem(InputError("seed", "out_of_range", given="x", low="0", high="1e300"))
