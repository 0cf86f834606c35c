"""Prompts of promptfoo become presets: text and chat files, and the prompts of a config.

Facts: https://www.promptfoo.dev/docs/configuration/prompts and .../chat. Prompts are Nunjucks
templates, whose plain `{{ name }}`, `{% if %}` and `{% for %}` Liquid reads alike; filters that
are named otherwise are translated. Nothing of a file is run, and no file is fetched but through
`ReadBeside`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final

from novita_desktop.domain import strict_json
from novita_desktop.domain.foreign_presets import (
    FoundPresets,
    Omission,
    OmissionReason,
    own_name,
    title_of,
)
from novita_desktop.domain.json_values import JsonObject, JsonValue, as_list, as_object, as_text
from novita_desktop.domain.preset_file_parts import MAX_TEXT_CHARACTERS, MAX_VALUE_CHARACTERS
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm

ReadBeside = Callable[[str], str | OmissionReason]
"""Returns the text of a file that a config names, or why it is not read."""

MAX_PROMPTS: Final = 200
MAX_FILE_CHARACTERS: Final = 2_000_000
TEXT_SUFFIXES: Final = frozenset({".txt", ".md", ".j2"})
CHAT_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})
_PROGRAM = re.compile(
    r"^(?:exec:|python:)|^\S+\.(?:py|js|cjs|mjs|ts|sh|bash|rb|pl|go|exe)(?::\w+)?$"
)
_REFERENCE = re.compile(r"^\w+://|^[^\s{]+\.(?:txt|md|j2|json|ya?ml|csv)$")
_PARTING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FILTER_CALL = re.compile(r"\|\s*(\w+)(?:\(([^()|{}%]*)\))?")
_OPENING = re.compile(r"\{[{%]")
_FILTERS: Final[Mapping[str, str]] = {
    "upper": "upcase",
    "lower": "downcase",
    "trim": "strip",
    "length": "size",
    "dump": "",
    "tojson": "",
    "safe": "",
}
"""Nunjucks' names of filters, and Liquid's; none for those that mean nothing for a text."""


def is_config(value: JsonValue) -> bool:
    """Return whether a document is a config of promptfoo."""
    return isinstance(value, dict) and "prompts" in value


def is_chat(value: JsonValue) -> bool:
    """Return whether a document is a list of messages."""
    return (
        isinstance(value, list)
        and bool(value)
        and all("role" in as_object(item) and "content" in as_object(item) for item in value)
    )


def presets_in_text(text: str, name: str) -> FoundPresets:
    """Return a preset for each prompt in a text file."""
    collected = _Collected()
    collected.add_text(text, name, {})
    return collected.found()


def presets_in_chat(value: JsonValue, name: str) -> FoundPresets:
    """Return the preset of a file of messages; none when it has several turns."""
    collected = _Collected()
    collected.add_chat(value, name, {})
    return collected.found()


def presets_in_config(value: JsonValue, name: str, read_beside: ReadBeside) -> FoundPresets:
    """Return a preset for each prompt of a config, with the first test's values as samples.

    `name` is the config's, for prompts that have none. Raises PresetFileRefused.
    """
    config = as_object(value)
    prompts = config.get("prompts")
    items = prompts if isinstance(prompts, list) else [prompts]
    if len(items) > MAX_PROMPTS:
        raise PresetFileRefused(
            "too_many_presets", place="prompts", given=str(len(items)), limit=MAX_PROMPTS
        )
    collected = _Collected(read_beside)
    values = _sample_values(config)
    for item in items:
        collected.add_item(item, name, values)
    return collected.found()


class _Collected:
    """The presets and omissions of one file, as they come."""

    def __init__(self, read_beside: ReadBeside | None = None) -> None:
        self._read_beside = read_beside
        self._presets: list[NewPreset] = []
        self._omissions: list[Omission] = []

    def found(self) -> FoundPresets:
        """Return what was collected. Raises PresetFileRefused for nothing at all."""
        if not self._presets and not self._omissions:
            raise PresetFileRefused("no_presets")
        return FoundPresets(tuple(self._presets), tuple(self._omissions), is_foreign=True)

    def add_item(self, item: JsonValue, name: str, values: Mapping[str, str]) -> None:
        """Add one entry of a config's `prompts`."""
        if isinstance(item, str):
            self._add_prompt(item, "", name, values)
            return
        entry = as_object(item)
        raw, reference = as_text(entry.get("raw")), as_text(entry.get("id"))
        label = as_text(entry.get("label"))
        if not raw and not reference:
            self._omit(OmissionReason.UNSUPPORTED, label or name)
        elif raw:
            self._add_prompt(raw, label or reference, name, values)
        else:
            self._add_prompt(reference, label, name, values)

    def _add_prompt(self, prompt: str, label: str, name: str, values: Mapping[str, str]) -> None:
        prompt = prompt.strip()
        if _PROGRAM.search(prompt):
            self._omit(OmissionReason.PROGRAM, prompt)
        elif _REFERENCE.search(prompt):
            self._add_file(prompt, label, values)
        elif prompt.startswith("[") and is_chat(chat := _json_in(prompt)):
            self.add_chat(chat, label or name, values)
        elif prompt:
            self._add("", prompt, label or title_of(prompt), values)

    def _add_file(self, reference: str, label: str, values: Mapping[str, str]) -> None:
        path = reference.removeprefix("file://")
        name, suffix = PurePosixPath(path).stem, PurePosixPath(path).suffix.lower()
        if "://" in path or "*" in path or suffix not in TEXT_SUFFIXES | CHAT_SUFFIXES:
            self._omit(OmissionReason.UNSUPPORTED, reference)
            return
        text = self._read_beside(path) if self._read_beside else OmissionReason.UNREADABLE
        if isinstance(text, OmissionReason):
            self._omit(text, reference)
        elif suffix in TEXT_SUFFIXES:
            self.add_text(text, label or name, values)
        else:
            chat = _json_in(text) if suffix == ".json" else _yaml_in(text)
            if is_chat(chat):
                self.add_chat(chat, label or name, values)
            else:
                self._omit(OmissionReason.UNSUPPORTED, reference)

    def add_text(self, text: str, name: str, values: Mapping[str, str]) -> None:
        """Add each prompt of a text file."""
        if len(text) > MAX_FILE_CHARACTERS:
            raise PresetFileRefused("too_large", limit=MAX_FILE_CHARACTERS)
        for prompt in _PARTING.split(text.replace("\r\n", "\n")):
            if prompt.strip():
                self._add("", prompt.strip("\n"), name, values)

    def add_chat(self, value: JsonValue, name: str, values: Mapping[str, str]) -> None:
        """Add a list of messages, if it is one that a preset can say."""
        messages = [as_object(item) for item in as_list(value)]
        texts = [_content_of(message) for message in messages]
        roles = [as_text(message.get("role")) for message in messages]
        if None in texts or not set(roles) <= {"system", "developer", "user"}:
            reason = OmissionReason.UNSUPPORTED if None in texts else OmissionReason.CONVERSATION
            self._omit(reason, name)
            return
        said = [(role, text) for role, text in zip(roles, texts, strict=True) if text]
        system = "\n\n".join(text for role, text in said if role != "user")
        message = "\n\n".join(text for role, text in said if role == "user")
        self._add(system, message, name, values)

    def _add(self, system: str, message: str, name: str, values: Mapping[str, str]) -> None:
        if len(self._presets) >= MAX_PROMPTS:
            raise PresetFileRefused(
                "too_many_presets", given=str(len(self._presets) + 1), limit=MAX_PROMPTS
            )
        for text, place in ((system, "system"), (message, "message")):
            strict_json.check_characters(text, place)
            if len(text) > MAX_TEXT_CHARACTERS:
                raise PresetFileRefused("too_long", place=place, limit=MAX_TEXT_CHARACTERS)
        form = PromptForm(system=_liquid_of(system), message=_liquid_of(message))
        needed = {key: values[key] for key in form.variables() if key in values}
        taken = [preset.name for preset in self._presets]
        self._presets.append(
            NewPreset(
                own_name(name, taken, title_of(message)),
                PromptForm(system=form.system, message=form.message, values=needed),
            )
        )

    def _omit(self, reason: OmissionReason, what: str) -> None:
        self._omissions.append(Omission(reason, what[:200]))


