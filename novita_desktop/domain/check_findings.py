"""Says whether an answer passes a check, and why; all of it is computed on this computer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final
from unicodedata import normalize

from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason
from novita_desktop.domain.checks import (
    Check,
    HasText,
    InLanguage,
    JsonField,
    Length,
    MatchesPattern,
    Place,
    SimilarTo,
    Unit,
    ValidJson,
    filled,
)
from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.pattern_reader import PatternBroken
from novita_desktop.domain.patterns import PatternTooSlow, has_pattern
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.strict_json import parsed
from novita_desktop.domain.text_languages import language_of
from novita_desktop.domain.word_differences import words_of

MOST_SHOWN: Final = 60
"""How much of an answer a reason quotes, in characters."""

_BLOCK: Final = re.compile(r"\s*```[\w-]*\n(.*)\n```\s*", re.DOTALL)
_ITEM: Final = re.compile(r"\s*(?:[-*+\u2022\u2013]|\d{1,3}[.)])\s+\S")
_MARKUP: Final = re.compile(r"^\s*(?:[-*+>#\u2022]+|\d{1,3}[.)])\s+")
_SENTENCE_END: Final = re.compile(
    r"(?:[!?\u2026\u3002\uff01\uff1f]|(?<![\W\d_])[^\W\d_]{3,}\.|\d[%\u20ac$]?\.|[)\]\u201d\"'*]\.)"
    r"[)\]\"'\u201d\u2019*_]*$"
)
_CURLY: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def finding(check: Check, answer: str, values: Mapping[str, str]) -> Finding:
    """Return whether `answer` passes; `values` are those of its input, for `{{ name }}`."""
    try:
        match check:
            case Length():
                return _length(check, answer)
            case HasText():
                return _text(check, filled(check.text, values), answer)
            case ValidJson():
                return _valid_json(answer)
            case JsonField(value=value):
                return _field(check, None if value is None else filled(value, values), answer)
            case MatchesPattern():
                return _pattern(check, answer)
            case InLanguage():
                return _language(check, answer)
            case SimilarTo(expected, least):
                share = similarity(filled(expected, values), answer)
                return _found(share >= least, Reason.SIMILAR, share)
    except KeyError as missing:
        return Finding(Outcome.UNKNOWN, Reason.VALUE_MISSING, text=str(missing.args[0]))


def similarity(expected: str, answer: str) -> int:
    """Return how many percent of their words two texts share, each word as often as it stands.

    Capitals, punctuation and the order of the words do not count. Rounded down, so that only
    texts of the same words are at 100.
    """
    one, other = Counter(_plain_words(expected)), Counter(_plain_words(answer))
    together = one.total() + other.total()
    if not together:
        return 100
    return 200 * (one & other).total() // together


def _found(is_passed: bool, reason: Reason, count: int = 0, text: str = "") -> Finding:  # noqa: FBT001  # the first word of each finding
    return Finding(Outcome.PASSED if is_passed else Outcome.FAILED, reason, count, text)


def _length(check: Length, answer: str) -> Finding:
    count = _count(answer, check.unit)
    is_enough = check.least is None or count >= check.least
    is_short = check.most is None or count <= check.most
    return _found(is_enough and is_short, Reason.LENGTH, count, check.unit.value)


def _count(answer: str, unit: Unit) -> int:
    match unit:
        case Unit.WORDS:
            return len(answer.split())
        case Unit.CHARACTERS:
            return len(answer.strip())
        case Unit.LINES:
            return sum(bool(line.strip()) for line in answer.splitlines())
        case Unit.SENTENCES:
            return _sentence_count(answer)
        case Unit.PARAGRAPHS:
            return len([part for part in re.split(r"\n\s*\n", answer) if part.strip()])
        case Unit.ITEMS:
            return sum(_ITEM.match(line) is not None for line in answer.splitlines())


def _sentence_count(answer: str) -> int:
    """Return the number of sentences: each ends with its mark, or with its paragraph.

    A letter or two before a full stop ("e.g.", "Dr.") and the number of a list item end none.
    """
    count = 0
    is_open = False
    for line in answer.splitlines():
        if not line.strip() or _MARKUP.match(line):
            count += is_open
            is_open = False
        for word in _MARKUP.sub("", line).split():
            is_end = _SENTENCE_END.search(word) is not None
            count += is_end
            is_open = not is_end and (is_open or any(map(str.isalnum, word)))
    return count + is_open


def _text(check: HasText, wanted: str, answer: str) -> Finding:
    text, found = _comparable(wanted, check), _comparable(answer, check)
    match check.place:
        case Place.ANYWHERE:
            is_there = text in found
            reason = Reason.TEXT_FOUND if is_there else Reason.TEXT_MISSING
            return _found(is_there is check.is_wanted, reason, text=_shown(wanted))
        case Place.START:
            is_there = found.startswith(text)
            return _found(is_there is check.is_wanted, Reason.BEGINS, text=_shown(answer.strip()))
        case Place.END:
            is_there = found.endswith(text)
            end = answer.strip()[-MOST_SHOWN:]
            return _found(is_there is check.is_wanted, Reason.ENDS, text=end)
        case Place.WHOLE:
            is_there = found == text
            return _found(is_there is check.is_wanted, Reason.IS, text=_shown(answer.strip()))


def _comparable(text: str, check: HasText) -> str:
    """Return a text without what does not count: kinds of space and quote, and capitals."""
    plain = " ".join(normalize("NFC", text).translate(_CURLY).split())
    return plain if check.is_exact else plain.casefold()


def _shown(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def _valid_json(answer: str) -> Finding:
    try:
        parsed(answer.strip())
    except PresetFileRefused as error:
        if error.problem == "not_json" and _is_json(_without_block(answer)):
            return Finding(Outcome.FAILED, Reason.JSON_IN_BLOCK)
        return _no_json(error)
    return Finding(Outcome.PASSED, Reason.JSON_VALID)


def _without_block(answer: str) -> str:
    """Return what stands in an answer's code block if it is nothing but one, else the answer."""
    block = _BLOCK.fullmatch(answer)
    return block[1] if block else answer.strip()


