"""The exact JSON of a request, and the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.request_body import body_of, body_text, reasoning_fields, request_of
from novita_desktop.domain.requests import (
    FormatKind,
    Image,
    Message,
    Parameters,
    Reasoning,
    ResponseFormat,
    Role,
    RunRequest,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PARAMETERS = st.builds(
    Parameters,
    temperature=st.none() | st.floats(0, 2),
    top_p=st.none() | st.floats(0.01, 1),
    max_tokens=st.none() | st.integers(1, 10**6),
    stop=st.lists(st.text(min_size=1, max_size=5), max_size=4).map(tuple),
    seed=st.none() | st.integers(-(2**63), 2**63 - 1),
    frequency_penalty=st.none() | st.floats(-2, 2),
    top_k=st.none() | st.integers(1, 128),
    response_format=st.none()
    | st.just(ResponseFormat(FormatKind.JSON_OBJECT))
    | st.just(ResponseFormat(FormatKind.JSON_SCHEMA, '{\n  "type": "object"\n}')),
    reasoning=st.none() | st.sampled_from(Reasoning),
    reasoning_effort=st.none() | st.sampled_from(["low", "high"]),
)
MESSAGES = st.lists(
    st.builds(
        Message,
        st.sampled_from(Role),
        TEXT,
        st.lists(st.builds(Image, st.just("image/png"), st.just("AAAA")), max_size=2).map(tuple),
    )
).map(tuple)
REQUESTS = st.builds(RunRequest, TEXT, MESSAGES, PARAMETERS)


@given(REQUESTS)
def test_a_body_comes_back_as_the_request_it_was(request):
    assert request_of(body_text(request)) == request


def test_the_plain_body_is_what_the_host_documents():
    request = RunRequest("m", (Message(Role.USER, "Hi"),), Parameters(temperature=0.5))
    assert json.loads(body_text(request)) == {
        "model": "m",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
    }


def test_images_become_parts():
    request = RunRequest("m", (Message(Role.USER, "Hi", (Image("image/png", "AA=="),)),))
    assert body_of(request)["messages"][0]["content"] == [
        {"type": "text", "text": "Hi"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
    ]


def test_the_free_json_field_wins():
    request = RunRequest("m", (), extra={"stream": False, "n": 2})
    assert (body_of(request)["stream"], body_of(request)["n"]) == (False, 2)


@pytest.mark.parametrize(
    ("model", "reasoning", "effort", "fields"),
    [
        ("zai-org/glm-4.5", Reasoning.OFF, None, {"enable_thinking": False}),
        ("deepseek/deepseek-v3.2-exp", Reasoning.ON, None, {"enable_thinking": True}),
        ("moonshotai/kimi-k3", Reasoning.OFF, None, {"thinking": {"type": "disabled"}}),
        ("openai/gpt-oss-120b", Reasoning.ON, "high", {"reasoning_effort": "high"}),
        ("anything", None, None, {}),
    ],
)
def test_reasoning_is_switched_as_each_family_knows_it(model, reasoning, effort, fields):
    assert reasoning_fields(model, reasoning, effort) == fields


@pytest.mark.parametrize("text", ["[1]", "3", "{", '{"a":' + "[" * 100_000])
def test_a_body_is_an_object(text):
    with pytest.raises(ValueError, match=r"."):
        request_of(text)


def test_half_a_surrogate_pair_is_replaced():
    text = body_text(RunRequest("m", (Message(Role.USER, "a\ud83d"),), extra={"b": "\ude00"}))
    assert text.encode()
    assert json.loads(text)["messages"][0]["content"] == "a\ufffd"


def test_a_whole_pair_stays():
    text = body_text(RunRequest("m", (Message(Role.USER, "\U0001f389"),)))
    assert json.loads(text)["messages"][0]["content"] == "\U0001f389"


@pytest.mark.parametrize(
    "fields",
    [
        {"stream": False},
        {"stream_options": {"include_usage": False}},
        {"temperature": "warm"},
        {"stop": "END"},
        {"response_format": {"type": "regex", "pattern": "a"}},
        {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "x", "schema": {}, "strict": False},
            }
        },
        {"thinking": {"type": "enabled", "budget_tokens": 5}},
        {"enable_thinking": True},
        {"enable_thinking": 1},
        {"reasoning_effort": 3},
        {"messages": [{"role": "tool", "content": "x", "tool_call_id": "1"}]},
        {"messages": [{"role": "assistant", "content": None, "tool_calls": []}]},
        {
            "messages": [
                {
                    "role": "user",
                    "content": [{"type": "image_url", "image_url": {"url": "https://x/y.png"}}],
                }
            ]
        },
        {"n": None},
    ],
)
def test_what_the_form_cannot_say_is_said_all_the_same(fields):
    body = {
        "model": "moonshotai/kimi-k3",
        "messages": [{"role": "user", "content": "Hi"}],
        **fields,
    }
    again = json.loads(body_text(request_of(json.dumps(body))))
    assert {name: again[name] for name in body if name != "stop"} == {
        name: value for name, value in body.items() if name != "stop"
    }
    assert again.get("stop") in (None, ["END"])


def test_a_picture_elsewhere_is_not_taken_for_one_of_ours():
    part = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}
    body = {"model": "m", "messages": [{"role": "user", "content": [part]}]}
    assert request_of(json.dumps(body)).messages[0].images == ()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_not_taken_for_one(number):
    text = '{"model":"m","messages":[],"temperature":' + number + "}"
    assert request_of(text).parameters.temperature is None


@given(
    st.dictionaries(
        st.sampled_from(["messages", "model", "stop", "response_format", "thinking", "seed", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | TEXT,
            lambda i: st.lists(i) | st.dictionaries(TEXT, i),
            max_leaves=5,
        ),
    )
)
def test_any_stored_object_can_be_opened(body):
    request_of(json.dumps(body))
