"""What an answer is asked to be: one record for each kind of check, and its sentence.

A person writes checks as sentences (`check_sentences.py` reads them); `check_findings.py` says
whether an answer passes. A text of a check may hold `{{ name }}`: what the input of a round has
for that name stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from novita_desktop.domain.records import record
from novita_desktop.domain.text_languages import LANGUAGES

EXPECTED_NAME: Final = "expected_answer"
"""The column of the inputs' table that "the expected answer" stands for."""

EXPECTED: Final = "{{ expected_answer }}"

_MARK: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Unit(StrEnum):
    """What the length of an answer is counted in."""

    WORDS = "words"
    CHARACTERS = "characters"
    LINES = "lines"
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"
    ITEMS = "list items"


class Place(StrEnum):
    """Where in an answer a text has to stand."""

    ANYWHERE = "anywhere"
    START = "start"
    END = "end"
    WHOLE = "whole"


@record(frozen=True, slots=True)
class Length:
    """An answer's length has to be from `least` to `most`; None stands for no limit."""

    unit: Unit
    least: int | None = None
    most: int | None = None


@record(frozen=True, slots=True)
class HasText:
    """A text has to stand at a place, or must not; capitals matter only where `is_exact`."""

    text: str
    place: Place = Place.ANYWHERE
    is_wanted: bool = True
    is_exact: bool = False


@record(frozen=True, slots=True)
class ValidJson:
    """The whole answer has to be JSON."""


@record(frozen=True, slots=True)
class JsonField:
    """A field of the answer's JSON has to be there, or to have a value; `path` has dots.

    `value` is as a person types it; None asks only whether the field is there.
    """

    path: str
    value: str | None = None
    is_wanted: bool = True


@record(frozen=True, slots=True)
class MatchesPattern:
    """A regular expression has to fit somewhere in the answer, or nowhere."""

    pattern: str
    is_wanted: bool = True


@record(frozen=True, slots=True)
class InLanguage:
    """The answer has to be in a language, by its code, or must not."""

    language: str
    is_wanted: bool = True


@record(frozen=True, slots=True)
class SimilarTo:
    """The answer has to share at least `least` percent of its words with a text."""

    expected: str
    least: int = 80


Check: TypeAlias = (
    Length | HasText | ValidJson | JsonField | MatchesPattern | InLanguage | SimilarTo
)
"""Any check."""


def sentence_of(check: Check) -> str:
    """Return the sentence that a check is kept as; reading it makes the same check again."""
    match check:
        case Length():
            return _length_sentence(check)
        case HasText():
            return _text_sentence(check)
        case ValidJson():
            return "valid JSON"
        case JsonField(path, value, is_wanted):
            name = f'"{path}"' if re.search(r"\s", path) else path
            if value is None:
                return f"has the JSON field {name}" if is_wanted else f"has no JSON field {name}"
            return f"JSON field {name} {'is' if is_wanted else 'is not'} {_quoted(value)}"
        case MatchesPattern(pattern, is_wanted):
            verb = "matches" if is_wanted else "does not match"
            return f'{verb} the pattern "{pattern}"'
        case InLanguage(language, is_wanted):
            return f"{'is' if is_wanted else 'is not'} in {LANGUAGES[language]}"
        case SimilarTo(expected, least):
            return f"at least {least} % similar to {_quoted(expected)}"


def names_in(checks: Iterable[Check]) -> tuple[str, ...]:
    """Return the names of all columns that the checks take texts from, in order."""
    found: dict[str, None] = {}
    for check in checks:
        match check:
            case HasText(text) | SimilarTo(text):
                found.update(dict.fromkeys(_MARK.findall(text)))
            case JsonField(value=str(text)):
                found.update(dict.fromkeys(_MARK.findall(text)))
            case _:
                pass
    return tuple(found)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a check's text with the values of a round in it. Raises KeyError naming one missing.

    A value that is blank counts as missing: an answer that has to contain nothing always does.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not values.get(name, "").strip():
            raise KeyError(name)
        return values[name]

    return _MARK.sub(value, text)


def _quoted(text: str) -> str:
    if text == EXPECTED:
        return "the expected answer"
    column = re.fullmatch(r"\{\{ (\w+) \}\}", text)
    return f"the column {column[1]}" if column else f'"{text}"'


def _length_sentence(check: Length) -> str:
    least, most = check.least, check.most
    if most is None:
        return f"at least {_count(least or 0, check.unit)}"
    if least is None:
        return f"at most {_count(most, check.unit)}"
    if least == most:
        return f"exactly {_count(most, check.unit)}"
    return f"between {least} and {_count(most, check.unit)}"


def _count(count: int, unit: Unit) -> str:
    return f"{count} {unit.value[:-1] if count == 1 else unit.value}"


_VERBS: Final = {
    Place.ANYWHERE: ("contains", "does not contain", ""),
    Place.START: ("begins", "does not begin", "with "),
    Place.END: ("ends", "does not end", "with "),
    Place.WHOLE: ("is", "is not", ""),
}


def _text_sentence(check: HasText) -> str:
    wanted, unwanted, preposition = _VERBS[check.place]
    verb = wanted if check.is_wanted else unwanted
    exactly = "exactly " if check.is_exact else ""
    return f"{verb} {exactly}{preposition}{_quoted(check.text)}"
