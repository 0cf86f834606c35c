"""A file is what its ending and its contents say, or it is refused."""

from __future__ import annotations

import pytest

from novita_desktop.domain import preset_files, prompt_files
from novita_desktop.domain.foreign_presets import FoundPresets, OmissionReason
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm


def presets_in(text: str | bytes, name: str) -> FoundPresets:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return prompt_files.presets_in(data, name, lambda _: OmissionReason.UNREADABLE)


OWN = preset_files.to_text([NewPreset("Mine", PromptForm("m"))])
CHAT = '[{"role": "user", "content": "Hi"}]'


@pytest.mark.parametrize(
    ("text", "name", "preset"),
    [
        (OWN, "a.novita.json", "Mine"),
        ("\ufeff" + OWN, "A.JSON", "Mine"),
        (CHAT, "chat.json", "chat"),
        ('{"prompts": ["Hi"]}', "c.json", "Hi"),
        ("prompts: [Hi]", "promptfooconfig.yaml", "Hi"),
        ("- {role: user, content: Hi}", "chat.yml", "chat"),
        ("prompt: Hi $input", "greet.yaml", "greet"),
        ("Hi {{ name }}", "greet.txt", "greet"),
        ("Hi {{ name }}", "greet.md", "greet"),
    ],
)
def test_each_kind_of_file_is_known(text: str, name: str, preset: str) -> None:
    found = presets_in(text, name)
    assert [each.name for each in found.presets] == [preset]
    assert found.is_foreign == (preset != "Mine")


@pytest.mark.parametrize(
    ("text", "name", "problem"),
    [
        ("", "a.json", "empty"),
        (" \n", "a.yaml", "empty"),
        (b"\xff\xfe{\0}\0", "a.json", "not_text"),
        (b"a\0b", "a.txt", "not_text"),
        ("a\ud800", "a.txt", "not_text"),
        ("{}", "a.json", "unknown_format"),
        ("[1]", "a.yaml", "unknown_format"),
        (OWN, "a.exe", "unknown_format"),
        ("{", "a.json", "not_json"),
        ("a: [", "a.yaml", "not_yaml"),
    ],
)
def test_other_files_are_refused(text: str | bytes, name: str, problem: str) -> None:
    with pytest.raises(PresetFileRefused) as caught:
        presets_in(text, name)
    assert caught.value.problem == problem
