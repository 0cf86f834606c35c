"""Presets that could be added, made without any file."""

from __future__ import annotations

import json
from dataclasses import replace

from novita_desktop.domain.costs import Estimate
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from novita_desktop.services.preset_exchange import PresetOffer
from novita_desktop.services.preview import Preview

FORM = PromptForm(
    "m/one",
    "You are kind",
    "Reply to {{ name }}",
    fields={"name": VariableField(FieldKind.LINE, "Their name", "First name", "Ann")},
)
BODY = {
    "model": "m/one",
    "messages": [
        {"role": "system", "content": "You are kind"},
        {"role": "user", "content": "Reply to Ann"},
    ],
}


def offer(name: str = "Greet", folder: str = "Support", **changes: object) -> PresetOffer:
    new = NewPreset(name, FORM, folder, f"What {name} is for.")
    facts: dict[str, object] = {
        "new": new,
        "variables": ("name",),
        "preview": Preview(json.dumps(BODY), Estimate(20, 2_100_000, 66_000_000)),
    }
    return PresetOffer(**{**facts, **changes})  # type: ignore[arg-type]


def there_already(name: str = "Mine", *, is_same: bool = False) -> PresetOffer:
    made = offer(name)
    form = FORM if is_same else replace(FORM, message="Answer {{ name }} shortly")
    twin = Preset(7, name, form, made.new.folder, made.new.description)
    return replace(made, twin=twin, is_same=is_same)
