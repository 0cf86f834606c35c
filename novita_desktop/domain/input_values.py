"""What the inputs of the form take: ranges and choices, and texts parsed to their values.

A value may be typed in or come from a variable; both are texts, parsed and refused alike.
Ranges: novita/api.md section 2.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import FormatKind, Reasoning

MAX_STOP_SEQUENCES: Final = 4
_IN_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_WHOLE_WITH_POINT = re.compile(r"([+-]?\d+)\.0+")
"""How tables often write whole numbers."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPED = re.compile(r"\\([\\nr])")
_ESCAPES: Final[Mapping[str, str]] = {"\\": "\\", "n": "\n", "r": "\r"}


@record(frozen=True, slots=True)
class NumberRange:
    """The values a numeric input may take; `low_is_inside` is False for "above 0"."""

    low: float
    high: float
    is_whole: bool = False
    low_is_inside: bool = True

    def holds(self, value: float) -> bool:
        """Return whether `value` is allowed; comparing is exact for whole numbers of any size."""
        above = value >= self.low if self.low_is_inside else value > self.low
        return above and value <= self.high


RANGES: Final[Mapping[str, NumberRange]] = {
    "temperature": NumberRange(0, 2),
    "top_p": NumberRange(0, 1, low_is_inside=False),
    "max_tokens": NumberRange(1, 100_000_000, is_whole=True),
    "seed": NumberRange(-(2**63), 2**63 - 1, is_whole=True),
    "frequency_penalty": NumberRange(-2, 2),
    "presence_penalty": NumberRange(-2, 2),
    "repetition_penalty": NumberRange(0, 2, low_is_inside=False),
    "top_k": NumberRange(1, 128, is_whole=True),
    "min_p": NumberRange(0, 1),
}
"""The numeric inputs by wire name."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "response_format": tuple(kind.value for kind in FormatKind),
    "reasoning": tuple(mode.value for mode in Reasoning),
}
"""The inputs that take one of a few words, by name."""


def parsed_number(name: str, text: str) -> float | int:
    """Return the number that `text` gives for the input `name`.

    A comma is a thousands mark in a whole number where it stands as one, and the decimal mark in
    others when there is no point. Raises InputError.
    """
    allowed = RANGES[name]
    tidy = text.strip().replace("\u00a0", "").replace("\u2212", "-")
    if not allowed.is_whole and "." not in tidy:
        tidy = tidy.replace(",", ".")
    low, high = _written(allowed.low, allowed), _written(allowed.high, allowed)
    try:
        number = _number_in(tidy, allowed)
    except ValueError:
        problem = "not_a_number" if tidy else "missing"
        raise InputError(name, problem, given=text, low=low, high=high) from None
    if not allowed.holds(number):
        raise InputError(name, "out_of_range", given=text, low=low, high=high)
    return number


def _number_in(tidy: str, allowed: NumberRange) -> float | int:
    """Return the number in a tidied text. Raises ValueError.

    Python's own marks between digits are refused: "1_0" is more likely a slip than ten.
    """
    if "_" in tidy:
        raise ValueError(tidy)
    if not allowed.is_whole:
        # Adding zero turns a negative zero into zero.
        return float(tidy) + 0.0
    if found := _WHOLE_WITH_POINT.fullmatch(tidy):
        return int(found[1])
    return int(tidy.replace(",", "") if _IN_THOUSANDS.fullmatch(tidy) else tidy)


def _written(limit: float, allowed: NumberRange) -> str:
    return str(int(limit)) if allowed.is_whole else f"{limit:g}"


def parsed_choice(name: str, text: str) -> str:
    """Return the one of an input's words that `text` gives. Raises InputError."""
    choice = text.lower().replace(" ", "_")
    if choice not in CHOICES[name]:
        raise InputError(name, "bad_choice", given=text, detail=", ".join(CHOICES[name]))
    return choice


def parsed_stop(text: str) -> tuple[str, ...]:
    r"""Return the stop sequences in a text with one on each line. Raises InputError.

    `\n` and `\r` stand for line ends inside a sequence, two backslashes for one.
    """
    lines = [line for line in _LINE_END.split(text) if line]
    if len(lines) > MAX_STOP_SEQUENCES:
        raise InputError("stop", "too_many", given=str(len(lines)), high=str(MAX_STOP_SEQUENCES))
    return tuple(_ESCAPED.sub(lambda found: _ESCAPES[found[1]], line) for line in lines)


def stop_text(sequences: tuple[str, ...]) -> str:
    """Return the text from which `parsed_stop` reads the same sequences."""
    escaped = (
        sequence.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        for sequence in sequences
    )
    return "\n".join(escaped)


def parsed_object(name: str, text: str) -> dict[str, JsonValue]:
    """Return the JSON object in `text`, an empty one for an empty text. Raises InputError."""
    if not text.strip():
        return {}
    try:
        value = json.loads(text, parse_constant=_refused)
        json.dumps(value)
    except (ValueError, RecursionError) as error:
        raise InputError(name, "bad_json", given=text[:200], detail=str(error)) from None
    if not isinstance(value, dict):
        raise InputError(name, "bad_json", given=text[:200], detail="{ }")
    return value


def _refused(constant: str) -> JsonValue:
    raise ValueError(f"{constant} is not JSON")
