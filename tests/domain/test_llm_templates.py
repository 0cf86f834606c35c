"""Templates of llm become presets that ask and send the same."""

from __future__ import annotations

import json
from string import Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import llm_templates, strict_yaml, templates
from novita_desktop.domain.foreign_presets import FoundPresets, Omission, OmissionReason
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.variable_fields import VariableField


def found(text: str) -> FoundPresets:
    return llm_templates.presets_in(text, strict_yaml.parsed(text), "summary")


def preset(text: str) -> NewPreset:
    (only,) = found(text).presets
    return only


def test_a_plain_text_is_the_prompt() -> None:
    made = preset("'Summarise this: $input'")
    assert (made.name, made.form.message) == ("summary", "Summarise this: {{ input }}")
    assert made.form.variables() == ("input",)


def test_prompt_system_model_options_and_defaults() -> None:
    made = preset(
        "model: gpt-4o\n"
        "system: You speak like $voice\n"
        "prompt: |\n  Summarise for ${reader}: $input\n  It costs $$5.\n"
        "options:\n  temperature: 0.70\n  max_tokens: 300\n"
        "defaults:\n  voice: a pirate\n"
    )
    form = made.form
    assert form.model == "gpt-4o"
    assert form.system == "You speak like {{ voice }}"
    assert form.message == "Summarise for {{ reader }}: {{ input }}\nIt costs $5.\n"
    assert form.inputs == {"temperature": "0.70", "max_tokens": "300"}
    assert form.fields == {"voice": VariableField(default="a pirate")}
    assert form.variables() == ("voice", "reader", "input")


def test_without_a_prompt_the_input_is_the_message() -> None:
    assert preset("system: Translate to French").form.message == "{{ input }}"


def test_a_prompt_that_does_not_name_the_input_gets_it_below() -> None:
    form = preset("prompt: A recipe with $ingredients").form
    assert form.message == "A recipe with {{ ingredients }}\n\n{{ input }}"
    assert not form.fields["input"].is_required


def test_a_schema_is_kept_with_its_types() -> None:
    form = preset(
        "prompt: Dogs\nschema_object:\n  type: object\n  properties:\n"
        "    age: {type: integer, minimum: 0}\n  additionalProperties: false\n"
    ).form
    assert form.inputs["response_format"] == "json_schema"
    assert json.loads(form.inputs["response_schema"]) == {
        "type": "object",
        "properties": {"age": {"type": "integer", "minimum": 0}},
        "additionalProperties": False,
    }


def test_what_a_preset_cannot_do_is_told_of() -> None:
    text = "prompt: x $input\nfunctions: |\n  import os\noptions: {logit_bias: none}\n"
    assert found(text).omissions == (
        Omission(OmissionReason.UNSUPPORTED, "options: logit_bias"),
        Omission(OmissionReason.UNSUPPORTED, "functions"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("prompt: [a]", "wrong_kind"),
        ("system: a\nversion: 3", "unknown_name"),
        ("system: a\ndefaults: {a: [b]}", "wrong_kind"),
        ("model: " + "x" * 1_001, "too_long"),
    ],
)
def test_a_wrong_template_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PresetFileRefused) as caught:
        found(text)
    assert caught.value.problem == problem


@given(st.lists(st.sampled_from(["$a", "${a}", "$$", "{", "}", "{{", "}}", "{%", "-", " ", "\n"])))
def test_any_text_is_filled_in_as_llm_would(pieces: list[str]) -> None:
    text = "".join(pieces)
    wanted = Template(text).safe_substitute(a="VALUE")
    assert templates.fill(llm_templates.liquid_of(text), {"a": "VALUE"}, field="message") == wanted


def test_what_is_a_template() -> None:
    assert llm_templates.is_template("text")
    assert llm_templates.is_template({"system": "x"})
    assert not llm_templates.is_template({"prompts": [], "model": "x"})
    assert not llm_templates.is_template(["x"])
    assert not llm_templates.is_template(None)
