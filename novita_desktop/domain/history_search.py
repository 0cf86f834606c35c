"""What a person types to search the history, and what it asks for.

Words and "phrases" are looked for in every text of a run. `model:` and `preset:` look in those
alone, `status:`, `cost:`, `after:`, `before:`, `group:` and `is:` narrow the list. Whatever is typed is a
valid search: a part that cannot be understood is left out and named in `ignored`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunStatus

FEWEST_LETTERS: Final = 3
"""From how many letters on a word is looked for while it is typed, and as the start of words."""

MOST_WORDS: Final = 32
_LARGEST_UNITS: Final = 2**63 - 1
_QUOTES: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_PART: Final = re.compile(
    r'(?P<name>\w+):"(?P<value>[^"]*)"?|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)'
)
_COST: Final = re.compile(r"(?P<sign>>=|<=|>|<|=)?\$?(?P<amount>\d{1,12}(\.\d{1,12})?)")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_DAY: Final = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?")
_YEARS: Final = range(1971, 9999)


class SearchPlace(StrEnum):
    """Where a word is looked for."""

    ANYWHERE = ""
    MODEL = "model"
    PRESET = "preset"


@record(frozen=True, slots=True)
class SearchWord:
    """A word, or several that stand together; `is_start` also finds what begins with it."""

    text: str
    place: SearchPlace = SearchPlace.ANYWHERE
    is_start: bool = False


@record(frozen=True, slots=True)
class CostBound:
    """A bound of a run's cost: `sign` is one of > >= < <= =, `units` are 10^-10 USD."""

    sign: str
    units: int


