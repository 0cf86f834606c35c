"""What the host refuses in the body of a chat request, and how it says so."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

VISION = "qwen/qwen3.5-397b-a17b"
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
PICTURE = [{"role": "user", "content": [{"type": "text", "text": "What is it?"}, IMAGE]}]
SCHEMA = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
TOOL = {"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}


def _refusal(response) -> str:
    assert response.status_code == 400
    decoded = response.json()
    assert decoded["code"] == 400
    assert decoded["reason"] == "INVALID_REQUEST_BODY"
    return decoded["message"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("temperature", 2.5, "temperature (current value: 2.5) must be between 0 and 2 "),
        ("temperature", -1, "temperature (current value: -1) must be between 0 and 2 "),
        ("temperature", "warm", "temperature: a number is needed"),
        ("temperature", True, "temperature: a number is needed"),
        ("top_p", 0, "top_p (current value: 0) must be between 0 and 1 "),
        ("top_p", 1.1, "top_p (current value: 1.1) must be between 0 and 1 "),
        ("min_p", 2, "min_p (current value: 2) must be between 0 and 1 "),
        ("frequency_penalty", 3, "frequency_penalty (current value: 3) must be between -2 and 2 "),
        ("repetition_penalty", 0, "repetition_penalty (current value: 0) must be between 0 and 2 "),
        ("max_tokens", 1.5, "max_tokens: a whole number is needed"),
        ("max_tokens", -1, "max_tokens (current value: -1) must be between 0 and 16384 "),
        ("max_tokens", 99_999, "max_tokens (current value: 99999) must be between 0 and 16384 "),
        ("seed", "x", "seed: a whole number is needed"),
        ("stop", ["a", "b", "c", "d", "e"], "stop: up to 4 texts are possible"),
        ("stop", [1], "stop: up to 4 texts are possible"),
        ("stop", 5, "stop: up to 4 texts are possible"),
        ("tools", 5, "tools: a list of objects is needed"),
        ("messages", [], "messages: a list with at least one message is needed"),
        ("messages", "Hi", "messages: a list with at least one message is needed"),
        ("messages", [{"role": "user", "content": 5}], "messages: content must be a text or a list of parts"),
        ("messages", [{"role": "boss", "content": "Hi"}], "messages: the role must be one of system, user, assistant, tool"),
        ("response_format", {"type": ["x"]}, "response_format: type must be text, json_object or json_schema"),
        ("response_format", {"type": "json_schema"}, "response_format: json_schema needs a schema"),
    ],
)  # fmt: skip
def test_wrong_fields_are_named(ask, field: str, value: object, message: str) -> None:
    assert _refusal(ask(**{field: value})) == message


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'"text"'])
def test_a_body_that_is_no_json_object(client, body: bytes) -> None:
    response = client.post("/openai/v1/chat/completions", content=body)
    assert "failed to parse request body" in _refusal(response)


@pytest.mark.parametrize("model", ["", "no/such/model", "DEEPSEEK/deepseek-v3.2"])
def test_an_unknown_model_is_not_found(ask, model: str) -> None:
    response = ask(model=model)
    assert response.status_code == 404
    assert response.json()["reason"] == "MODEL_NOT_FOUND"
    assert response.json()["message"] == "model not found"


def test_a_retired_model_is_listed_but_not_found(ask, client) -> None:
    rows = client.get("/openai/v1/models").json()["data"]
    retired = next(row["id"] for row in rows if row["status"] == 4)
    assert ask(model=retired).status_code == 404


def test_a_model_that_does_not_chat(ask) -> None:
    message = _refusal(ask(model="baai/bge-m3"))
    assert message == "model: baai/bge-m3 does not support endpoint: chat/completions"


def test_images_need_a_model_that_sees(ask) -> None:
    assert _refusal(ask(messages=PICTURE)) == "model features vision not support"
    response = ask(model=VISION, messages=PICTURE)
    assert response.status_code == 200
    assert response.json()["usage"]["prompt_tokens"] > 700


@pytest.mark.parametrize("kind", [SCHEMA, {"type": "json_object"}])
@pytest.mark.parametrize("model", ["Sao10K/L3-8B-Stheno-v3.2", "demo/refuses-json"])
def test_json_needs_a_model_that_has_structured_outputs(ask, kind: dict, model: str) -> None:
    message = _refusal(ask(model=model, response_format=kind))
    assert message == f"model: {model} does not support feature: structured-outputs"


def test_the_model_that_refuses_json_answers_in_text(ask) -> None:
    assert ask(model="demo/refuses-json").status_code == 200


def test_tools_need_a_model_that_calls_functions(ask, client) -> None:
    rows = client.get("/openai/v1/models").json()["data"]
    model = next(
        row["id"]
        for row in rows
        if row["status"] == 1
        and row["model_type"] == "chat"
        and "function-calling" not in row["features"]
    )
    message = _refusal(ask(model=model, tools=[TOOL]))
    assert message == "model features function calling not support"


def test_a_prompt_longer_than_the_context_is_refused(ask) -> None:
    message = _refusal(ask("word " * 20_000))
    assert "maximum context length is 16384 tokens" in message


def test_a_body_of_over_32_megabytes_is_too_large(client) -> None:
    def parts():
        for _ in range(33):
            yield b" " * 1024 * 1024

    for content in (b" " * (33 * 1024 * 1024), parts()):
        response = client.post("/openai/v1/chat/completions", content=content)
        assert response.status_code == 413


def test_fields_nobody_knows_and_n_are_ignored(ask) -> None:
    response = ask(n=3, logit_bias={}, something_new={"a": 1}, temperature=None)
    assert len(response.json()["choices"]) == 1


def test_max_completion_tokens_is_a_limit_too(ask) -> None:
    response = ask(max_completion_tokens=5)
    assert response.json()["usage"]["completion_tokens"] == 5


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)
SCHEMA_WORDS = st.sampled_from([
    "type", "properties", "items", "anyOf", "allOf", "enum", "$ref", "required", "minimum",
    "maximum", "multipleOf", "minItems", "maxLength", "pattern", "prefixItems", "const",
])  # fmt: skip
ODD_SCHEMAS = st.recursive(
    JSON_VALUES | st.sampled_from(["object", "array", "integer", "number", "#", "#/items"]),
    lambda inner: st.dictionaries(SCHEMA_WORDS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([
    "messages", "temperature", "max_tokens", "stop", "seed", "response_format", "tools",
    "tool_choice", "stream", "stream_options", "thinking", "reasoning_effort", "enable_thinking",
])  # fmt: skip


def test_any_body_is_answered_or_refused_but_never_breaks_the_host(host, client) -> None:
    @given(
        st.dictionaries(FIELDS, JSON_VALUES, max_size=3),
        st.dictionaries(SCHEMA_WORDS, ODD_SCHEMAS, max_size=4),
    )
    @settings(max_examples=300)
    def check(odd: dict, schema: dict) -> None:
        body = {
            "model": "deepseek/deepseek-v3.2",
            "messages": [{"role": "user", "content": "Hi"}],
            "max_tokens": 50,
            "response_format": {"type": "json_schema", "json_schema": {"schema": schema}},
            "tools": [{"function": {"name": "f", "parameters": schema}}],
            "tool_choice": "none",
        }
        response = client.post("/openai/v1/chat/completions", content=json.dumps(body | odd))
        assert response.status_code in {200, 400}, response.text

    check()


def test_a_body_of_endless_depth_is_refused(client) -> None:
    deep = b'{"messages": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    response = client.post("/openai/v1/chat/completions", content=deep)
    assert response.status_code == 400
