"""Sentences to begin a check with, and those that are most like what was typed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from novita_desktop.domain.text_languages import LANGUAGES

MOST_SUGGESTED: Final = 3
GAP: Final = "…"
"""Stands in a suggestion for what the person puts in."""

SUGGESTED: Final = (
    "at most 120 words",
    "at least 20 words",
    "between 50 and 120 words",
    "at most 280 characters",
    "at most 3 sentences",
    "at least 3 list items",
    "at most 5 lines",
    'contains "…"',
    'does not contain "…"',
    'begins with "…"',
    'ends with "…"',
    'is exactly "…"',
    "valid JSON",
    'JSON field … is "…"',
    "has the JSON field …",
    "at least 80 % similar to the expected answer",
    'at least 80 % similar to "…"',
    "contains the expected answer",
    'matches the pattern "…"',
    'does not match the pattern "…"',
    *(f"is in {name}" for name in sorted(LANGUAGES.values())),
)
"""Sentences to begin with."""


def suggestions_for(sentence: str) -> tuple[str, ...]:
    """Return the sentences that are most like this one, the likest first."""
    given = sentence.lower()[:100]
    words = _stems(given)

    def likeness(suggested: str) -> float:
        shared = len(words & _stems(suggested.lower()))
        return shared + SequenceMatcher(None, given, suggested.lower()).ratio()

    return tuple(sorted(SUGGESTED, key=likeness, reverse=True)[:MOST_SUGGESTED])


def _stems(text: str) -> set[str]:
    """Return the words of a text, one and several alike, and all numbers as one."""
    words = re.findall(r"\w+", text)
    return {"0" if word.isdigit() else word.rstrip("s") for word in words}
