"""JSON schemas of the response format: checked before sending, and answers checked after."""

from __future__ import annotations

import json
from dataclasses import dataclass

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import JsonValue

FIELD = "response_schema"
MAX_SCHEMA_CHARACTERS = 200_000


def check(schema: str) -> None:
    """Raise InputError for the field `response_schema` unless `schema` is a usable JSON schema."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # too slow to load at start
    from jsonschema.exceptions import SchemaError  # noqa: PLC0415

    if not schema.strip():
        raise InputError(FIELD, "missing")
    if len(schema) > MAX_SCHEMA_CHARACTERS:
        raise InputError(FIELD, "out_of_range", high=str(MAX_SCHEMA_CHARACTERS))
    try:
        value = json.loads(schema)
    except (ValueError, RecursionError) as error:
        raise InputError(FIELD, "bad_json", given=schema[:200], detail=str(error)) from None
    if not isinstance(value, dict):
        raise InputError(FIELD, "bad_schema", given=schema[:200], detail="{ }")
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError as error:
        place = "/".join(str(step) for step in error.path)
        raise InputError(FIELD, "bad_schema", detail=f"{place}: {error.message}") from None


@dataclass(frozen=True, slots=True)
class JsonVerdict:
    """Whether an answer is JSON of the wanted shape.

    `problem` is empty when it is; else `not_json` or `not_as_described`, with `place` (a path
    such as `items/0/price`) and the validator's words in `detail`.
    """

    value: JsonValue = None
    problem: str = ""
    place: str = ""
    detail: str = ""


def verdict_on(answer: str, schema: str = "") -> JsonVerdict:
    """Return whether `answer` is JSON, and fits `schema` when one is given.

    A surrounding Markdown fence is taken off first: many models add one.
    """
    try:
        value = json.loads(_without_fence(answer))
    except (ValueError, RecursionError) as error:
        return JsonVerdict(problem="not_json", detail=str(error))
    if not schema.strip():
        return JsonVerdict(value)
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # too slow to load at start

    fault = next(iter(Draft202012Validator(json.loads(schema)).iter_errors(value)), None)
    if fault is None:
        return JsonVerdict(value)
    place = "/".join(str(step) for step in fault.path)
    return JsonVerdict(value, "not_as_described", place, fault.message)


def _without_fence(answer: str) -> str:
    text = answer.strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        return text[text.index("\n") + 1 : -3]
    return text