def _is_json(text: str) -> bool:
    try:
        parsed(text)
    except PresetFileRefused:
        return False
    return True


def _no_json(error: PresetFileRefused) -> Finding:
    match error.problem:
        case "too_deep" | "too_many_values":
            return Finding(Outcome.UNKNOWN, Reason.JSON_TOO_LARGE)
        case "duplicate_key":
            return Finding(Outcome.FAILED, Reason.JSON_DOUBLE, text=_shown(error.place))
        case _:
            line = re.search(r"line (\d+)", error.detail)
            return Finding(Outcome.FAILED, Reason.JSON_BROKEN, int(line[1]) if line else 0)


def _field(check: JsonField, wanted: str | None, answer: str) -> Finding:
    try:
        value = _at_path(parsed(_without_block(answer)), check.path)
    except PresetFileRefused as error:
        return _no_json(error)
    except LookupError:
        is_passed = wanted is None and not check.is_wanted
        return _found(is_passed, Reason.FIELD_MISSING, text=_shown(check.path))
    is_there = wanted is None or _is_value(value, wanted)
    return _found(is_there is check.is_wanted, Reason.FIELD_IS, text=_shown(_value_text(value)))


def _at_path(value: JsonValue, path: str) -> JsonValue:
    """Return the value at a path such as `a.b`, `a.0.b` or `a[0].b`. Raises LookupError."""
    for name in re.sub(r"\[(\d+)\]", r".\1", path).strip(".").split("."):
        match value:
            case dict():
                value = value[name]
            case list():
                if not (name.isascii() and name.isdigit() and len(name) < 10):
                    raise LookupError(name)
                value = value[int(name)]
            case _:
                raise LookupError(name)
    return value


def _is_value(value: JsonValue, wanted: str) -> bool:
    match value:
        case str():
            return value.strip().casefold() == wanted.strip().casefold()
        case bool() | None:
            return _value_text(value) == wanted.strip().lower()
        case int() | float():
            return _is_number(_value_text(value), wanted)
        case _:
            return _is_json(wanted) and parsed(wanted) == value


def _is_number(value: str, wanted: str) -> bool:
    try:
        return Decimal(value) == Decimal(wanted.strip())
    except InvalidOperation:
        return False


def _value_text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _pattern(check: MatchesPattern, answer: str) -> Finding:
    try:
        is_there = has_pattern(check.pattern, answer)
    except PatternTooSlow:
        return Finding(Outcome.UNKNOWN, Reason.PATTERN_TOO_SLOW)
    except PatternBroken:
        return Finding(Outcome.UNKNOWN, Reason.PATTERN_BROKEN)
    reason = Reason.PATTERN_FITS if is_there else Reason.PATTERN_FITS_NOT
    return _found(is_there is check.is_wanted, reason)


def _language(check: InLanguage, answer: str) -> Finding:
    guess = language_of(answer)
    if guess.language is None:
        short = Reason.LANGUAGE_SHORT if guess.is_short else Reason.LANGUAGE_UNCLEAR
        return Finding(Outcome.UNKNOWN, short)
    is_it = guess.language == check.language
    return _found(is_it is check.is_wanted, Reason.LANGUAGE, text=guess.language)


def _plain_words(text: str) -> list[str]:
    plain = normalize("NFC", text).translate(_CURLY).casefold()
    # Line by line: while a whole text is cut into words, no other thread could work.
    words = (word.strip() for line in plain.splitlines() for word in words_of(line))
    return [word for word in words if any(map(str.isalnum, word))]
