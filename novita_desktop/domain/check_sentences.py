"""Reads the sentences that people write checks as, and says what they could have meant."""

# ruff: noqa: RUF001  # quotes and dashes of every kind are what people type

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from novita_desktop.domain.check_suggestions import (
    GAP,
    MOST_SUGGESTED,
    SUGGESTED,
    suggestions_for,
)
from novita_desktop.domain.checks import (
    EXPECTED,
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
    sentence_of,
)
from novita_desktop.domain.pattern_reader import PatternBroken
from novita_desktop.domain.patterns import check_pattern
from novita_desktop.domain.records import record
from novita_desktop.domain.text_languages import LANGUAGES

MOST_SENTENCE: Final = 2_000
USUAL_SHARE: Final = 80


class SentenceProblem(StrEnum):
    """Why a sentence is no check; the words are in `ui/widgets/check_words.py`."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    TOO_LONG = "too_long"
    GAP_LEFT = "gap_left"
    NO_TEXT = "no_text"
    UNKNOWN_LANGUAGE = "unknown_language"
    BAD_RANGE = "bad_range"
    BAD_SHARE = "bad_share"
    BAD_PATTERN = "bad_pattern"


@record(frozen=True, slots=True)
class NotUnderstood:
    """A sentence that is no check, and up to three that it could have been.

    `detail` is the language that is not known, or what is wrong with a pattern
    (`PatternProblem`); `place` where in the pattern, counted from 0.
    """

    problem: SentenceProblem
    suggestions: tuple[str, ...] = ()
    detail: str = ""
    place: int = 0


_SPACE: Final = r"[\s\u00a0\u202f]"
_LEAD: Final = re.compile(
    rf"(?:(?:the|an|every|each){_SPACE}+)?(?:answers?|texts?|responses?|results?|outputs?|it)"
    rf"{_SPACE}+(?=\w)|(?:must|should|shall|has{_SPACE}to|have{_SPACE}to|needs{_SPACE}to)"
    rf"{_SPACE}+(?=\w)",
    re.IGNORECASE,
)
_QUOTES: Final = {'"': '"', "“": "”", "„": "“”", "«": "»", "'": "'", "‘": "’", "`": "`"}

_NUMBER: Final = r"(\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+|\d{1,9})"
_UNIT: Final = (
    r"(words?|characters?|chars?|letters?|signs?|lines?|sentences?|paragraphs?|list items?|items?"
    r"|bullet points?|bullets?|points?)(?: long| in length)?"
)
_UNITS: Final = {
    "word": Unit.WORDS,
    "line": Unit.LINES,
    "sent": Unit.SENTENCES,
    "para": Unit.PARAGRAPHS,
    **dict.fromkeys(("list", "item", "bull", "poin"), Unit.ITEMS),
}
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_LENGTH_VERB: Final = r"(?:(?:is|be|has|have|contains?|uses?|counts?|with|of) )?"
_MOST: Final = r"(?:at most|no more than|not more than|up to|max(?:imum|\.)?(?: of)?|no longer than|not longer than|<=|≤)"
_LEAST: Final = (
    r"(?:at least|no less than|no fewer than|not less than|min(?:imum|\.)?(?: of)?|>=|≥)"
)
_UNDER: Final = r"(?:less than|fewer than|under|below|shorter than|<)"
_OVER: Final = r"(?:more than|over|above|longer than|>)"


def understood(sentence: str) -> Check | NotUnderstood:
    """Return the check that a sentence stands for, or why it is none.

    Capitals, spaces, quotes and a full stop at the end do not matter, nor what "The answer must"
    says.
    """
    if len(sentence) > MOST_SENTENCE:
        return NotUnderstood(SentenceProblem.TOO_LONG)
    text = _without_lead(sentence.strip())
    if not text:
        return NotUnderstood(SentenceProblem.EMPTY, SUGGESTED[:MOST_SUGGESTED])
    if GAP in text and _with_gap(text) in map(_with_gap, SUGGESTED):
        return NotUnderstood(SentenceProblem.GAP_LEFT)
    for read in _READERS:
        found = read(text)
        if found is not None:
            return found
    if several := _several(text):
        return NotUnderstood(SentenceProblem.SEVERAL, several)
    return NotUnderstood(SentenceProblem.UNKNOWN, suggestions_for(text))


def _several(text: str) -> tuple[str, ...]:
    """Return the sentences that `text` holds if they are checks when read one by one."""
    parts = re.split(r"(?i)\s+and\s+|\s*[;,]\s+", text, maxsplit=MOST_SUGGESTED - 1)
    checks = [understood(part) for part in parts] if len(parts) > 1 else []
    found = [sentence_of(each) for each in checks if not isinstance(each, NotUnderstood)]
    return tuple(found) if len(found) == len(parts) else ()


def checks_of(sentences: Iterable[str]) -> dict[str, Check]:
    """Return the checks that sentences stand for, by sentence; what is none is left out."""
    read = {sentence: understood(sentence) for sentence in sentences}
    return {each: check for each, check in read.items() if not isinstance(check, NotUnderstood)}


def _without_lead(text: str) -> str:
    while (lead := _LEAD.match(text)) is not None:
        text = text[lead.end() :]
    return text


def _with_gap(text: str) -> str:
    return " ".join(text.lower().split())


def _plain(text: str) -> str:
    """Return a sentence as it is compared: small, one space between words, no full stop."""
    return " ".join(text.lower().split()).rstrip(" .")


def _length(text: str) -> Check | NotUnderstood | None:
    plain = " ".join(_NUMBERS.get(word, word) for word in _plain(text).split())
    for pattern, limits in _LENGTHS:
        if (found := re.fullmatch(pattern, plain)) is None:
            continue
        *numbers, unit_word = found.groups()
        least, most = limits([int(re.sub(r"\D", "", number)) for number in numbers])
        if (least or 0) < 0 or (most is not None and most < (least or 0)):
            return NotUnderstood(SentenceProblem.BAD_RANGE)
        return Length(_UNITS.get(unit_word[:4], Unit.CHARACTERS), least, most)
    return None


_Limits = Callable[[list[int]], tuple[int | None, int | None]]
_LENGTHS: Final[tuple[tuple[str, _Limits], ...]] = (
    (rf"{_LENGTH_VERB}{_MOST} ?{_NUMBER} {_UNIT}", lambda n: (None, n[0])),
    (rf"{_LENGTH_VERB}{_LEAST} ?{_NUMBER} {_UNIT}", lambda n: (n[0], None)),
    (rf"{_LENGTH_VERB}{_UNDER} ?{_NUMBER} {_UNIT}", lambda n: (None, n[0] - 1)),
    (rf"{_LENGTH_VERB}{_OVER} ?{_NUMBER} {_UNIT}", lambda n: (n[0] + 1, None)),
    (rf"{_LENGTH_VERB}(?:exactly|=) ?{_NUMBER} {_UNIT}", lambda n: (n[0], n[0])),
    (rf"{_LENGTH_VERB}between {_NUMBER} and {_NUMBER} {_UNIT}", lambda n: (n[0], n[1])),
    (rf"{_LENGTH_VERB}(?:from )?{_NUMBER} ?(?:to|-|–) ?{_NUMBER} {_UNIT}", lambda n: (n[0], n[1])),
    (rf"{_LENGTH_VERB}{_NUMBER} {_UNIT} (?:or (?:less|fewer)|at most|maximum|max)", lambda n: (None, n[0])),
    (rf"{_LENGTH_VERB}{_NUMBER} {_UNIT} (?:or (?:more|longer)|at least|minimum|min)", lambda n: (n[0], None)),
)  # fmt: skip


def _json(text: str) -> Check | NotUnderstood | None:
    plain = r"(?:(?:is|be) )?(?:an? )?(?:(?:valid|correct|well-formed) )?json(?: object| text| document)?"
    if re.fullmatch(plain, _plain(text)):
        return ValidJson()
    path = r"(?:\"(?P<quoted>[^\"]+)\"|(?P<path>[^\s\"]\S*))"
    found = _match(
        rf"(?:the )?json field {path} (?P<verb>is not|isn't|is|equals|=) ?(?P<value>.*)", text
    )
    if found is not None:
        value = _operand(found["value"])
        if not value:
            return NotUnderstood(SentenceProblem.NO_TEXT)
        is_wanted = found["verb"].lower() in {"is", "equals", "="}
        return JsonField(found["quoted"] or found["path"], value, is_wanted)
    found = _match(
        rf"(?:(?P<verb>has no|has not|does not have|doesn't have|not have|has|have) )?(?:the |a )?json field {path}"
        r"(?: exists)?",
        text,
    )
    if found is not None:
        is_wanted = (found["verb"] or "has").lower() in {"has", "have"}
        return JsonField(found["quoted"] or found["path"], None, is_wanted)
    return None


def _language(text: str) -> Check | NotUnderstood | None:
    verb = r"(?:is |be |are |isn't )?(?:not )?(?:written |answered )?"
    found = re.fullmatch(
        rf"(?P<verb>{verb}in|(?:the )?language is(?: not)?) (?P<name>[^\W\d_][\w -]{{0,30}}?)(?: language)?",
        _plain(text),
    )
    if found is None:
        return None
    is_wanted = re.search(r"\bnot\b|n't", found["verb"]) is None
    for code, name in LANGUAGES.items():
        if name.lower() == found["name"]:
            return InLanguage(code, is_wanted)
    likest = sorted(
        LANGUAGES.values(),
        key=lambda name: SequenceMatcher(None, found["name"], name.lower()).ratio(),
        reverse=True,
    )
    suggestions = tuple(f"is in {name}" for name in likest[:MOST_SUGGESTED])
    return NotUnderstood(SentenceProblem.UNKNOWN_LANGUAGE, suggestions, found["name"])


def _similar(text: str) -> Check | NotUnderstood | None:
    found = _match(
        r"(?:is |be )?(?:(?:at least )?(?P<least>\d{1,9}) ?(?:%|percent|per cent)(?: or more)? )?"
        r"(?:similar|like|close)(?: to)? (?P<text>.+)",
        text,
    )
    if found is None:
        return None
    expected = _operand(found["text"])
    if not expected:
        return NotUnderstood(SentenceProblem.NO_TEXT)
    least = int(found["least"] or USUAL_SHARE)
    if not 1 <= least <= 100:
        return NotUnderstood(SentenceProblem.BAD_SHARE)
    return SimilarTo(expected, least)


def _pattern(text: str) -> Check | NotUnderstood | None:
    found = _match(
        r"(?P<verb>does not match|doesn't match|do not match|not match|never matches|matches|match)"
        r"(?: the)?(?: pattern| regular expression| regex| regexp)?(?: (?P<text>.*))?",
        text,
    )
    if found is None:
        return None
    pattern = _unquoted(found["text"] or "")
    if not pattern:
        return NotUnderstood(SentenceProblem.NO_TEXT)
    try:
        check_pattern(pattern)
    except PatternBroken as error:
        return NotUnderstood(
            SentenceProblem.BAD_PATTERN, detail=error.problem.value, place=error.place
        )
    return MatchesPattern(pattern, found["verb"].lower() in {"matches", "match"})


_PLACES: Final = (
    (r"contains?|includes?|mentions?|has the (?:words?|text)", r"", Place.ANYWHERE),
    (r"begins?|starts?", r" with", Place.START),
    (r"ends?|finishes", r" with", Place.END),
)


def _text(text: str) -> Check | NotUnderstood | None:
    # With quotes alone: "contains no problem" asks for these words.
    without = _match(
        r"(?:contains? no|includes? no|mentions? no|without) (?P<text>[\"“„«'‘`].*)", text
    )
    if without is not None and _unquoted(without["text"]).strip():
        return HasText(_unquoted(without["text"]), is_wanted=False)
    negated = r"does not |doesn't |do not |don't |never |not "
    for verb, preposition, place in _PLACES:
        found = _match(
            rf"(?P<not>{negated})?(?:{verb})(?P<exactly> exactly)?{preposition}"
            r"(?: the (?:words?|text)(?= [\"“„«'‘`]))?(?: (?P<text>.*))?",
            text,
        )
        if found is not None:
            return _text_check(found, place)
    found = _match(
        r"(?:is|be|equals?)(?P<not> not)?(?P<exactly> exactly)?(?: equal to)? (?P<text>.*)", text
    )
    # Without quotes "is polite" would ask for an answer of that one word.
    is_meant = found is not None and (
        found["exactly"] or found["text"][:1] in _QUOTES or _operand(found["text"])[:2] == "{{"
    )
    return _text_check(found, Place.WHOLE) if found is not None and is_meant else None


def _text_check(found: re.Match[str], place: Place) -> Check | NotUnderstood:
    wanted = _operand(found["text"] or "")
    if not wanted.strip():
        return NotUnderstood(SentenceProblem.NO_TEXT)
    return HasText(wanted, place, not found["not"], bool(found["exactly"]))


def _match(pattern: str, text: str) -> re.Match[str] | None:
    """Return a pattern's fit on a whole sentence; its spaces stand for any number of them."""
    spaced = re.sub(r" (\??)", lambda gap: _SPACE + ("*" if gap[1] else "+"), pattern)
    return re.fullmatch(spaced, text, re.IGNORECASE | re.DOTALL)


def _operand(text: str) -> str:
    """Return the text that a sentence names: in quotes, a column of the inputs, or as it stands."""
    text = text.strip()
    if text[:1] in _QUOTES and text != _unquoted(text):
        return _unquoted(text)
    plain = _plain(text)
    if plain in {"the expected answer", "expected answer", "the expected text"}:
        return EXPECTED
    column = re.fullmatch(rf"(?:the{_SPACE}+)?column{_SPACE}+(\w+)", text, re.IGNORECASE)
    return f"{{{{ {column[1]} }}}}" if column else text


def _unquoted(text: str) -> str:
    """Return a text without the pair of quotes around it, if there is one."""
    text = text.strip()
    if len(text) > 1 and text[-1] in _QUOTES.get(text[0], ""):
        return text[1:-1]
    return text


_READERS: Final = (_length, _json, _similar, _pattern, _language, _text)
