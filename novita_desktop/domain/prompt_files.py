"""Tells what kind of file of prompts somebody opens, and returns the presets in it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from novita_desktop.domain import preset_files, promptfoo_prompts, strict_json
from novita_desktop.domain.foreign_presets import FoundPresets
from novita_desktop.domain.json_values import JsonValue
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.promptfoo_prompts import TEXT_SUFFIXES, ReadBeside
from novita_desktop.domain.strict_json import SLICE

YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
OPENED_SUFFIXES: Final = (".json", *sorted(YAML_SUFFIXES), *sorted(TEXT_SUFFIXES))
"""The endings of the files that can be imported."""


def presets_in(data: bytes, file_name: str, read_beside: ReadBeside) -> FoundPresets:
    """Return the presets in a file, by its ending and what it holds.

    `read_beside` gives the files that a promptfoo config names. Raises PresetFileRefused.
    """
    text = text_of(data)
    ending, name = PurePath(file_name).suffix.lower(), PurePath(file_name).stem
    if ending == ".json":
        return _presets_in_json(strict_json.parsed(text), name, read_beside)
    if ending in YAML_SUFFIXES:
        return _presets_in_yaml(text, name, read_beside)
    if ending in TEXT_SUFFIXES:
        return promptfoo_prompts.presets_in_text(text, name)
    raise PresetFileRefused("unknown_format")


def text_of(data: bytes) -> str:
    """Return a file's text. Raises PresetFileRefused: `empty` or `not_text`."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        # In slices: a whole file at once would hold up the window.
        slices = (data[start : start + SLICE] for start in range(0, len(data), SLICE))
        text = "".join([*map(decoder.decode, slices), decoder.decode(b"", final=True)])
    except UnicodeDecodeError:
        raise PresetFileRefused("not_text") from None
    if not text.strip():
        raise PresetFileRefused("empty")
    if "\0" in text:
        raise PresetFileRefused("not_text")
    return text


def _presets_in_json(value: JsonValue, name: str, read_beside: ReadBeside) -> FoundPresets:
    if isinstance(value, Mapping) and value.get("format") == preset_files.FORMAT:
        return FoundPresets(preset_files.from_value(value))
    if promptfoo_prompts.is_config(value):
        return promptfoo_prompts.presets_in_config(value, name, read_beside)
    if promptfoo_prompts.is_chat(value):
        return promptfoo_prompts.presets_in_chat(value, name)
    raise PresetFileRefused("unknown_format")


def _presets_in_yaml(text: str, name: str, read_beside: ReadBeside) -> FoundPresets:
    from novita_desktop.domain import llm_templates, strict_yaml  # noqa: PLC0415  # loads PyYAML

    value = strict_yaml.parsed(text)
    if promptfoo_prompts.is_config(value):
        return promptfoo_prompts.presets_in_config(value, name, read_beside)
    if promptfoo_prompts.is_chat(value):
        return promptfoo_prompts.presets_in_chat(value, name)
    if llm_templates.is_template(value):
        return llm_templates.presets_in(text, value, name)
    raise PresetFileRefused("unknown_format")
