"""A described table and its JSON schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import json_schemas
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.schema_fields import (
    DescribedTable,
    FieldKind,
    SchemaField,
    schema_of,
    table_of,
)

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
FIELDS = st.builds(
    SchemaField,
    NAMES,
    st.sampled_from([FieldKind.TEXT, FieldKind.NUMBER, FieldKind.YES_OR_NO, FieldKind.LIST]),
    st.booleans(),
)


@given(st.lists(FIELDS, min_size=1, max_size=6, unique_by=lambda f: f.name), st.booleans())
def test_a_described_table_comes_back_from_its_schema(fields, many):
    table = DescribedTable(tuple(fields), many)
    schema = schema_of(table)
    json_schemas.check(schema)
    assert table_of(schema) == table


def test_the_schema_of_one_row_names_its_fields_and_allowed_values():
    mood = SchemaField("mood", FieldKind.TEXT, allowed=("good", "bad"))
    stars = SchemaField("stars", FieldKind.WHOLE_NUMBER, is_required=False, allowed=("1", "2"))
    schema = json.loads(schema_of(DescribedTable((mood, stars))))
    assert schema["properties"] == {
        "mood": {"type": "string", "enum": ["good", "bad"]},
        "stars": {"type": "integer", "enum": [1, 2]},
    }
    assert schema["required"] == ["mood"]
    assert table_of(json.dumps(schema)) == DescribedTable((mood, stars))


def test_several_rows_are_checked_row_by_row():
    schema = schema_of(DescribedTable((SchemaField("n", FieldKind.NUMBER),), has_many_rows=True))
    assert json_schemas.verdict_on('{"rows": [{"n": 1}]}', schema).problem == ""
    assert json_schemas.verdict_on('{"rows": [{"n": "x"}]}', schema).place == "rows/0/n"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ((), "missing"),
        ((SchemaField(" "),), "missing"),
        ((SchemaField("a"), SchemaField("a")), "bad_choice"),
        ((SchemaField("a", FieldKind.NUMBER, allowed=("warm",)),), "bad_choice"),
    ],
)
def test_what_cannot_be_a_schema_is_refused(fields, problem):
    with pytest.raises(InputError) as error:
        schema_of(DescribedTable(fields))
    assert error.value.problem == problem


@pytest.mark.parametrize(
    "schema",
    [
        "not json",
        '{"type": "object", "properties": {"a": {"type": "string", "minLength": 3}}}',
        '{"type": "object", "properties": {"a": {"anyOf": []}}}',
        "[]",
    ],
)
def test_a_schema_that_says_more_than_a_table_is_left_to_the_editor(schema):
    assert table_of(schema) is None
