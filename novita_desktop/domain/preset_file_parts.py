"""The parts of a preset in a file, each written plainly and read exactly.

A text is a JSON string, or the array of its lines, which is easier to read and to compare. A
number of the form may be a JSON number. Every reader takes the place in the file, such as
`presets/2/inputs`, and raises PresetFileRefused with it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from typing import Final

from novita_desktop.domain.input_values import CHOICES, RANGES
from novita_desktop.domain.json_schemas import MAX_SCHEMA_CHARACTERS
from novita_desktop.domain.json_values import JsonObject, JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.prompt_form import LONGEST_LIMIT_SECONDS
from novita_desktop.domain.requests import IMAGE_TYPES, Image, RetryPolicy, TimeLimits
from novita_desktop.domain.strict_json import SLICE, check_characters, parsed
from novita_desktop.domain.template_marks import MAX_MARKS, MAX_TEMPLATE_CHARACTERS
from novita_desktop.domain.variable_fields import MOST_CHOICES, FieldKind, VariableField

MAX_MODEL_CHARACTERS: Final = 1_000
MAX_TEXT_CHARACTERS: Final = MAX_TEMPLATE_CHARACTERS
MAX_VALUE_CHARACTERS: Final = 4_000_000
MAX_INPUT_CHARACTERS: Final = MAX_SCHEMA_CHARACTERS
MAX_VARIABLE_NAME: Final = 200
MAX_WORDS_CHARACTERS: Final = 2_000
"""How long a field's label, its hint, or one of its choices may be."""

MAX_IMAGES: Final = 16
MAX_IMAGE_CHARACTERS: Final = 4_000_000

NUMBERS: Final = frozenset(RANGES)
JSON_INPUTS: Final = frozenset({"response_schema", "extra"})
INPUT_NAMES: Final = frozenset({*RANGES, *CHOICES, *JSON_INPUTS, "reasoning_effort", "stop"})
_FIELD_NAMES: Final = frozenset({"kind", "label", "hint", "default", "required", "choices"})
_LIMIT_NAMES: Final = ("connect_seconds", "first_word_seconds", "silence_seconds")

_MOST_LINES: Final = 400
"""A text with more lines than this is written as one string: that keeps files small."""

_DEEPEST_SCHEMA: Final = 30


def shown(value: JsonValue) -> str:
    """Return the start of a value as JSON, to be named in a message."""
    match value:
        case Mapping():
            return "{…}"
        case list():
            return "[…]"
        case str():
            return json.dumps(value[:60])
        case _:
            return json.dumps(value)[:60]


def object_at(value: JsonValue, place: str, names: Collection[str] = ()) -> JsonObject:
    """Return the object at `place`; with `names`, one that has no others."""
    if not isinstance(value, Mapping):
        raise PresetFileRefused("wrong_kind", place=place, given=shown(value), detail="object")
    unknown = next((name for name in value if names and name not in names), None)
    if unknown is not None:
        raise PresetFileRefused("unknown_name", place=place, given=unknown[:80])
    return value


def list_at(value: JsonValue, place: str, limit: int, problem: str = "too_many") -> list[JsonValue]:
    """Return the list at `place`, of at most `limit` items."""
    if not isinstance(value, list):
        raise PresetFileRefused("wrong_kind", place=place, given=shown(value), detail="list")
    if len(value) > limit:
        raise PresetFileRefused(problem, place=place, given=str(len(value)), limit=limit)
    return value


def text_at(value: JsonValue, place: str, limit: int) -> str:
    """Return the text at `place`: a string, or a list of lines."""
    lines = value if isinstance(value, list) else [value]
    found = [line for line in lines if isinstance(line, str)]
    if not found or len(found) != len(lines):
        raise PresetFileRefused("wrong_kind", place=place, given=shown(value), detail="text")
    text = "\n".join(found)
    if len(text) > limit:
        raise PresetFileRefused("too_long", place=place, limit=limit)
    return check_characters(text, place)


def text_to_file(text: str) -> JsonValue:
    """Return `text` as its lines when it has several."""
    return text.split("\n") if 0 < text.count("\n") < _MOST_LINES else text


def _entries_at(value: JsonValue, place: str) -> list[tuple[str, JsonValue, str]]:
    """Return name, value and place of what is in the object at `place`."""
    entries = list(object_at(value, place).items())
    if len(entries) > MAX_MARKS:
        raise PresetFileRefused("too_many", place=place, given=str(len(entries)), limit=MAX_MARKS)
    for name, _ in entries:
        if len(name) > MAX_VARIABLE_NAME:
            raise PresetFileRefused("too_long", place=place, limit=MAX_VARIABLE_NAME)
        check_characters(name, place)
    return [(name, item, f"{place}/{name}") for name, item in entries]


def inputs_to_file(inputs: Mapping[str, str]) -> JsonObject:
    """Return the form's inputs: numbers and JSON as such where that says the very same."""
    return {name: _input_to_file(name, text) for name, text in inputs.items()}


def _input_to_file(name: str, text: str) -> JsonValue:
    if name not in NUMBERS | JSON_INPUTS:
        return text_to_file(text)
    try:
        value = parsed(text)
    except PresetFileRefused:
        return text_to_file(text)
    if name in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return value if json.dumps(value) == text else text_to_file(text)
    if isinstance(value, dict) and _depth(value) <= _DEEPEST_SCHEMA and _as_text(value) == text:
        return value
    return text_to_file(text)


