"""Prompts of promptfoo become presets; programs and other people's files never do."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from novita_desktop.domain import promptfoo_prompts, strict_yaml
from novita_desktop.domain.foreign_presets import FoundPresets, Omission, OmissionReason
from novita_desktop.domain.preset_file_refusal import PresetFileRefused

CHAT = '[{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi {{name}}"}]'


def config(text: str, files: dict[str, str] | None = None) -> FoundPresets:
    beside = files or {}
    return promptfoo_prompts.presets_in_config(
        strict_yaml.parsed(text),
        "promptfooconfig",
        lambda name: beside.get(name, OmissionReason.UNREADABLE),
    )


def test_prompts_and_the_first_tests_values() -> None:
    found = config(
        "prompts:\n"
        "  - 'Translate to {{language}}: {{text}}'\n"
        "  - |-\n    Second\n    {{text}}\n"
        "defaultTest: {vars: {language: Spanish, unused: x}}\n"
        "tests:\n  - vars: {language: [French, German], text: Hello}\n  - vars: {text: no}\n"
    )
    first, second = found.presets
    assert first.form.message == "Translate to {{language}}: {{text}}"
    assert first.form.values == {"language": "French", "text": "Hello"}
    assert second.form.values == {"text": "Hello"}
    assert first.name == "Translate to …: …"
    assert found.is_foreign


def test_one_prompt_alone_and_the_same_name_twice() -> None:
    assert [preset.name for preset in config("prompts: Hi {{x}}").presets] == ["Hi …"]
    found = config("prompts: [Hi, hi]")
    assert [preset.name for preset in found.presets] == ["Hi", "hi 2"]


def test_labels_raw_texts_and_files() -> None:
    found = config(
        "prompts:\n"
        "  - {id: file://prompts/a.txt, label: Support}\n"
        "  - {raw: 'Raw {{x}}', label: Rough}\n"
        "  - file://chat.json\n"
        "  - chat.yaml\n",
        {
            "prompts/a.txt": "One {{x}}\n---\nTwo\r\n--- \n",
            "chat.json": CHAT,
            "chat.yaml": "- {role: user, content: Yo}",
        },
    )
    assert [(p.name, p.form.system, p.form.message) for p in found.presets] == [
        ("Support", "", "One {{x}}"),
        ("Support 2", "", "Two"),
        ("Rough", "", "Raw {{x}}"),
        ("chat", "Be brief", "Hi {{name}}"),
        ("chat 2", "", "Yo"),
    ]
    assert found.omissions == ()


def test_a_chat_may_stand_in_the_config() -> None:
    (preset,) = config(f"prompts:\n  - '{CHAT}'").presets
    assert (preset.form.system, preset.form.message) == ("Be brief", "Hi {{name}}")


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("exec:./make prompt", OmissionReason.PROGRAM),
        ("file://make.py:prompt", OmissionReason.PROGRAM),
        ("./make.sh", OmissionReason.PROGRAM),
        ("python:make.py", OmissionReason.PROGRAM),
        ("langfuse://a:3", OmissionReason.UNSUPPORTED),
        ("https://example.com/a.txt", OmissionReason.UNSUPPORTED),
        ("file://prompts/*.txt", OmissionReason.UNSUPPORTED),
        ("file://prompts.csv", OmissionReason.UNSUPPORTED),
        ("file://gone.txt", OmissionReason.UNREADABLE),
    ],
)
def test_what_is_no_text_is_left_out(prompt: str, reason: OmissionReason) -> None:
    assert config(f"prompts: ['{prompt}']") == FoundPresets(
        (), (Omission(reason, prompt),), is_foreign=True
    )


def test_a_prompt_may_speak_of_programs() -> None:
    (preset,) = config("prompts: [Write tests for main.py]").presets
    assert preset.form.message == "Write tests for main.py"


def test_conversations_and_pictures_are_left_out() -> None:
    turns = [{"role": role, "content": "x"} for role in ("user", "assistant", "user")]
    assert promptfoo_prompts.presets_in_chat(turns, "c").omissions == (
        Omission(OmissionReason.CONVERSATION, "c"),
    )
    seen = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]
    assert promptfoo_prompts.presets_in_chat(seen, "c").omissions == (
        Omission(OmissionReason.UNSUPPORTED, "c"),
    )
    parts = [{"role": "user", "content": [{"type": "text", "text": "a"}]}]
    (preset,) = promptfoo_prompts.presets_in_chat(parts, "c").presets
    assert preset.form.message == "a"


def test_filters_get_liquids_names() -> None:
    text = (
        "{{ a | upper }} {{ b|default('x') | trim }} {{ c | dump }} | upper {% if a %}y{% endif %}"
    )
    (preset,) = promptfoo_prompts.presets_in_text(text, "t").presets
    assert preset.form.message == (
        "{{ a | upcase }} {{ b| default: 'x' | strip }} {{ c  }} | upper {% if a %}y{% endif %}"
    )


def test_limits() -> None:
    with pytest.raises(PresetFileRefused, match="too_many_presets"):
        config("prompts: [" + "x, " * 201 + "]")
    with pytest.raises(PresetFileRefused, match="too_many_presets"):
        promptfoo_prompts.presets_in_text("x\n---\n" * 201, "t")
    with pytest.raises(PresetFileRefused, match="too_long"):
        promptfoo_prompts.presets_in_text("x" * 1_000_001, "t")
    with pytest.raises(PresetFileRefused, match="no_presets"):
        config("prompts: []")
    with pytest.raises(PresetFileRefused, match="broken_characters"):
        promptfoo_prompts.presets_in_chat([{"role": "user", "content": "\ud800"}], "t")


@pytest.mark.parametrize(
    "text", ["{{" * 400_000, "{{ a |" * 150_000, "{% " * 300_000, "---\n" * 200_000]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    began = time.perf_counter()
    with suppress(PresetFileRefused):
        promptfoo_prompts.presets_in_text(text + "x", "t")
    assert time.perf_counter() - began < 10


def test_what_is_what() -> None:
    assert promptfoo_prompts.is_config({"prompts": "x"})
    assert not promptfoo_prompts.is_config({"prompt": "x"})
    assert promptfoo_prompts.is_chat([{"role": "user", "content": "x"}])
    assert not promptfoo_prompts.is_chat([])
    assert not promptfoo_prompts.is_chat([{"role": "user"}])
