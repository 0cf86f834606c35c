"""Values made for a JSON schema fit it."""

import random

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.demo.schema_answers import answer_for_schema

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 3, "maxLength": 12},
        "age": {"type": "integer", "minimum": 18, "exclusiveMaximum": 21},
        "mood": {"enum": ["calm", "cross", None]},
        "score": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.01},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        "friend": {"anyOf": [{"$ref": "#/$defs/person"}, {"type": "null"}]},
    },
    "required": ["name", "age", "mood", "score", "tags", "friend"],
    "additionalProperties": False,
}

EXAMPLES = [
    PERSON | {"$defs": {"person": PERSON}},
    {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    {"type": "string", "format": "email"},
    {"type": ["string", "null"], "maxLength": 4},
    {"const": {"fixed": [1]}},
    {"type": "integer", "multipleOf": 7, "minimum": 10, "maximum": 20},
    {"type": "number", "multipleOf": 0.5, "minimum": 0.2, "maximum": 0.9},
    {"type": "number", "minimum": -0.001, "maximum": 0.001},
    {"type": "integer", "maximum": -5},
    {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
    {"type": "array", "prefixItems": [{"type": "boolean"}, {"type": "null"}], "items": False},
    {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 3},
    {"allOf": [{"properties": {"a": {"type": "null"}}}, {"required": ["a"], "type": "object"}]},
    {
        "oneOf": [
            {"type": "object", "properties": {"k": {"const": 1}}, "required": ["k"]},
            {"type": "array", "items": {"type": "string"}},
        ]
    },
    {"definitions": {"x~/y": {"type": "boolean"}}, "$ref": "#/definitions/x~0~1y"},
    {
        "$defs": {
            "node": {
                "type": "object",
                "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
                "required": ["children"],
            }
        },
        "$ref": "#/$defs/node",
    },
    {},
]


@pytest.mark.parametrize("schema", EXAMPLES, ids=range(len(EXAMPLES)))
@pytest.mark.parametrize("seed", range(5))
def test_the_value_fits_its_schema(schema: dict, seed: int) -> None:
    value = answer_for_schema(schema, "Describe Ada, who likes bridges", random.Random(seed))
    jsonschema.Draft202012Validator(schema).validate(value)


def _objects(inner: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    names = st.sampled_from(["name", "amount", "kind", "x"])
    fields = st.dictionaries(names, inner, min_size=1)
    return fields.flatmap(
        lambda made: st.lists(st.sampled_from(sorted(made)), unique=True).map(
            lambda needed: {
                "type": "object",
                "properties": made,
                "required": needed,
                "additionalProperties": False,
            }
        )
    )


LEAVES = st.one_of(
    st.integers(0, 30).flatmap(
        lambda low: st.integers(low, 60).map(
            lambda high: {"type": "string", "minLength": low, "maxLength": high}
        )
    ),
    st.integers(-1000, 1000).flatmap(
        lambda low: st.tuples(st.sampled_from(["integer", "number"]), st.integers(0, 50)).map(
            lambda pair: {"type": pair[0], "minimum": low, "maximum": low + pair[1]}
        )
    ),
    st.lists(st.one_of(st.none(), st.booleans(), st.text()), min_size=1).map(
        lambda values: {"enum": values}
    ),
    st.sampled_from([{"type": "boolean"}, {"type": "null"}, {"type": ["null", "integer"]}]),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        _objects(inner),
        st.tuples(inner, st.integers(0, 4)).map(
            lambda pair: {"type": "array", "items": pair[0], "minItems": pair[1]}
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda choices: {"anyOf": choices}),
    ),
    max_leaves=12,
)


@given(SCHEMAS, st.text(max_size=60), st.integers(0, 1000))
def test_any_schema_of_the_documented_kind_is_met(schema: dict, prompt: str, seed: int) -> None:
    value = answer_for_schema(schema, prompt, random.Random(seed))
    jsonschema.Draft202012Validator(schema).validate(value)


def test_optional_properties_are_filled_in_too() -> None:
    schema = {"type": "object", "properties": {"note": {"type": "string"}}}
    value = answer_for_schema(schema, "A boat", random.Random(0))
    assert isinstance(value, dict)
    assert "boat" in value["note"]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]},
        {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]},
        {"$ref": "#/missing/place"},
        {"type": "array", "minItems": 10**9, "items": {"$ref": "#"}},
        {"type": "string", "minLength": 10**12},
        {"type": "integer", "minimum": 1e300},
    ],
    ids=range(8),
)
def test_a_schema_that_cannot_be_met_ends_all_the_same(schema: dict) -> None:
    answer_for_schema(schema, "Loops", random.Random(0))
