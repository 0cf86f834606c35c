"""Texts and numbers as Office Open XML has them in a cell (ECMA-376 part 1, section 18.3.1)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

MOST_CELL_UNITS: Final = 32_767
"""How long a text a cell of a workbook may hold, in units of UTF-16."""

_DIGITS: Final = 15
"""How many digits of a number spreadsheets keep."""

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAFE: Final = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """Return `text` as it stands in XML: characters that XML cannot have as `_x000D_`, no NUL."""
    text = text.replace("\0", "").encode("utf-8", "replace").decode()
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Return the text that a cell's XML stands for; half a surrogate pair becomes U+FFFD."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\0", "")
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shortened(text: str) -> str:
    """Return `text`, cut to what a cell can hold; an ellipsis ends what was cut."""
    if len(text) * 2 <= MOST_CELL_UNITS:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= MOST_CELL_UNITS * 2:
        return text
    return units[: (MOST_CELL_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "\u2026"


def exact_number(value: int | Decimal) -> str:
    """Return how a number is written in a cell; empty when a spreadsheet would change it."""
    number = Decimal(value)
    if not number.is_finite():
        return ""
    digits = number.normalize().as_tuple().digits
    if len(digits) > _DIGITS or not -300 < number.adjusted() < 300:
        return ""
    return str(number)


def shown_number(written: str) -> str:
    """Return a number of a cell as a person sees it: without digits that are only in the file."""
    if written.isdecimal() and len(written) <= _DIGITS and written.isascii():
        return written.lstrip("0") or "0"
    try:
        value = float(written)
        number = Decimal(format(value, f".{_DIGITS}g"))
    except (ArithmeticError, ValueError):
        return written
    if not number.is_finite():
        return written
    if number == 0:
        return "0"
    if not -20 < number.adjusted() < 21:
        return format(value, f".{_DIGITS}G")
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
