"""Schemas are checked before sending, answers after."""

import pytest

from novita_desktop.domain import json_schemas
from novita_desktop.domain.errors import InputError

SCHEMA = '{"type":"object","properties":{"price":{"type":"number"}},"required":["price"]}'


def test_a_good_schema_passes():
    json_schemas.check(SCHEMA)


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (" ", "missing"),
        ("{", "bad_json"),
        ("[]", "bad_schema"),
        ('{"type":"thing"}', "bad_schema"),
        ("[" * 100_000, "bad_json"),
        (" " + "x" * 200_001, "out_of_range"),
    ],
)
def test_a_bad_schema_is_named(schema, problem):
    with pytest.raises(InputError) as caught:
        json_schemas.check(schema)
    assert (caught.value.field, caught.value.problem) == ("response_schema", problem)


def test_a_fitting_answer():
    verdict = json_schemas.verdict_on('```json\n{"price": 3}\n```', SCHEMA)
    assert (verdict.problem, verdict.value) == ("", {"price": 3})


def test_an_answer_of_another_shape_names_the_place():
    verdict = json_schemas.verdict_on('{"price":"3"}', SCHEMA)
    assert (verdict.problem, verdict.place) == ("not_as_described", "price")


@pytest.mark.parametrize("answer", ["Sorry", '{"a":', "", "[" * 100_000])
def test_half_an_answer_is_never_valid(answer):
    assert json_schemas.verdict_on(answer).problem == "not_json"


@pytest.mark.parametrize(
    "reference", ["https://127.0.0.1:9/schema.json", "file:///etc/passwd", "#/$defs/none"]
)
def test_a_reference_never_leaves_the_schema(reference):
    verdict = json_schemas.verdict_on("1", f'{{"$ref":"{reference}"}}')
    assert verdict.problem == "not_as_described"
    assert "Connection" not in verdict.detail


def test_a_hostile_pattern_cannot_hold_the_program():
    schema = '{"type":"string","pattern":"^(a+)+$"}'
    assert json_schemas.verdict_on('"' + "a" * 60 + '!"', schema).problem == ""
