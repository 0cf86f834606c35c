"""Templates of the `llm` command line program become presets.

A template is a YAML text, or a mapping of `prompt`, `system`, `model`, `options`, `defaults` and
more. `$name` and `${name}` are variables, `$$` is a dollar sign, and `$input` is what the person
gives: it makes the message when there is no prompt, and goes below a prompt that does not name
it (https://llm.datasette.io/en/stable/templates.html).
"""

from __future__ import annotations

import json
import re
from typing import Final

from novita_desktop.domain import strict_yaml, templates
from novita_desktop.domain.foreign_presets import FoundPresets, Omission, OmissionReason, own_name
from novita_desktop.domain.input_values import RANGES
from novita_desktop.domain.json_values import JsonObject, JsonValue, as_object
from novita_desktop.domain.preset_file_parts import (
    MAX_MODEL_CHARACTERS,
    MAX_TEXT_CHARACTERS,
    shown,
)
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import VariableField

KEYS: Final = frozenset({"prompt", "system", "model", "options", "defaults"})
INPUT: Final = "input"
_EXTRA_KEYS: Final = frozenset(
    {
        *("schema_object", "extract", "extract_last", "fragments", "system_fragments", "tools"),
        *("functions", "attachments", "attachment_types", "name"),
    }
)
_HARMLESS: Final = frozenset({"name", "schema_object"})
_DOLLAR = re.compile(r"\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})")


def is_template(value: JsonValue) -> bool:
    """Return whether a YAML document is a template of llm."""
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, dict) and bool(KEYS & value.keys()) and "prompts" not in value


def presets_in(text: str, value: JsonValue, name: str) -> FoundPresets:
    """Return the preset in a template: `value` is what its YAML `text` holds, `name` its file's.

    Raises PresetFileRefused.
    """
    template = {"prompt": value} if isinstance(value, str) else as_object(value)
    unknown = next((key for key in template if key not in KEYS | _EXTRA_KEYS), None)
    if unknown is not None:
        raise PresetFileRefused("unknown_name", given=unknown[:80])
    prompt = _text(template, "prompt", MAX_TEXT_CHARACTERS)
    system = liquid_of(_text(template, "system", MAX_TEXT_CHARACTERS))
    inputs, omissions = _inputs(template, text)
    fields: dict[str, VariableField] = {}
    message = liquid_of(prompt)
    if not prompt:
        message = "{{ input }}"
    elif INPUT not in _names(prompt):
        message = message.rstrip("\n") + "\n\n{{ input }}"
        fields[INPUT] = VariableField(is_required=False)
    for key, default in as_object(template.get("defaults")).items():
        fields[key] = VariableField(default=_plain(default, f"defaults/{key}"))
    omissions += [
        Omission(OmissionReason.UNSUPPORTED, key)
        for key in template
        if key in _EXTRA_KEYS - _HARMLESS
    ]
    form = PromptForm(
        model=templates.escaped(_text(template, "model", MAX_MODEL_CHARACTERS).strip()),
        system=system,
        message=message,
        inputs=inputs,
        fields=fields,
    )
    preset = NewPreset(own_name(name, (), "llm"), form)
    return FoundPresets((preset,), tuple(omissions), is_foreign=True)


def liquid_of(text: str) -> str:
    """Return a template's text with its `$variables` as `{{ variables }}`.

    Braces that stand in the text stay what they are: signs.
    """
    pieces: list[str] = []
    position = 0
    for mark in _DOLLAR.finditer(text):
        before, name = templates.escaped(text[position : mark.start()]), mark[2] or mark[3]
        if name and before.endswith("{"):
            before = before[:-1] + "{{ '{' }}"
        pieces += (before, f"{{{{ {name} }}}}" if name else "$")
        position = mark.end()
    return "".join(pieces) + templates.escaped(text[position:])


def _names(text: str) -> set[str]:
    return {mark[2] or mark[3] for mark in _DOLLAR.finditer(text) if not mark[1]}


def _inputs(template: JsonObject, text: str) -> tuple[dict[str, str], list[Omission]]:
    inputs: dict[str, str] = {}
    omissions = []
    for key, value in as_object(template.get("options")).items():
        if key in RANGES:
            inputs[key] = _plain(value, f"options/{key}")
        else:
            omissions.append(Omission(OmissionReason.UNSUPPORTED, f"options: {key}"))
    if "schema_object" in template:
        schema = as_object(strict_yaml.parsed(text, is_typed=True)).get("schema_object")
        inputs["response_format"] = "json_schema"
        inputs["response_schema"] = templates.escaped(
            json.dumps(schema, ensure_ascii=False, indent=2)
        )
    return inputs, omissions


def _text(template: JsonObject, key: str, limit: int) -> str:
    text = _plain(template.get(key, ""), key)
    if len(text) > limit:
        raise PresetFileRefused("too_long", place=key, limit=limit)
    return text


def _plain(value: JsonValue, place: str) -> str:
    if not isinstance(value, str):
        raise PresetFileRefused("wrong_kind", place=place, given=shown(value), detail="text")
    return value