def _as_text(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _depth(value: JsonValue) -> int:
    if isinstance(value, Mapping):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def inputs_from(value: JsonValue, place: str) -> dict[str, str]:
    """Return the form's inputs, as the texts that stand in the form."""
    object_at(value, place, INPUT_NAMES)
    return {name: _input_from(name, item, at) for name, item, at in _entries_at(value, place)}


def _input_from(name: str, value: JsonValue, place: str) -> str:
    if name in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value)
    if name in JSON_INPUTS and isinstance(value, Mapping):
        value = _as_text(value)
    return text_at(value, place, MAX_INPUT_CHARACTERS)


def values_from(value: JsonValue, place: str) -> dict[str, str]:
    """Return the sample values of a preset's variables."""
    entries = _entries_at(value, place)
    return {name: text_at(item, at, MAX_VALUE_CHARACTERS) for name, item, at in entries}


def fields_to_file(fields: Mapping[str, VariableField]) -> JsonObject:
    """Return how each variable is asked for; what is as usual is left out."""
    return {name: _field_to_file(field) for name, field in fields.items()}


def _field_to_file(field: VariableField) -> JsonObject:
    found: dict[str, JsonValue] = {"kind": field.kind.value}
    texts = {"label": field.label, "hint": field.hint, "default": field.default}
    found |= {name: text_to_file(text) for name, text in texts.items() if text}
    if not field.is_required:
        found["required"] = False
    if field.choices:
        found["choices"] = list(field.choices)
    return found


def fields_from(value: JsonValue, place: str) -> dict[str, VariableField]:
    """Return how each variable of a preset is asked for."""
    return {name: _field_from(item, at) for name, item, at in _entries_at(value, place)}


def _field_from(value: JsonValue, place: str) -> VariableField:
    field = object_at(value, place, _FIELD_NAMES)
    kind = one_of([kind.value for kind in FieldKind], field.get("kind", "lines"), f"{place}/kind")
    is_required = field.get("required", True)
    if not isinstance(is_required, bool):
        given = shown(is_required)
        raise PresetFileRefused(
            "wrong_kind", place=f"{place}/required", given=given, detail="true or false"
        )
    choices = list_at(field.get("choices", []), f"{place}/choices", MOST_CHOICES)
    texts = [text_at(each, f"{place}/choices", MAX_WORDS_CHARACTERS) for each in choices]
    if "" in texts or len(set(texts)) < len(texts):
        raise PresetFileRefused("bad_value", place=f"{place}/choices", given="[…]")
    return VariableField(
        kind=FieldKind(kind),
        label=text_at(field.get("label", ""), f"{place}/label", MAX_WORDS_CHARACTERS),
        hint=text_at(field.get("hint", ""), f"{place}/hint", MAX_WORDS_CHARACTERS),
        default=text_at(field.get("default", ""), f"{place}/default", MAX_TEXT_CHARACTERS),
        is_required=is_required,
        choices=tuple(texts),
    )


def images_from(value: JsonValue, place: str) -> tuple[Image, ...]:
    """Return the pictures that go with the message; none is looked into."""
    items = list_at(value, place, MAX_IMAGES)
    return tuple(_image_from(item, f"{place}/{n}") for n, item in enumerate(items, start=1))


def _image_from(value: JsonValue, place: str) -> Image:
    image = object_at(value, place, {"media_type", "base64"})
    media_type = one_of(IMAGE_TYPES, image.get("media_type"), f"{place}/media_type")
    data = text_at(image.get("base64"), f"{place}/base64", MAX_IMAGE_CHARACTERS)
    try:
        # Each slice is a whole number of groups of four; only the last may end with a mark.
        for start in range(0, len(data), SLICE):
            base64.b64decode(data[start : start + SLICE], validate=True)
    except ValueError:
        raise PresetFileRefused("bad_image", place=place) from None
    return Image(media_type, data)


def policy_from(value: JsonValue, place: str) -> RetryPolicy | None:
    """Return how a failed run is tried again, None for what the settings say."""
    if value is None:
        return None
    return RetryPolicy(one_of([policy.value for policy in RetryPolicy], value, place))


def limits_to_file(limits: TimeLimits) -> JsonObject:
    """Return how long to wait, in seconds."""
    return {name: getattr(limits, name) for name in _LIMIT_NAMES}


def limits_from(value: JsonValue, place: str) -> TimeLimits | None:
    """Return how long to wait, None for what the settings say."""
    if value is None:
        return None
    limits = object_at(value, place, _LIMIT_NAMES)
    return TimeLimits(*(_seconds_at(limits.get(n), f"{place}/{n}") for n in _LIMIT_NAMES))


def _seconds_at(value: JsonValue, place: str) -> float:
    if value is None:
        raise PresetFileRefused("missing", place=place)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PresetFileRefused("wrong_kind", place=place, given=shown(value), detail="number")
    if not 0 < value <= LONGEST_LIMIT_SECONDS:
        raise PresetFileRefused("bad_value", place=place, given=shown(value))
    return float(value)


def one_of(words: Collection[str], value: JsonValue, place: str) -> str:
    """Return the one of `words` that stands at `place`."""
    if not isinstance(value, str) or value not in words:
        raise PresetFileRefused("bad_value", place=place, given=shown(value))
    return value
