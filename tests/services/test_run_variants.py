"""Stored requests, changed in one point."""

from __future__ import annotations

import json

import pytest

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.errors import InputError
from novita_desktop.services.run_variants import continued, lowered, raised, without

BODY = {
    "model": "a/b",
    "messages": [
        {"role": "system", "content": "Be brief"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is "},
                {"type": "text", "text": "this?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}},
            ],
        },
    ],
    "stream": True,
    "max_tokens": 100,
    "temperature": 0.5,
    "thinking": {"type": "enabled"},
    "reasoning_effort": "high",
    "tools": [{"type": "function"}],
    "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}},
    "unknown": {"kept": "ünchanged"},
}
TEXT = json.dumps(BODY, ensure_ascii=False)


def changed(text: str) -> dict[str, object]:
    """Return the fields of `text` that differ from BODY's; a removed one is None."""
    body = json.loads(text)
    names = {*BODY, *body}
    return {name: body.get(name) for name in names if body.get(name) != BODY.get(name)}


def test_continuing_adds_the_part_and_asks_for_the_rest() -> None:
    found = changed(continued(TEXT, "It is a ca"))
    assert set(found) == {"messages", "response_format"}
    messages = found["messages"]
    assert isinstance(messages, list)
    assert messages[:2] == BODY["messages"]
    assert messages[2] == {"role": "assistant", "content": "It is a ca"}
    assert messages[3]["role"] == "user"
    assert "Continue exactly" in messages[3]["content"]


def test_continuing_nothing_is_the_same_request() -> None:
    assert continued(TEXT, "  \n") == TEXT


@pytest.mark.parametrize(("limit", "expected"), [(None, 200), (1_000, 200), (150, 150)])
def test_raising_doubles_up_to_the_models_limit(limit: int | None, expected: int) -> None:
    model = Model("a/b", "B", max_output_tokens=limit)
    assert changed(raised(TEXT, model)) == {"max_tokens": expected}


def test_what_is_at_the_limit_cannot_be_raised() -> None:
    with pytest.raises(InputError) as problem:
        raised(TEXT, Model("a/b", "B", max_output_tokens=100))
    assert (problem.value.field, problem.value.high) == ("max_tokens", "100")


def test_a_model_unknown_to_the_catalogue_has_no_limit() -> None:
    assert changed(raised(TEXT, None)) == {"max_tokens": 200}
    bare = json.dumps({"model": "a/b"})
    assert json.loads(raised(bare, None))["max_tokens"] == 8_192


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ("temperature", {"temperature": None}),
        ("thinking", {"thinking": None, "reasoning_effort": None}),
        ("reasoning", {"thinking": None, "reasoning_effort": None}),
        ("function-calling", {"tools": None}),
        ("structured-outputs", {"response_format": {"type": "json_object"}}),
        ("response_format", {"response_format": {"type": "json_object"}}),
        ("top_p", {}),
    ],
)
def test_leaving_something_out_changes_nothing_else(
    parameter: str, expected: dict[str, object]
) -> None:
    assert changed(without(TEXT, parameter)) == expected


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, 16), (8, 8), (99, 16), (0, None), (100_000, 16)]
)
def test_a_refused_max_tokens_makes_way_for_the_suggested_one(
    limit: int | None, expected: int | None
) -> None:
    small = Model("a/b", "A", max_output_tokens=16)
    assert changed(lowered(TEXT, small, limit)) == {"max_tokens": expected}


def test_a_suggested_max_tokens_that_was_refused_is_left_to_the_host() -> None:
    assert changed(lowered(TEXT, None, None)) == {"max_tokens": None}


def test_a_schema_falls_back_to_an_object_and_that_to_text() -> None:
    once = without(TEXT, "response_format")
    twice = without(once, "response_format")
    assert changed(twice) == {"response_format": None}
    assert without(twice, "response_format") == twice


def test_without_vision_the_pictures_go_and_the_words_stay() -> None:
    (name, messages), *rest = changed(without(TEXT, "vision")).items()
    assert (name, rest) == ("messages", [])
    assert messages == [
        {"role": "system", "content": "Be brief"},
        {"role": "user", "content": "What is this?"},
    ]
