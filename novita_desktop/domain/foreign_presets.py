"""What other programs' prompt files give: presets, and what had to be left out."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from novita_desktop.domain.presets import NewPreset, free_name, tidy_name
from novita_desktop.domain.records import record

MOST_TITLE_CHARACTERS: Final = 60
_LOOKED_AT: Final = 1_000


class OmissionReason(StrEnum):
    """Why something in a file does not become part of a preset."""

    PROGRAM = "program"
    """A prompt that a program makes: nothing of a file is ever run."""
    OUTSIDE = "outside"
    """A file outside the folder of the file that names it."""
    UNREADABLE = "unreadable"
    """A file that is not there, too large, or of an unknown kind."""
    CONVERSATION = "conversation"
    """A conversation of several turns: a preset has one message."""
    UNSUPPORTED = "unsupported"
    """Something that a preset cannot say."""


@record(frozen=True, slots=True)
class Omission:
    """Something that was left out; `what` names it in the file's own words."""

    reason: OmissionReason
    what: str


@record(frozen=True, slots=True)
class FoundPresets:
    """What a file holds. `is_foreign`: it was written for another program."""

    presets: tuple[NewPreset, ...]
    omissions: tuple[Omission, ...] = ()
    is_foreign: bool = False


def title_of(text: str) -> str:
    """Return a name made of a text's beginning."""
    words = tidy_name(re.sub(r"\{[{%].*?[%}]\}", "…", text[:_LOOKED_AT]))
    if len(words) <= MOST_TITLE_CHARACTERS:
        return words
    return words[:MOST_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def own_name(wanted: str, taken: Collection[str], fallback: str) -> str:
    """Return a name for a preset that no other of its file has."""
    return free_name(tidy_name(wanted) or tidy_name(fallback) or "Preset", taken)
