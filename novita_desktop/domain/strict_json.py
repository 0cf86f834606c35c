"""Reads JSON from strangers: bounded before it is parsed, and exact about what it may hold.

Python's own parser takes names that come twice, NaN and halves of characters without a word; for
a file that somebody sent, each of those is a mistake or a trick.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # typeshed lacks it
from typing import Final

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

MAX_DEPTH: Final = 40
"""How many lists and objects may stand in one another."""

MAX_MARKS: Final = 1_000_000
"""How many brackets, braces, commas and texts a document may have in all."""

MAX_GAP: Final = 10_000
"""How far apart two marks may be: no number is that long, and nobody writes so many blanks."""

SLICE: Final = 65_536
"""How much of a text is looked at in one go: Python lets other threads work only between two."""

_MARK = re.compile(r"[\[\]{},:]")


class _Decoder(json.JSONDecoder):
    """Python's own decoder with its scanner in Python.

    The one in C lets no other thread work until a whole list is read, so the window would stop.
    """

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_object_of, parse_constant=_refused, parse_float=_finite)
        self.scan_once = py_make_scanner(self)


def parsed(text: str) -> JsonValue:
    """Return the value that a JSON text stands for.

    Raises PresetFileRefused: `too_deep`, `too_many_values`, `duplicate_key`, `broken_characters`,
    or `not_json` with the parser's words.
    """
    _check_size(text)
    try:
        value: JsonValue = _Decoder().decode(text)
    except (ValueError, RecursionError) as error:
        raise PresetFileRefused("not_json", detail=str(error)) from None
    return value


def _check_size(text: str) -> None:
    """Refuse what is too deep or too large before the parser spends anything on it."""
    depth = 0
    for count, mark in enumerate(_marks(text)):
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise PresetFileRefused("too_deep", limit=MAX_DEPTH)
        if count >= MAX_MARKS:
            raise PresetFileRefused("too_many_values", limit=MAX_MARKS)


def _marks(text: str) -> Iterator[str]:
    """Yield brackets, braces, commas and colons, and a quote for each text, in order."""
    position, seen = 0, 0
    while True:
        quote = text.find('"', position)
        end = quote if quote >= 0 else len(text)
        for start in range(position, end, SLICE):
            for mark in _MARK.finditer(text, start, min(start + SLICE, end)):
                _check_gap(seen, mark.start())
                seen = mark.end()
                yield mark[0]
            _check_gap(seen, min(start + SLICE, end))
        if quote < 0:
            return
        yield '"'
        position = seen = _end_of_text(text, quote + 1)


def _check_gap(seen: int, place: int) -> None:
    if place - seen > MAX_GAP:
        raise PresetFileRefused("not_json", detail=f"nothing for {MAX_GAP} characters")


def _end_of_text(text: str, position: int) -> int:
    """Return the place behind the quote that ends a text which is open at `position`."""
    while True:
        quote = text.find('"', position)
        if quote < 0:
            return len(text)
        slashes = quote
        while slashes > position and text[slashes - 1] == "\\":
            slashes -= 1
        position = quote + 1
        if (quote - slashes) % 2 == 0:
            return position


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
    try:
        for start in range(0, len(text), SLICE):
            text[start : start + SLICE].encode()
    except UnicodeEncodeError:
        raise PresetFileRefused("broken_characters", place=place) from None
    return text