def _content_of(message: JsonObject) -> str | None:
    """Return a message's text; None when it is more than text."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    parts = [as_object(part) for part in as_list(content)]
    if not parts or any(part.get("type") != "text" for part in parts):
        return None
    return "\n".join(as_text(part.get("text")) for part in parts)


def _sample_values(config: JsonObject) -> dict[str, str]:
    """Return the values of the config's first test, over those of its default test."""
    tests = as_list(config.get("tests"))
    first = as_object(tests[0]) if tests else {}
    default = as_object(config.get("defaultTest"))
    found: dict[str, str] = {}
    for each in (default, first):
        for name, value in as_object(each.get("vars")).items():
            # A list stands for several tests.
            sample = next(iter(as_list(value)), None) if isinstance(value, list) else value
            text = sample if isinstance(sample, str) else json.dumps(sample)
            if sample is not None and "://" not in text[:20] and len(text) <= MAX_VALUE_CHARACTERS:
                found[name] = text
    return found


def _json_in(text: str) -> JsonValue:
    try:
        return strict_json.parsed(text)
    except PresetFileRefused:
        return None


def _yaml_in(text: str) -> JsonValue:
    from novita_desktop.domain import strict_yaml  # noqa: PLC0415  # loads PyYAML

    try:
        return strict_yaml.parsed(text)
    except PresetFileRefused:
        return None


def _liquid_of(text: str) -> str:
    """Return a Nunjucks text with its filters in Liquid's words."""
    pieces: list[str] = []
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        closing = "}}" if opening[0] == "{{" else "%}"
        end = text.find(closing, opening.end())
        if end < 0:
            break
        pieces.append(text[position : opening.start()])
        pieces.append(_FILTER_CALL.sub(_liquid_filter, text[opening.start() : end]))
        position = end
    return "".join(pieces) + text[position:]


def _liquid_filter(call: re.Match[str]) -> str:
    name, arguments = call[1], (call[2] or "").strip()
    translated = _FILTERS.get(name, name)
    if not translated:
        return ""
    return f"| {translated}: {arguments}" if arguments else f"| {translated}"
