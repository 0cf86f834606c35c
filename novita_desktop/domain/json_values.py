"""The types that JSON can hold, and the checks that turn unknown JSON into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
"""Any JSON value."""

JsonObject: TypeAlias = Mapping[str, JsonValue]
"""A JSON object."""


def as_object(value: object) -> JsonObject:
    """Return `value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[JsonValue]:
    """Return `value` if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else ()


def as_text(value: object) -> str:
    """Return `value` if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


LARGEST_WHOLE = 2**63 - 1
"""The largest number that the data file can hold."""


def as_whole(value: object) -> int | None:
    """Return `value` as a whole number if it is one of a usable size, else None.

    Booleans are not numbers.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not value.is_integer():
        return None
    return int(value) if -LARGEST_WHOLE - 1 <= value <= LARGEST_WHOLE else None
