"""Each part of a preset, on its way out and back."""

from __future__ import annotations

import json

import pytest

from novita_desktop.domain import preset_file_parts as parts
from novita_desktop.domain.preset_file_refusal import PresetFileRefused


def there_and_back(name: str, text: str) -> tuple[object, str]:
    written = json.loads(json.dumps(parts.inputs_to_file({name: text})))
    return written[name], parts.inputs_from(written, "inputs")[name]


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("temperature", "0.7", 0.7),
        ("temperature", "0.70", "0.70"),
        ("temperature", "{{ t }}", "{{ t }}"),
        ("max_tokens", "4096", 4096),
        ("max_tokens", "4,096", "4,096"),
        ("seed", "true", "true"),
        ("stop", "END\nSTOP", ["END", "STOP"]),
        ("extra", '{\n  "a": 1\n}', {"a": 1}),
        ("extra", '{"a": 1}', '{"a": 1}'),
        ("extra", '{"a": NaN}', '{"a": NaN}'),
        ("extra", '{"a": 1, "a": 2}', '{"a": 1, "a": 2}'),
        ("response_format", "json_schema", "json_schema"),
    ],
)
def test_an_input_is_written_plainly_and_comes_back_exactly(
    name: str, text: str, written: object
) -> None:
    assert there_and_back(name, text) == (written, text)


def test_a_very_deep_schema_stays_a_text() -> None:
    deep = {}
    for _ in range(35):
        deep = {"properties": {"a": deep}}
    text = json.dumps(deep, indent=2)
    written, back = there_and_back("response_schema", text)
    assert written == text.split("\n")
    assert back == text


def test_a_text_of_very_many_lines_stays_one_string() -> None:
    assert parts.text_to_file("\n" * 1_000) == "\n" * 1_000


@pytest.mark.parametrize(
    ("value", "words"),
    [("x" * 100, '"' + "x" * 60 + '"'), ([1] * 9, "[…]"), ({"a": 1}, "{…}"), (True, "true")],
)
def test_a_wrong_value_is_shown_shortly(value: object, words: str) -> None:
    assert parts.shown(value) == words


def test_limits_are_seconds() -> None:
    limits = {"connect_seconds": 1, "first_word_seconds": 2.5, "silence_seconds": True}
    with pytest.raises(PresetFileRefused) as caught:
        parts.limits_from(limits, "time_limits")
    assert caught.value.place == "time_limits/silence_seconds"
