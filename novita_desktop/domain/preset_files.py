"""The `*.novita.json` format: presets as a readable file (`docs/preset-format.md`).

A file holds what a preset is, and nothing of who used it: no key, no path, no file's name, no last
used values, no star, no version history. Reading one is exact: whatever is not in the format is refused with
its place, so that nothing is half imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from novita_desktop.domain import preset_file_parts as parts
from novita_desktop.domain import strict_json
from novita_desktop.domain.json_values import JsonObject, JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import MOST_NAME_CHARACTERS, NewPreset, Preset, tidy_name
from novita_desktop.domain.prompt_form import PromptForm

SUFFIX: Final = ".novita.json"
FORMAT: Final = "novita-presets"
VERSION: Final = 1

MAX_FILE_BYTES: Final = 16_000_000
MAX_PRESETS: Final = 1_000
MAX_DESCRIPTION_CHARACTERS: Final = 10_000

_FILE_NAMES: Final = frozenset({"$schema", "format", "version", "presets"})
_PRESET_NAMES: Final = frozenset(
    {
        *("name", "folder", "description", "model", "system", "message", "inputs", "fields"),
        *("values", "images", "retry_policy", "time_limits"),
    }
)


def exported(preset: Preset) -> NewPreset:
    """Return what of a preset goes into a file."""
    form = replace(preset.form, sources={})
    return NewPreset(preset.name, form, preset.folder, preset.description)


def to_text(presets: Iterable[NewPreset]) -> str:
    """Return a file's text. `from_text` reads the same presets from it.

    Half of a surrogate pair, which nothing can send, becomes the replacement character.
    """
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "presets": [_preset_to_file(preset) for preset in presets],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def from_text(text: str) -> tuple[NewPreset, ...]:
    """Return the presets in a file's text. Raises PresetFileRefused."""
    return from_value(strict_json.parsed(text))


def from_value(value: JsonValue) -> tuple[NewPreset, ...]:
    """Return the presets in a file's JSON. Raises PresetFileRefused."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise PresetFileRefused("unknown_format")
    # First of all: what else a newer version's file holds cannot be known.
    _check_version(value.get("version"))
    whole = parts.object_at(value, "", _FILE_NAMES)
    items = parts.list_at(whole.get("presets"), "presets", MAX_PRESETS, problem="too_many_presets")
    if not items:
        raise PresetFileRefused("no_presets")
    presets = tuple(_preset_from(item, f"presets/{n}") for n, item in enumerate(items, start=1))
    check_names([preset.name for preset in presets])
    return presets


def check_names(names: Sequence[str]) -> None:
    """Raise PresetFileRefused when two presets of a file have the same name."""
    seen: set[str] = set()
    for number, name in enumerate(names, start=1):
        if name.casefold() in seen:
            raise PresetFileRefused("duplicate_name", place=f"presets/{number}/name", given=name)
        seen.add(name.casefold())


def _check_version(version: JsonValue) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise PresetFileRefused("bad_value", place="version", given=parts.shown(version))
    if version > VERSION:
        raise PresetFileRefused("newer_version", given=str(version), limit=VERSION)


def _preset_to_file(preset: NewPreset) -> JsonObject:
    form = preset.form
    found: dict[str, JsonValue] = {"name": preset.name}
    texts: Mapping[str, str] = {
        "folder": preset.folder,
        "description": preset.description,
        "model": form.model,
        "system": form.system,
        "message": form.message,
    }
    found |= {name: parts.text_to_file(text) for name, text in texts.items() if text}
    groups: Mapping[str, JsonValue] = {
        "inputs": parts.inputs_to_file(form.inputs),
        "fields": parts.fields_to_file(form.fields),
        "values": {name: parts.text_to_file(text) for name, text in form.values.items()},
        "images": [{"media_type": i.media_type, "base64": i.base64} for i in form.images],
    }
    found |= {name: group for name, group in groups.items() if group}
    if form.retry_policy is not None:
        found["retry_policy"] = form.retry_policy.value
    if form.time_limits is not None:
        found["time_limits"] = parts.limits_to_file(form.time_limits)
    return found


def _preset_from(value: JsonValue, place: str) -> NewPreset:
    preset = parts.object_at(value, place, _PRESET_NAMES)

    def text(name: str, limit: int) -> str:
        return parts.text_at(preset.get(name, ""), f"{place}/{name}", limit)

    name = tidy_name(text("name", MOST_NAME_CHARACTERS))
    if not name:
        raise PresetFileRefused("missing", place=f"{place}/name")
    return NewPreset(
        name=name,
        folder=tidy_name(text("folder", MOST_NAME_CHARACTERS)),
        description=text("description", MAX_DESCRIPTION_CHARACTERS),
        form=PromptForm(
            model=text("model", parts.MAX_MODEL_CHARACTERS),
            system=text("system", parts.MAX_TEXT_CHARACTERS),
            message=text("message", parts.MAX_TEXT_CHARACTERS),
            inputs=parts.inputs_from(preset.get("inputs", {}), f"{place}/inputs"),
            values=parts.values_from(preset.get("values", {}), f"{place}/values"),
            images=parts.images_from(preset.get("images", []), f"{place}/images"),
            retry_policy=parts.policy_from(preset.get("retry_policy"), f"{place}/retry_policy"),
            time_limits=parts.limits_from(preset.get("time_limits"), f"{place}/time_limits"),
            fields=parts.fields_from(preset.get("fields", {}), f"{place}/fields"),
        ),
    )
