"""Schemas are checked before sending, answers after."""

import json
import time

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


DEEP = '{"not":' * 150 + "{}" + "}" * 150


def test_a_schema_that_is_too_deep_is_refused():
    with pytest.raises(InputError) as caught:
        json_schemas.check(DEEP)
    assert caught.value.problem == "bad_schema"


@pytest.mark.parametrize(
    "schema",
    [DEEP, "{bad", "[]", "5", '{"type":5}', '{"type":"x"}', '{"properties":5}', '{"$ref":"#"}'],
)
def test_no_stored_schema_stops_the_verdict(schema):
    assert json_schemas.verdict_on("{}", schema).problem == "not_as_described"


@pytest.mark.parametrize("answer", ["NaN", '{"a": Infinity}'])
def test_what_only_python_takes_for_json_is_none(answer):
    assert json_schemas.verdict_on(answer).problem == "not_json"


def test_references_that_branch_end_in_time():
    definitions = {"a0": {}}
    for n in range(1, 40):
        definitions[f"a{n}"] = {"allOf": [{"$ref": f"#/$defs/a{n - 1}"}] * 2}
    schema = json.dumps({"$defs": definitions, "$ref": "#/$defs/a39"})
    started = time.process_time()
    assert json_schemas.verdict_on("1", schema).detail == "too much to check"
    assert time.process_time() - started < 15


def test_many_unequal_items_do_not_hold_the_program():
    answer = json.dumps([{"a": n} for n in range(3000)])
    started = time.process_time()
    assert json_schemas.verdict_on(answer, '{"uniqueItems": true}').problem == ""
    assert time.process_time() - started < 1


def test_a_long_honest_answer_is_checked_whole():
    schema = json.dumps(
        {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "integer"}}}}
    )
    answer = json.dumps([{"a": n} for n in range(20_000)] + [{"a": "x"}])
    assert json_schemas.verdict_on(answer, schema).place == "20000/a"
