"""How checks came out: passed, failed or unknown, with the reason.

This module is apart from what computes them, for the page and the leaderboard need no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from novita_desktop.domain.leaderboard import CheckTally
from novita_desktop.domain.records import record


class Outcome(StrEnum):
    """Whether an answer passes a check; UNKNOWN where that cannot be told."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a check came out as it did; the words are in `ui/widgets/check_words.py`."""

    LENGTH = "length"
    TEXT_FOUND = "text_found"
    TEXT_MISSING = "text_missing"
    BEGINS = "begins"
    ENDS = "ends"
    IS = "is"
    JSON_VALID = "json_valid"
    JSON_BROKEN = "json_broken"
    JSON_IN_BLOCK = "json_in_block"
    JSON_DOUBLE = "json_double"
    JSON_TOO_LARGE = "json_too_large"
    FIELD_MISSING = "field_missing"
    FIELD_IS = "field_is"
    LANGUAGE = "language"
    LANGUAGE_SHORT = "language_short"
    LANGUAGE_UNCLEAR = "language_unclear"
    PATTERN_FITS = "pattern_fits"
    PATTERN_FITS_NOT = "pattern_fits_not"
    PATTERN_TOO_SLOW = "pattern_too_slow"
    PATTERN_BROKEN = "pattern_broken"
    SIMILAR = "similar"
    VALUE_MISSING = "value_missing"


@record(frozen=True, slots=True)
class Finding:
    """How a check came out. `count` and `text` belong to the reason's words."""

    outcome: Outcome
    reason: Reason
    count: int = 0
    text: str = ""


CheckedCells: TypeAlias = Mapping[tuple[int, int], Mapping[str, Finding]]
"""Findings by sentence, for each cell of a comparison: a round's number and a column's key."""


QUOTES_ANSWER: Final = frozenset(
    {Reason.BEGINS, Reason.ENDS, Reason.IS, Reason.JSON_DOUBLE, Reason.FIELD_IS}
)
"""Reasons whose words hold a piece of the answer: a model may name itself there."""


def tally_of(findings: Iterable[Finding]) -> CheckTally:
    """Return how many checks were passed; those that could not be told do not count."""
    outcomes = [each.outcome for each in findings]
    passed = outcomes.count(Outcome.PASSED)
    return CheckTally(passed, passed + outcomes.count(Outcome.FAILED))
