"""How a check came out, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason
from novita_desktop.ui import formatting

tr = QCoreApplication.translate

MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.UNKNOWN: "?"}
"""A sign before each sentence, for who cannot tell the colours apart."""


def outcome_words(outcome: Outcome) -> str:
    """Return an outcome as one word or two."""
    match outcome:
        case Outcome.PASSED:
            return tr("CheckWords", "Passed")
        case Outcome.FAILED:
            return tr("CheckWords", "Failed")
        case Outcome.UNKNOWN:
            return tr("CheckWords", "Cannot tell")


def hidden_words() -> str:
    """Return what stands for a reason that could give a model away."""
    return tr("CheckWords", "Told once you have judged: it could give the model away.")


def reason_words(found: Finding) -> str:
    """Return why a check came out as it did."""
    if found.reason is Reason.LENGTH:
        one, several = _LENGTHS[found.text]()
        words = one if found.count == 1 else several
    else:
        words = _WORDS[found.reason]()
    return words.format(n=formatting.whole(found.count), text=_text_of(found))


def short_reason(found: Finding) -> str:
    """Return the reason where it is short enough to stand beside the sentence, else nothing."""
    if found.reason in (Reason.LENGTH, Reason.LANGUAGE, Reason.SIMILAR):
        return reason_words(found).rstrip(".")
    return ""


def _text_of(found: Finding) -> str:
    if found.reason is Reason.LANGUAGE:
        from novita_desktop.domain.text_languages import LANGUAGES  # noqa: PLC0415  # when wanted

        return LANGUAGES.get(found.text, found.text)
    if found.reason is Reason.VALUE_MISSING:
        return found.text.replace("_", " ")
    return found.text


_LENGTHS: dict[str, Callable[[], tuple[str, str]]] = {
    "words": lambda: (tr("CheckWords", "1 word"), tr("CheckWords", "{n} words")),
    "characters": lambda: (tr("CheckWords", "1 character"), tr("CheckWords", "{n} characters")),
    "lines": lambda: (tr("CheckWords", "1 line"), tr("CheckWords", "{n} lines")),
    "sentences": lambda: (tr("CheckWords", "1 sentence"), tr("CheckWords", "{n} sentences")),
    "paragraphs": lambda: (tr("CheckWords", "1 paragraph"), tr("CheckWords", "{n} paragraphs")),
    "list items": lambda: (tr("CheckWords", "1 list item"), tr("CheckWords", "{n} list items")),
}
"""One and several of each unit."""

_WORDS: dict[Reason, Callable[[], str]] = {
    Reason.TEXT_FOUND: lambda: tr("CheckWords", "“{text}” stands in the answer."),
    Reason.TEXT_MISSING: lambda: tr("CheckWords", "“{text}” does not stand in the answer."),
    Reason.BEGINS: lambda: tr("CheckWords", "The answer begins with “{text}”."),
    Reason.ENDS: lambda: tr("CheckWords", "The answer ends with “{text}”."),
    Reason.IS: lambda: tr("CheckWords", "The answer is “{text}”."),
    Reason.JSON_VALID: lambda: tr("CheckWords", "The answer is valid JSON."),
    Reason.JSON_BROKEN: lambda: tr("CheckWords", "The answer is not JSON: see line {n}."),
    Reason.JSON_IN_BLOCK: lambda: tr(
        "CheckWords", "The JSON stands in a code block, so the answer as a whole is not JSON."
    ),
    Reason.JSON_DOUBLE: lambda: tr("CheckWords", "The JSON has the field “{text}” twice."),
    Reason.JSON_TOO_LARGE: lambda: tr("CheckWords", "The JSON is too large or too deep to check."),
    Reason.FIELD_MISSING: lambda: tr("CheckWords", "The JSON has no field “{text}”."),
    Reason.FIELD_IS: lambda: tr("CheckWords", "The field is “{text}”."),
    Reason.LANGUAGE: lambda: tr("CheckWords", "The answer is in {text}."),
    Reason.LANGUAGE_SHORT: lambda: tr(
        "CheckWords", "The answer is too short to tell its language."
    ),
    Reason.LANGUAGE_UNCLEAR: lambda: tr(
        "CheckWords", "The language is mixed, or not among those that can be told."
    ),
    Reason.PATTERN_FITS: lambda: tr("CheckWords", "The pattern fits."),
    Reason.PATTERN_FITS_NOT: lambda: tr("CheckWords", "The pattern fits nowhere."),
    Reason.PATTERN_TOO_SLOW: lambda: tr(
        "CheckWords", "The pattern takes too long on this answer: make it simpler."
    ),
    Reason.PATTERN_BROKEN: lambda: tr("CheckWords", "The pattern cannot be used."),
    Reason.SIMILAR: lambda: tr("CheckWords", "{n} % similar."),
    Reason.VALUE_MISSING: lambda: tr(
        "CheckWords", "This input has nothing for “{text}”: fill it in under Inputs…"
    ),
}
