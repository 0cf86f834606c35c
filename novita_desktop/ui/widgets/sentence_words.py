"""Why a sentence is no check, and what the person can do, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.check_sentences import NotUnderstood, SentenceProblem
from novita_desktop.domain.check_suggestions import GAP
from novita_desktop.domain.pattern_reader import PatternProblem

tr = QCoreApplication.translate


def problem_words(found: NotUnderstood) -> str:
    """Return what is wrong with a sentence, with up to three that were perhaps meant."""
    words = _problem(found)
    if not found.suggestions:
        return words
    if found.problem is SentenceProblem.SEVERAL:
        return words
    suggestions = tr("SentenceWords", " or ").join(f"“{each}”" for each in found.suggestions)
    meant = tr("SentenceWords", "Did you mean {suggestions}?").format(suggestions=suggestions)
    return f"{words} {meant}"


def _problem(found: NotUnderstood) -> str:
    if found.problem is SentenceProblem.BAD_PATTERN:
        return _pattern_problem(PatternProblem(found.detail)).format(n=found.place + 1)
    return _WORDS[found.problem]().format(gap=GAP, name=found.detail)


_WORDS: dict[SentenceProblem, Callable[[], str]] = {
    SentenceProblem.EMPTY: lambda: tr("SentenceWords", "Type what the answer must be."),
    SentenceProblem.UNKNOWN: lambda: tr("SentenceWords", "This is not understood."),
    SentenceProblem.SEVERAL: lambda: tr(
        "SentenceWords", "These are several checks: give each a line of its own."
    ),
    SentenceProblem.TOO_LONG: lambda: tr("SentenceWords", "This is too long for a check."),
    SentenceProblem.GAP_LEFT: lambda: tr(
        "SentenceWords", "Put your own words in place of “{gap}”."
    ),
    SentenceProblem.NO_TEXT: lambda: tr(
        "SentenceWords", "Say which text, for example in quotes at the end."
    ),
    SentenceProblem.UNKNOWN_LANGUAGE: lambda: tr(
        "SentenceWords", "The language “{name}” is not known here."
    ),
    SentenceProblem.BAD_RANGE: lambda: tr(
        "SentenceWords", "No answer can be that long: the limits contradict each other."
    ),
    SentenceProblem.BAD_SHARE: lambda: tr("SentenceWords", "The share must be from 1 to 100 %."),
}


def _pattern_problem(problem: PatternProblem) -> str:
    match problem:
        case PatternProblem.NOT_CLOSED:
            return tr("SentenceWords", "The bracket at character {n} of the pattern is not closed.")
        case PatternProblem.NOT_OPENED:
            return tr(
                "SentenceWords",
                "The bracket at character {n} of the pattern closes nothing: write \\) for the sign.",
            )
        case PatternProblem.NOTHING_TO_REPEAT:
            return tr(
                "SentenceWords",
                "There is nothing to repeat at character {n} of the pattern: write a backslash before"
                " the sign if you mean it.",
            )
        case PatternProblem.BAD_RANGE:
            return tr("SentenceWords", "The range at character {n} of the pattern is upside down.")
        case PatternProblem.BAD_ESCAPE:
            return tr(
                "SentenceWords",
                "The backslash at character {n} of the pattern stands before nothing it goes with.",
            )
        case PatternProblem.NOT_SUPPORTED:
            return tr(
                "SentenceWords",
                "What stands at character {n} of the pattern is not supported: looking ahead or"
                " back, and references to groups, can take for ever.",
            )
        case PatternProblem.TOO_LARGE:
            return tr("SentenceWords", "The pattern is too large.")
