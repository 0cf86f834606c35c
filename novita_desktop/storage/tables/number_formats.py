"""Which numbers of a workbook are dates and times, and how they are shown.

A date is stored as a number of days; only the cell's format tells that it is one (ECMA-376 part 1,
sections 18.8.30 and 18.8.31).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from novita_desktop.storage.tables.workbook_text import shown_number

_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DURATION: Final = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_NOON: Final = re.compile(r"am/pm|a/p", re.IGNORECASE)

_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a day on a sheet has no zone
_FIRST_DAY_OF_MACS: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_DAY_THAT_NEVER_WAS: Final = 60
"""Excel counts 29 February 1900, as the program did that it once replaced."""


class NumberKind(Enum):
    """What a number in a cell is to a person."""

    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    DATE_AND_TIME = auto()
    DURATION = auto()


_BUILT_IN: Final = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), *range(50, 59), 36), NumberKind.DATE),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47), NumberKind.TIME),
    22: NumberKind.DATE_AND_TIME,
    46: NumberKind.DURATION,
}


def kind_of_format(number: int, code: str | None) -> NumberKind:
    """Return what a format makes of numbers: by its code, or by its number where it has none."""
    if code is None:
        return _BUILT_IN.get(number, NumberKind.NUMBER)
    section = _LITERAL.sub("", code).partition(";")[0]
    if _DURATION.search(section):
        return NumberKind.DURATION
    letters = set(_NOON.sub("h", section).casefold())
    if "general" in section.casefold():
        return NumberKind.NUMBER
    has_time = bool(letters & set("hs"))
    has_date = bool(letters & set("yd")) or ("m" in letters and not has_time)
    match has_date, has_time:
        case True, True:
            return NumberKind.DATE_AND_TIME
        case True, False:
            return NumberKind.DATE
        case False, True:
            return NumberKind.TIME
        case _:
            return NumberKind.NUMBER


def shown_as(written: str, kind: NumberKind, *, counts_from_1904: bool) -> str:
    """Return a number of a cell as a person sees it, dates and times as in ISO 8601.

    What cannot be a date stays a number.
    """
    if kind is NumberKind.NUMBER:
        return shown_number(written)
    try:
        days = float(written)
        if kind is NumberKind.DURATION:
            return _duration(days)
        if not 0 <= days < 2_958_466:  # the year 10000
            return shown_number(written)
        moment = _moment(days, counts_from_1904=counts_from_1904)
    except (ValueError, OverflowError):
        return written
    if kind is NumberKind.TIME and days < 1:
        return moment.time().isoformat()
    if kind is NumberKind.DATE and moment.time() == datetime.min.time():
        return moment.date().isoformat()
    return moment.isoformat()


def _moment(days: float, *, counts_from_1904: bool) -> datetime:
    if counts_from_1904:
        first = _FIRST_DAY_OF_MACS
    else:
        first = _FIRST_DAY
        if days < _LEAP_DAY_THAT_NEVER_WAS:
            first += timedelta(days=1)
    # Seconds are what people enter; the rest is what a fraction of a day cannot say exactly.
    return first + timedelta(seconds=round(days * 86_400))


def _duration(days: float) -> str:
    seconds = round(abs(days) * 86_400)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if days < 0 else ''}{hours:02}:{minutes:02}:{seconds:02}"
