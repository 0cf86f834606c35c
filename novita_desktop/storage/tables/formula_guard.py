"""Keeps spreadsheets from taking a text in a CSV file for a formula, which could run programs."""

from __future__ import annotations

import re
from typing import Final

_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?%?")


def harmless(text: str) -> str:
    """Return `text` so that a spreadsheet takes it for text, whatever it begins with."""
    return (
        "'" + text if text[:1] in _FORMULA_STARTS or text.lstrip()[:1] in _FORMULA_STARTS else text
    )


def harmless_unless_number(text: str) -> str:
    """Return `text` like `harmless`, but a number such as -5 as it is: it can do nothing."""
    return text if _NUMBER.fullmatch(text) else harmless(text)
