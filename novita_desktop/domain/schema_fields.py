"""A table that a person describes field by field, and the JSON schema that it stands for.

The schema keeps to what the host accepts in strict mode (novita/api.md section 3): string,
number, integer, boolean, array, object and enum.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Final

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_schemas import FIELD
from novita_desktop.domain.json_values import (
    JsonObject,
    JsonValue,
    as_list,
    as_object,
    as_text,
)
from novita_desktop.domain.records import record

ROWS: Final = "rows"
"""The property that holds the rows of an answer with several of them."""


class FieldKind(StrEnum):
    """What one field of the answer holds; all but LIST are JSON schema type names."""

    TEXT = "string"
    NUMBER = "number"
    WHOLE_NUMBER = "integer"
    YES_OR_NO = "boolean"
    LIST = "list"


@record(frozen=True, slots=True)
class SchemaField:
    """One field of the answer; `allowed` lists the only values it may take, as texts."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True
    allowed: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class DescribedTable:
    """The fields of one row, and whether the answer holds several rows."""

    fields: tuple[SchemaField, ...] = ()
    has_many_rows: bool = False


def schema_of(table: DescribedTable) -> str:
    """Return the JSON schema of `table` as indented text.

    Raises InputError for `response_schema`: `missing` without fields or for one without a name,
    `bad_choice` for a name given twice or an allowed value of the wrong kind.
    """
    if not table.fields:
        raise InputError(FIELD, "missing")
    properties: dict[str, JsonValue] = {}
    for field in table.fields:
        if not field.name.strip():
            raise InputError(FIELD, "missing")
        if field.name in properties:
            raise InputError(FIELD, "bad_choice", given=field.name)
        properties[field.name] = _property_of(field)
    row: dict[str, JsonValue] = {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in table.fields if field.is_required],
        "additionalProperties": False,
    }
    return json.dumps(_many(row) if table.has_many_rows else row, ensure_ascii=False, indent=2)


def _many(row: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": {ROWS: {"type": "array", "items": row}},
        "required": [ROWS],
        "additionalProperties": False,
    }


def _property_of(field: SchemaField) -> JsonObject:
    if field.kind is FieldKind.LIST:
        items: dict[str, JsonValue] = {"type": "string"}
        if field.allowed:
            items["enum"] = list(field.allowed)
        return {"type": "array", "items": items}
    found: dict[str, JsonValue] = {"type": field.kind.value}
    if field.allowed and field.kind is not FieldKind.YES_OR_NO:
        found["enum"] = [_allowed_value(field, text) for text in field.allowed]
    return found


def _allowed_value(field: SchemaField, text: str) -> JsonValue:
    if field.kind is FieldKind.TEXT:
        return text
    try:
        return int(text) if field.kind is FieldKind.WHOLE_NUMBER else float(text)
    except ValueError:
        raise InputError(FIELD, "bad_choice", given=text, detail=field.name) from None


def table_of(schema: str) -> DescribedTable | None:
    """Return the table that `schema` describes, None when it says more than a table can."""
    try:
        whole = as_object(json.loads(schema))
        table = _table_from(whole)
        is_same = table is not None and json.loads(schema_of(table)) == whole
    except (ValueError, RecursionError, InputError):
        return None
    return table if is_same else None


def _table_from(whole: JsonObject) -> DescribedTable | None:
    properties = as_object(whole.get("properties"))
    rows = as_object(properties.get(ROWS))
    if set(properties) == {ROWS} and as_object(rows.get("items")).get("type") == "object":
        inner = _table_from(as_object(rows.get("items")))
        return DescribedTable(inner.fields, has_many_rows=True) if inner else None
    required = as_list(whole.get("required"))
    fields = [
        _field_from(name, as_object(value), is_required=name in required)
        for name, value in properties.items()
    ]
    known = [field for field in fields if field is not None]
    return DescribedTable(tuple(known)) if len(known) == len(fields) else None


def _field_from(name: str, value: JsonObject, *, is_required: bool) -> SchemaField | None:
    kind = as_text(value.get("type"))
    if kind == "array":
        allowed = as_list(as_object(value.get("items")).get("enum"))
        return SchemaField(name, FieldKind.LIST, is_required, tuple(str(a) for a in allowed))
    if kind not in list(FieldKind):
        return None
    texts = tuple(f"{a:g}" if isinstance(a, float) else str(a) for a in as_list(value.get("enum")))
    return SchemaField(name, FieldKind(kind), is_required, texts)
