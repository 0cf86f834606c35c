"""Why a file of presets cannot be imported, in a sentence that names the place and the limit."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting

MOST_PLACE_CHARACTERS = 120


def file_problem(error: PresetFileRefused) -> str:
    """Return the reason, such as "The preset 2 has no name."."""
    words = {**_whole_file_words(), **_place_words(error.place)}.get(error.problem)
    if words is None:
        words = _tr("Something in it is not as it should be.")
    return words.format(
        place=_place(error.place),
        given=visible_text(error.given),
        limit=formatting.whole(error.limit),
        detail=visible_text(error.detail),
        kind=_kinds().get(error.detail, error.detail),
    )


def _whole_file_words() -> dict[str, str]:
    return {
        "unreadable": _tr("It cannot be read: it may be gone, or you may not open it."),
        "not_a_file": _tr("It is no file that can be read, but a folder or a device."),
        "too_large": _tr("It is larger than {limit} bytes, which no file of presets is."),
        "empty": _tr("It is empty."),
        "not_text": _tr("It is not text in UTF-8."),
        "not_json": _tr("It is not JSON ({detail})."),
        "not_yaml": _tr("It is not YAML ({detail})."),
        "too_deep": _tr("It is nested deeper than {limit} levels."),
        "too_many_values": _tr("It holds more than {limit} values."),
        "unknown_format": _tr(
            "It is neither a file of presets (*.novita.json), nor an llm template, nor prompts"
            " of promptfoo."
        ),
        "newer_version": _tr(
            "It was written by a newer version of this program (format {given}; this one reads up"
            " to {limit}). Install the newer version, then try again."
        ),
        "no_presets": _tr("There is no preset in it."),
        "too_many_presets": _tr("It holds {given} presets; at most {limit} can be imported."),
        "duplicate_key": _tr("The name “{place}” comes twice in one object."),
        "duplicate_name": _tr("Two of its presets have the same name, “{given}”."),
    }


def _place_words(place: str) -> dict[str, str]:
    whole = not place
    return {
        "missing": _tr("There is nothing at {place}."),
        "wrong_kind": _tr("At {place} stands {given}; it must be {kind}."),
        "unknown_name": _tr("It holds “{given}”, which this program does not know.")
        if whole
        else _tr("At {place} stands “{given}”, which this program does not know."),
        "too_long": _tr("The text at {place} is longer than {limit} characters."),
        "too_many": _tr("There are {given} items at {place}; at most {limit} may be there."),
        "bad_value": _tr("At {place} stands {given}, which cannot be used there."),
        "bad_image": _tr("The picture at {place} is damaged."),
        "broken_characters": _tr("The text at {place} holds half of a character."),
    }


def _place(place: str) -> str:
    """Return a place as it is written in the file, without anything that could reorder it."""
    shown = visible_text(place)
    return shown if len(shown) <= MOST_PLACE_CHARACTERS else shown[:MOST_PLACE_CHARACTERS] + "…"


def _kinds() -> dict[str, str]:
    return {
        "object": _tr("an object {…}"),
        "list": _tr("a list […]"),
        "text": _tr("a text, or a list of its lines"),
        "number": _tr("a number"),
        "true or false": _tr("true or false"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("PresetFileMessages", text)