@record(frozen=True, slots=True)
class HistoryQuery:
    """What to look for; every part narrows the list, an empty query asks for all runs.

    `after` is the first day, `before` the day after the last, both local. `is_deleted` asks for
    the bin in place of the list, `group_id` for the runs that were started together.
    """

    words: tuple[SearchWord, ...] = ()
    statuses: frozenset[RunStatus] = frozenset()
    costs: tuple[CostBound, ...] = ()
    after: date | None = None
    before: date | None = None
    is_starred: bool = False
    is_deleted: bool = False
    group_id: int | None = None
    ignored: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether the query asks for anything but the whole list."""
        return bool(
            self.words
            or self.statuses
            or self.costs
            or self.after
            or self.before
            or self.is_starred
            or self.is_deleted
            or self.group_id is not None
        )


def parsed(text: str, today: date) -> HistoryQuery:
    """Return what `text` asks for; `today` gives `after:today` and `after:yesterday` a meaning."""
    reader = _Reader(today)
    text = text.translate(_QUOTES)
    for part in _PART.finditer(text):
        if part["phrase"] is not None:
            reader.take_word(part["phrase"], is_start=False)
        elif part["name"] is not None:
            reader.take_named(part["name"], part["value"], part.group())
        else:
            name, colon, value = part["word"].partition(":")
            if colon and name.lower() in _NAMES:
                reader.take_named(name, value, part.group())
            else:
                is_last = part.end() == len(text)
                reader.take_word(part["word"], is_start=is_last)
    return reader.query()


def is_worth_searching(text: str) -> bool:
    """Return whether to search while `text` is typed: not within the first letters of a word."""
    parts = list(_PART.finditer(text.translate(_QUOTES)))
    if not parts or parts[-1].end() < len(text) or parts[-1]["word"] is None:
        return True
    word = parts[-1]["word"]
    return len(word) >= FEWEST_LETTERS or not word.isascii()


def value_in(text: str, name: str) -> str:
    """Return what stands after the prefix `name` in a search, empty when it does not stand there."""
    return next((value for found, value, _ in _named_parts(text) if found == name), "")


def with_value(text: str, name: str, value: str) -> str:
    """Return a search whose prefix `name` has this value alone; an empty one takes it away.

    It stands first, so that the word that is being typed stays the last.
    """
    text = text.translate(_QUOTES)
    for _, _, (start, end) in reversed([part for part in _named_parts(text) if part[0] == name]):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
    text = text.strip()
    if not value:
        return text
    quoted = f'"{value}"' if any(character.isspace() for character in value) else value
    return f"{name}:{quoted} {text}".strip()


def _named_parts(text: str) -> list[tuple[str, str, tuple[int, int]]]:
    """Return name, value and place of every part of a search that has one of our prefixes."""
    found: list[tuple[str, str, tuple[int, int]]] = []
    for part in _PART.finditer(text.translate(_QUOTES)):
        name, value = part["name"], part["value"]
        if name is None and part["word"] is not None:
            name, colon, value = part["word"].partition(":")
            name = name if colon else None
        if name is not None and name.lower() in _NAMES:
            found.append((name.lower(), value, part.span()))
    return found


class _Reader:
    """Gathers the parts of a query."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._words: list[SearchWord] = []
        self._statuses: set[RunStatus] = set()
        self._costs: list[CostBound] = []
        self._after: date | None = None
        self._before: date | None = None
        self._flags: set[str] = set()
        self._group_id: int | None = None
        self._ignored: list[str] = []

    def query(self) -> HistoryQuery:
        return HistoryQuery(
            tuple(self._words[:MOST_WORDS]),
            frozenset(self._statuses),
            tuple(self._costs),
            self._after,
            self._before,
            is_starred="starred" in self._flags,
            is_deleted="deleted" in self._flags,
            group_id=self._group_id,
            ignored=tuple(self._ignored),
        )

    def take_word(
        self, text: str, *, is_start: bool, place: SearchPlace = SearchPlace.ANYWHERE
    ) -> None:
        if not _has_letters(text):
            return
        # Half of a surrogate pair cannot be looked for, and a NUL would end the text.
        text = text.encode("utf-8", "replace").decode().replace("\0", " ").strip()
        is_long = len(text) >= FEWEST_LETTERS or not text.isascii()
        self._words.append(SearchWord(text, place, is_start and is_long))

    def take_named(self, name: str, value: str, whole: str) -> None:
        match name.lower():
            case "model" | "preset" as place:
                self.take_word(value, is_start=True, place=SearchPlace(place))
            case _ if not value:
                pass
            case "status":
                self._take_statuses(value, whole)
            case "cost":
                self._take_cost(value, whole)
            case "after" | "before" as side:
                self._take_day(side, value, whole)
            case "group" if _NUMBER.fullmatch(value):
                self._group_id = int(value)
            case "is" if value.lower() in {"starred", "deleted"}:
                self._flags.add(value.lower())
            case "group" | "is":
                self._ignored.append(whole)
            case _:
                self.take_word(f"{name} {value}", is_start=False)

    def _take_statuses(self, value: str, whole: str) -> None:
        for word in filter(None, value.lower().split(",")):
            found = {status for status in RunStatus if status.startswith(word)}
            if "done".startswith(word):
                found.add(RunStatus.SUCCEEDED)
            self._statuses |= found
            if not found:
                self._ignored.append(whole)

    def _take_cost(self, value: str, whole: str) -> None:
        found = _COST.fullmatch(value)
        if found is None or not found["amount"].isascii():
            self._ignored.append(whole)
            return
        units = int(Decimal(found["amount"]) * UNITS_PER_USD)
        self._costs.append(CostBound(found["sign"] or ">=", min(units, _LARGEST_UNITS)))

    def _take_day(self, side: str, value: str, whole: str) -> None:
        day = _day_of(value.lower(), self._today)
        if day is None:
            self._ignored.append(whole)
        elif side == "after":
            self._after = day if self._after is None else max(day, self._after)
        else:
            self._before = day if self._before is None else min(day, self._before)


_NAMES: Final = frozenset({"model", "preset", "status", "cost", "after", "before", "group", "is"})


def _has_letters(text: str) -> bool:
    """Return whether the index would find a word in `text`: it keeps letters and digits alone."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _day_of(text: str, today: date) -> date | None:
    if text == "today":
        return today
    if text == "yesterday":
        return today - timedelta(days=1)
    found = _DAY.fullmatch(text)
    if found is None or int(found["year"]) not in _YEARS:
        return None
    try:
        return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return None
