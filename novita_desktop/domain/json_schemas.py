"""JSON schemas of the response format: checked before sending, and answers checked after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.records import record

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    Keyword = Callable[[Validator, Any, Any, Any], Iterable[ValidationError] | None]

FIELD = "response_schema"
MAX_SCHEMA_CHARACTERS = 200_000
MAX_CHECKS = 200_000
"""How many single checks one answer may take: about a second."""


def check(schema: str) -> None:
    """Raise InputError for the field `response_schema` unless `schema` is a usable JSON schema."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # too slow to load at start
    from jsonschema.exceptions import SchemaError  # noqa: PLC0415

    if not schema.strip():
        raise InputError(FIELD, "missing")
    if len(schema) > MAX_SCHEMA_CHARACTERS:
        raise InputError(FIELD, "out_of_range", high=str(MAX_SCHEMA_CHARACTERS))
    try:
        value = json.loads(schema, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise InputError(FIELD, "bad_json", given=schema[:200], detail=str(error)) from None
    if not isinstance(value, dict):
        raise InputError(FIELD, "bad_schema", given=schema[:200], detail="{ }")
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError as error:
        place = "/".join(str(step) for step in error.path)
        raise InputError(FIELD, "bad_schema", detail=f"{place}: {error.message}"[:300]) from None
    except RecursionError:
        raise InputError(FIELD, "bad_schema", detail="nested too deeply") from None


@record(frozen=True, slots=True)
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
        value = json.loads(_without_fence(answer), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        return JsonVerdict(problem="not_json", detail=str(error))
    if not schema.strip():
        return JsonVerdict(value)
    try:
        check(schema)
        fault = _first_fault(value, schema)
    except InputError as error:
        return JsonVerdict(value, "not_as_described", "", error.detail)
    if fault is None:
        return JsonVerdict(value)
    place = "/".join(str(step) for step in fault.path)
    return JsonVerdict(value, "not_as_described", place, fault.message)


def _first_fault(value: JsonValue, schema: str) -> ValidationError | None:
    """Return the first thing wrong with `value`. Raises InputError for a check without an end."""
    from referencing.exceptions import Unresolvable  # noqa: PLC0415  # comes with jsonschema

    try:
        return next(_validator(schema).iter_errors(value), None)
    except (RecursionError, Unresolvable) as error:
        raise InputError(FIELD, "bad_schema", detail=str(error)) from None


def _validator(schema: str) -> Validator:
    """Return a validator that never asks the network and is never slow.

    References lead only inside the schema. `pattern` is not checked: Novita's schemas do not
    know it (novita/api.md section 3), and a hostile one could hold the program for hours. Nor is
    `uniqueItems`, which compares every two items. References that branch could call each other
    without end, so all checks of one answer together are counted.
    """
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415  # slow to load
    from referencing import Registry  # noqa: PLC0415  # comes with jsonschema

    left = iter(range(MAX_CHECKS))
    keywords = {
        name: _counted(work, left) for name, work in Draft202012Validator.VALIDATORS.items()
    }
    unchecked = dict.fromkeys(("pattern", "patternProperties", "uniqueItems"), _accept)
    bounded = validators.extend(Draft202012Validator, keywords | unchecked)  # type: ignore[no-untyped-call]
    found: Validator = bounded(json.loads(schema), registry=Registry())
    return found


def _counted(work: Keyword, left: Iterator[int]) -> Keyword:
    """Return a keyword's check that takes one of what is `left`, and refuses when all is used."""

    def counted(
        validator: Validator, value: object, instance: object, schema: object
    ) -> Iterator[ValidationError]:
        if next(left, None) is None:
            raise InputError(FIELD, "bad_schema", detail="too much to check")
        yield from work(validator, value, instance, schema) or ()

    return counted


def _refused(constant: str) -> JsonValue:
    raise ValueError(f"{constant} is not JSON")


def _accept(*_: object) -> Iterator[ValidationError]:
    return iter(())


def _without_fence(answer: str) -> str:
    text = answer.strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        return text[text.index("\n") + 1 : -3]
    return text
