"""Reads JSON from strangers: bounded before it is parsed, and exact about what it may hold.

Python's own parser takes names that come twice, NaN and halves of characters without a word; for
a file that somebody sent, each of those is a mistake or a trick.
"""

from __future__ import annotations

import json
import math
import re
from typing import Final

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

MAX_DEPTH: Final = 40
"""How many lists and objects may stand in one another."""

MAX_MARKS: Final = 1_000_000
"""How many brackets, braces, commas and texts a document may have in all."""

# A text without an end reaches to the end of the file: nothing is looked through twice.
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def parsed(text: str) -> JsonValue:
    """Return the value that a JSON text stands for.

    Raises PresetFileRefused: `too_deep`, `too_many_values`, `duplicate_key`, `broken_characters`,
    or `not_json` with the parser's words.
    """
    _check_size(text)
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_object_of,
            parse_constant=_refused,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise PresetFileRefused("not_json", detail=str(error)) from None
    return value


def _check_size(text: str) -> None:
    """Refuse what is too deep or too large before the parser spends anything on it."""
    depth = 0
    for count, mark in enumerate(_MARK.finditer(text)):
        first = text[mark.start()]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise PresetFileRefused("too_deep", limit=MAX_DEPTH)
        if count >= MAX_MARKS:
            raise PresetFileRefused("too_many_values", limit=MAX_MARKS)


def _object_of(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for name, value in pairs:
        if name in found:
            raise PresetFileRefused("duplicate_key", place=name)
        found[name] = value
    return found


def _refused(constant: str) -> JsonValue:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


def check_characters(text: str, place: str) -> str:
    """Return `text`; raise PresetFileRefused when half of a surrogate pair is in it.

    JSON can write such a half as an escape, but it is no character and cannot be sent.
    """
    if not text.isascii() and _HALF_CHARACTER.search(text):
        raise PresetFileRefused("broken_characters", place=place)
    return text
