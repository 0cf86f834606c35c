"""Presets in a file: the same when they come back; hostile files are refused whole."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from novita_desktop.domain import preset_files
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.variable_fields import FieldKind, VariableField
from tests.domain.preset_samples import preset_lists

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "preset.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def file_of(*presets: object, **changes: object) -> str:
    return json.dumps(
        {"format": "novita-presets", "version": 1, "presets": list(presets), **changes}
    )


def refusal(text: str) -> PresetFileRefused:
    with pytest.raises(PresetFileRefused) as caught:
        preset_files.from_text(text)
    return caught.value


@given(preset_lists)
def test_any_presets_come_back_equal(presets: list[NewPreset]) -> None:
    text = preset_files.to_text(presets)
    assert list(preset_files.from_text(text)) == presets


@given(preset_lists)
def test_every_file_that_is_written_fits_the_schema(presets: list[NewPreset]) -> None:
    VALIDATOR.validate(json.loads(preset_files.to_text(presets)))


def test_the_schema_is_sound_and_knows_every_kind_of_field() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    kinds = SCHEMA["$defs"]["field"]["properties"]["kind"]["enum"]
    assert kinds == [kind.value for kind in FieldKind]


def test_the_documented_example_can_be_imported() -> None:
    document = (ROOT / "docs" / "preset-format.md").read_text(encoding="utf-8")
    example = document.split("```json\n")[1].split("```")[0]
    (preset,) = preset_files.from_text(example)
    assert preset.form.inputs == {"temperature": "0.3"}
    assert preset.form.message.splitlines()[0] == "Rewrite this text for {{ readers }}:"
    VALIDATOR.validate(json.loads(example))


def test_a_file_is_readable() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    form = PromptForm(
        "m",
        message="One\nTwo",
        inputs={
            "temperature": "0.2",
            "top_p": "{{ p }}",
            "response_schema": json.dumps(schema, indent=2),
        },
        fields={"p": VariableField(FieldKind.NUMBER, default="1")},
    )
    (written,) = json.loads(preset_files.to_text([NewPreset("N", form)]))["presets"]
    assert written["message"] == ["One", "Two"]
    assert written["inputs"] == {"temperature": 0.2, "top_p": "{{ p }}", "response_schema": schema}
    assert written["fields"] == {"p": {"kind": "number", "default": "1"}}
    assert "images" not in written


def test_what_the_person_did_with_a_preset_stays_behind() -> None:
    form = PromptForm("m", message="{{ a }}", preset=PresetUse(7, 3, "Old"))
    preset = Preset(7, "N", form, is_favourite=True, last_values={"a": "private"})
    text = preset_files.to_text([preset_files.exported(preset)])
    assert "private" not in text
    assert set(json.loads(text)["presets"][0]) == {"name", "model", "message"}


def test_half_a_character_is_replaced_on_the_way_out() -> None:
    text = preset_files.to_text([NewPreset("N", PromptForm("m", message="a\ud83d"))])
    assert preset_files.from_text(text)[0].form.message == "a\N{REPLACEMENT CHARACTER}"


def test_a_name_is_made_tidy_and_never_a_path() -> None:
    (preset,) = preset_files.from_text(file_of({"name": " ../../etc\n/passwd ", "folder": "C:\\"}))
    assert (preset.name, preset.folder) == ("../../etc /passwd", "C:\\")


NAMED = {"name": "N"}


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ("", "not_json", ""),
        ("[]", "unknown_format", ""),
        ("3", "unknown_format", ""),
        ('{"format": "other"}', "unknown_format", ""),
        ('{"format": "novita-presets"}', "bad_value", "version"),
        (file_of(NAMED, version=True), "bad_value", "version"),
        (file_of(NAMED, version=0), "bad_value", "version"),
        (file_of(NAMED, version=2, news=1), "newer_version", ""),
        (file_of(NAMED, news=1), "unknown_name", ""),
        (file_of(), "no_presets", ""),
        (file_of(presets={}), "wrong_kind", "presets"),
        (file_of(presets=[NAMED] * 1001), "too_many_presets", "presets"),
        (file_of(7), "wrong_kind", "presets/1"),
        (file_of({}), "missing", "presets/1/name"),
        (file_of({"name": " \n"}), "missing", "presets/1/name"),
        (file_of({"name": 3}), "wrong_kind", "presets/1/name"),
        (file_of({"name": "x" * 121}), "too_long", "presets/1/name"),
        (file_of(NAMED, {"name": " n "}), "duplicate_name", "presets/2/name"),
        (file_of({**NAMED, "path": "/etc"}), "unknown_name", "presets/1"),
        (file_of({**NAMED, "message": ["a", 1]}), "wrong_kind", "presets/1/message"),
        (file_of({**NAMED, "message": []}), "wrong_kind", "presets/1/message"),
        (file_of({**NAMED, "message": "x" * 1_000_001}), "too_long", "presets/1/message"),
        (file_of({**NAMED, "message": "\ud800"}), "broken_characters", "presets/1/message"),
        (file_of({**NAMED, "values": {"\udfff": ""}}), "broken_characters", "presets/1/values"),
        (file_of({**NAMED, "inputs": {"api_key": "sk"}}), "unknown_name", "presets/1/inputs"),
        (file_of({**NAMED, "inputs": {"top_p": None}}), "wrong_kind", "presets/1/inputs/top_p"),
        (file_of({**NAMED, "inputs": {"seed": True}}), "wrong_kind", "presets/1/inputs/seed"),
        (file_of({**NAMED, "fields": {"a": {"kind": "spoon"}}}), "bad_value", "presets/1/fields/a/kind"),
        (
            file_of({**NAMED, "fields": {"a": {"required": "no"}}}),
            "wrong_kind",
            "presets/1/fields/a/required",
        ),
        (
            file_of({**NAMED, "fields": {"a": {"choices": ["x", "x"]}}}),
            "bad_value",
            "presets/1/fields/a/choices",
        ),
        (
            file_of({**NAMED, "fields": {"a": {"choices": [str(n) for n in range(201)]}}}),
            "too_many",
            "presets/1/fields/a/choices",
        ),
        (
            file_of({**NAMED, "values": {str(n): "" for n in range(1001)}}),
            "too_many",
            "presets/1/values",
        ),
        (file_of({**NAMED, "values": {"x" * 201: ""}}), "too_long", "presets/1/values"),
        (
            file_of({**NAMED, "images": [{"media_type": "image/svg+xml", "base64": ""}]}),
            "bad_value",
            "presets/1/images/1/media_type",
        ),
        (
            file_of({**NAMED, "images": [{"media_type": "image/png", "base64": "?"}]}),
            "bad_image",
            "presets/1/images/1",
        ),
        (file_of({**NAMED, "retry_policy": "always"}), "bad_value", "presets/1/retry_policy"),
        (
            file_of({**NAMED, "time_limits": {"connect_seconds": 1}}),
            "missing",
            "presets/1/time_limits/first_word_seconds",
        ),
        (
            file_of(
                {
                    **NAMED,
                    "time_limits": {
                        "connect_seconds": 0,
                        "first_word_seconds": 1,
                        "silence_seconds": 1,
                    },
                }
            ),
            "bad_value",
            "presets/1/time_limits/connect_seconds",
        ),
    ],
)  # fmt: skip
def test_what_is_not_in_the_format_is_refused_with_its_place(
    text: str, problem: str, place: str
) -> None:
    error = refusal(text)
    assert (error.problem, error.place) == (problem, place)


def test_wrong_files_do_not_fit_the_schema_either() -> None:
    for wrong in ({}, {**NAMED, "message": 3}, {**NAMED, "path": "/"}, {"name": "x" * 121}):
        assert not VALIDATOR.is_valid(json.loads(file_of(wrong)))


def test_a_huge_wrong_value_is_refused_at_once() -> None:
    text = file_of({"name": [["x"] * 100] * 2_000})
    began = time.perf_counter()
    assert refusal(text).problem == "wrong_kind"
    assert time.perf_counter() - began < 5
