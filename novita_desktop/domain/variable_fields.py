"""What a variable's field takes: its kind, its words, and the value it stands for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import JsonObject, as_list, as_object, as_text
from novita_desktop.domain.records import record

MOST_CHOICES: Final = 200
"""More choices than this are no list that a person picks from."""


class FieldKind(StrEnum):
    """What a variable's field takes; FILE the text in a file, IMAGE a data URL."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    FILE = "file"
    IMAGE = "image"


GIVEN_KINDS: Final = frozenset({FieldKind.FILE, FieldKind.IMAGE})
"""Kinds whose values are chosen, not typed."""


@record(frozen=True, slots=True)
class VariableField:
    """How one variable is asked for. `label` is empty where the variable's name says enough.

    `default` is taken when the field is left empty. `choices` are for FieldKind.CHOICE alone.
    """

    kind: FieldKind = FieldKind.LINES
    label: str = ""
    hint: str = ""
    default: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()


PLAIN_FIELD: Final = VariableField()
"""How a variable is asked for as long as nobody said otherwise."""


def completed(
    names: tuple[str, ...], values: Mapping[str, str], fields: Mapping[str, VariableField]
) -> dict[str, str]:
    """Return `values` with the defaults of what was left empty, each checked against its field.

    A variable without a value stays out, unless its field may be empty: then it is an empty text.
    Raises InputError for `variable:NAME`: `not_a_number`, `not_a_date` or `bad_choice`.
    """
    found = dict(values)
    for name in names:
        field = fields.get(name)
        if field is None:
            continue
        value = values.get(name, "") or field.default
        if value:
            check(name, value, field)
            found[name] = value
        elif not field.is_required:
            found[name] = ""
    return found


def check(name: str, value: str, field: VariableField) -> None:
    """Raise InputError when `value` is not what the field of `name` takes."""
    place = f"variable:{name}"
    match field.kind:
        case FieldKind.NUMBER if not _is_number(value):
            raise InputError(place, "not_a_number", given=value)
        case FieldKind.DATE if not _is_date(value):
            raise InputError(place, "not_a_date", given=value)
        case FieldKind.CHOICE if value not in field.choices:
            raise InputError(place, "bad_choice", given=value, detail=", ".join(field.choices))
        case _:
            pass


def fields_to_saved(fields: Mapping[str, VariableField]) -> JsonObject:
    """Return fields as JSON; what is as usual is left out."""
    return {name: _field_to_saved(field) for name, field in fields.items()}


def fields_from_saved(saved: object) -> dict[str, VariableField]:
    """Return the fields that `fields_to_saved` wrote; what is missing or wrong is as usual."""
    return {name: _field_from(as_object(value)) for name, value in as_object(saved).items()}


def _field_to_saved(field: VariableField) -> JsonObject:
    saved: dict[str, str | bool | list[str]] = {"kind": field.kind.value}
    for name in ("label", "hint", "default"):
        if text := getattr(field, name):
            saved[name] = text
    if not field.is_required:
        saved["required"] = False
    if field.choices:
        saved["choices"] = list(field.choices)
    return saved


def _field_from(saved: JsonObject) -> VariableField:
    kind = saved.get("kind")
    choices = [item for item in as_list(saved.get("choices")) if isinstance(item, str) and item]
    return VariableField(
        kind=FieldKind(kind) if kind in list(FieldKind) else PLAIN_FIELD.kind,
        label=as_text(saved.get("label")),
        hint=as_text(saved.get("hint")),
        default=as_text(saved.get("default")),
        is_required=saved.get("required") is not False,
        choices=tuple(dict.fromkeys(choices))[:MOST_CHOICES],
    )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text.strip()))
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
