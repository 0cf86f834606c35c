"""Saved, named forms: presets, their versions, and what a run remembers of the one it used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Final

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.records import record
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.variable_fields import GIVEN_KINDS, PLAIN_FIELD

MOST_NAME_CHARACTERS: Final = 120
MOST_SEARCHED_CHARACTERS: Final = 2_000
"""How much of a message a preset is found by."""

MOST_REMEMBERED_CHARACTERS: Final = 250_000
"""Of a longer text or image from a file only the file's name is remembered: presets are read whole."""


@record(frozen=True, slots=True)
class NewPreset:
    """A preset that is to be kept. The values in `form` are samples to begin with."""

    name: str
    form: PromptForm
    folder: str = ""
    description: str = ""


@record(frozen=True, slots=True)
class Preset:
    """A saved form. `version` counts its saves from 1; `position` orders it in its folder.

    `last_values` are those of its last run, which the fields show when it is opened again, and
    `last_sources` the names of the files that they came from.
    """

    id: int
    name: str
    form: PromptForm
    folder: str = ""
    description: str = ""
    is_favourite: bool = False
    position: int = 0
    version: int = 1
    use_count: int = 0
    last_values: Mapping[str, str] = field(default_factory=dict)
    last_sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def use(self) -> PresetUse:
        """What a run that is made with this preset remembers of it."""
        return PresetUse(self.id, self.version, self.name)

    def opened(self) -> PromptForm:
        """Return a copy of the form to work on, with the values that were used last."""
        forgotten = self.last_sources.keys() - self.last_values.keys()
        samples = {n: text for n, text in self.form.values.items() if n not in forgotten}
        return replace(
            self.form,
            values={**samples, **self.last_values},
            sources={**self.form.sources, **self.last_sources},
            preset=self.use,
        )


@record(frozen=True, slots=True)
class PresetVersion:
    """What one save of a preset held. `saved_at` is in unix microseconds, UTC."""

    number: int
    saved_at: int
    form: PromptForm
    description: str = ""


def remembered_values(form: PromptForm) -> dict[str, str]:
    """Return the values that a form's preset begins with the next time."""

    def is_remembered(name: str, value: str) -> bool:
        is_given = form.fields.get(name, PLAIN_FIELD).kind in GIVEN_KINDS
        return not is_given or len(value) <= MOST_REMEMBERED_CHARACTERS

    return {name: value for name, value in form.values.items() if is_remembered(name, value)}


def tidy_name(text: str) -> str:
    """Return `text` as a name: on one line, without spaces around it, of a bounded length."""
    return " ".join(text.split())[:MOST_NAME_CHARACTERS].strip()


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, with a number behind it when a preset of that name is there already."""
    used = {name.casefold() for name in taken}
    if wanted.casefold() not in used:
        return wanted
    number = 2
    while f"{wanted} {number}".casefold() in used:
        number += 1
    return f"{wanted} {number}"


def changed_inputs(saved: PromptForm, now: PromptForm) -> tuple[str, ...]:
    """Return the wire names of the inputs in which `now` differs from `saved`.

    Values of variables are no part of it, nor where they came from: filling in a preset does not
    change it. Fields of
    variables come as `variable:NAME`, and the rules of a run as `retry_policy`, `time_limits`.
    """
    names = [n for n in ("model", "system", "message") if getattr(saved, n) != getattr(now, n)]
    inputs = dict.fromkeys((*saved.inputs, *now.inputs))
    names += [name for name in inputs if saved.inputs.get(name) != now.inputs.get(name)]
    variables = dict.fromkeys((*saved.fields, *now.fields))
    names += [
        f"variable:{name}" for name in variables if saved.fields.get(name) != now.fields.get(name)
    ]
    rules = ("images", "retry_policy", "time_limits")
    names += [name for name in rules if getattr(saved, name) != getattr(now, name)]
    return tuple(names)


def search_text(preset: Preset) -> str:
    """Return what a preset is found by: its names, its description, its model, its message."""
    form = preset.form
    message = form.message[:MOST_SEARCHED_CHARACTERS]
    return " ".join(
        (preset.name, preset.folder, preset.description, form.model, message)
    ).casefold()


def has_words(text: str, typed: str) -> bool:
    """Return whether a search text has every word that was typed."""
    return all(word in text for word in typed.casefold().split())


@record(frozen=True, slots=True)
class PresetSection:
    """Presets that a list shows under one title; without a folder they are the favourites."""

    folder: str | None
    presets: tuple[Preset, ...]


def sections_of(presets: Iterable[Preset]) -> tuple[PresetSection, ...]:
    """Return `presets` as a list shows them: favourites, those in no folder, folders by name.

    A favourite stands among the favourites alone. Empty sections are left out.
    """
    by_folder: dict[str | None, list[Preset]] = {}
    for preset in presets:
        by_folder.setdefault(None if preset.is_favourite else preset.folder, []).append(preset)
    folders = sorted(by_folder, key=lambda name: (name is not None, (name or "").casefold()))
    return tuple(
        PresetSection(name, tuple(sorted(by_folder[name], key=lambda p: (p.position, p.id))))
        for name in folders
    )


def folders_of(presets: Iterable[Preset]) -> tuple[str, ...]:
    """Return the names of the folders that there are, by name."""
    return tuple(sorted({p.folder for p in presets if p.folder}, key=str.casefold))
