"""Answers that are not streamed."""

import json
import time

import httpx
import jsonschema
import pytest

REASONER = "deepseek/deepseek-r1-0528"
TOOL = {
    "type": "function",
    "function": {
        "name": "find_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1}},
            "required": ["city", "days"],
        },
    },
}


def _choice(response: httpx.Response) -> dict:
    assert response.status_code == 200, response.text
    (choice,) = response.json()["choices"]
    return choice


def _content(response: httpx.Response) -> str:
    return _choice(response)["message"]["content"]


def test_an_answer_has_the_documented_fields(ask) -> None:
    decoded = ask("Hello there").json()
    assert len(decoded["id"]) == 32
    assert decoded["object"] == "chat.completion"
    assert abs(decoded["created"] - time.time()) < 60
    assert decoded["model"] == "meta-llama/llama-3.1-8b-instruct"
    assert decoded["choices"][0]["finish_reason"] == "stop"
    usage = decoded["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["prompt_tokens_details"] is None
    assert usage["completion_tokens_details"] is None


def test_tokens_are_about_four_characters(ask) -> None:
    response = ask("word " * 400)
    usage = response.json()["usage"]
    assert 500 <= usage["prompt_tokens"] <= 510
    assert 2.5 <= len(_content(response)) / usage["completion_tokens"] <= 6


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Summarise: The river rose. Houses were flooded.", "**In short:**"),
        ("Translate to French: Good morning", "French"),
        ("Seven headlines about lighthouses", "7. "),
        ("Reply to this email: Where is my parcel?", "Kind regards"),
        ("Explain gravity", "gravity"),
        ("Write a Python function for sorting stamps", "```python"),
        ("Make a table of birds", "| --- |"),
        ("Give me JSON about birds", "```json"),
        ("Classify as happy, sad or bored: I won", ""),
        ("Rice and beans tonight", "Beans"),
        ("", "your message"),
        ("漢字の説明", "漢字"),
    ],
)
def test_answers_suit_the_task_and_are_marked(ask, prompt: str, expected: str) -> None:
    content = _content(ask(prompt))
    assert expected in content
    mark = "*Sample answer from the demo, not written by Llama 3.1 8B Instruct.*"
    assert content.splitlines()[-1] == mark


def test_a_choice_is_one_of_those_offered(ask) -> None:
    content = _content(ask("Classify as happy, sad or bored: I won"))
    assert content.splitlines()[0] in {"happy", "sad", "bored"}


def test_the_same_prompt_model_and_seed_give_the_same_answer(ask) -> None:
    answers = {_content(ask("Ideas for a garden", seed=seed)) for seed in range(6)}
    assert len(answers) > 1
    assert _content(ask("Ideas for a garden", seed=3)) == _content(
        ask("Ideas for a garden", seed=3)
    )
    assert _content(ask("Ideas for a garden")) != _content(ask("Ideas for a harbour"))


def test_the_system_prompt_sets_the_task_too(ask) -> None:
    messages = [
        {"role": "system", "content": "You summarise texts."},
        {"role": "user", "content": "The river rose. Houses were flooded."},
    ]
    assert "**In short:**" in _content(ask(messages=messages))


@pytest.mark.parametrize("limit", [1, 20, 60])
def test_max_tokens_cuts_and_says_so(ask, limit: int) -> None:
    response = ask("Explain gravity at length", max_tokens=limit)
    assert _choice(response)["finish_reason"] == "length"
    assert response.json()["usage"]["completion_tokens"] == limit


def test_a_cut_answer_is_marked_at_its_start(ask) -> None:
    content = _content(ask("Explain gravity at length", max_tokens=40))
    assert content.startswith("*Sample answer from the demo, not written by")


def test_a_cut_answer_is_continued_where_it_ended(ask) -> None:
    question = {"role": "user", "content": "Explain gravity at length"}
    begun = _content(ask(messages=[question], max_tokens=40))
    rest = _content(ask(messages=[question, {"role": "assistant", "content": begun}]))
    longer = _content(ask(messages=[question], max_tokens=60))
    assert (begun + rest).startswith(longer)
    assert begun not in rest


def test_a_begun_answer_of_somebody_else_gets_a_whole_one(ask) -> None:
    messages = [
        {"role": "user", "content": "Explain gravity"},
        {"role": "assistant", "content": "Once upon a time"},
    ]
    assert "gravity" in _content(ask(messages=messages))


def test_a_stop_sequence_ends_the_answer_and_is_part_of_it(ask) -> None:
    response = ask("Seven headlines about lighthouses", stop=["3.", "nowhere"])
    assert _content(response).endswith("\n3.")
    assert _content(response).startswith("*Sample answer")
    assert _choice(response)["finish_reason"] == "stop"
    assert _content(ask("Seven headlines about lighthouses", stop="2.")).endswith("\n2.")


def test_a_reasoning_model_thinks_first(ask) -> None:
    response = ask("Explain gravity", model=REASONER)
    message = _choice(response)["message"]
    details = response.json()["usage"]["completion_tokens_details"]
    assert "gravity" in message["reasoning_content"]
    assert "gravity" in message["content"]
    assert 0 < details["reasoning_tokens"] < response.json()["usage"]["completion_tokens"]


def test_a_small_limit_leaves_a_reasoning_model_with_nothing_to_say(ask) -> None:
    choice = _choice(ask("Explain gravity", model=REASONER, max_tokens=40))
    assert choice["message"]["content"] == ""
    assert choice["message"]["reasoning_content"]
    assert choice["finish_reason"] == "length"


@pytest.mark.parametrize(
    "switch",
    [{"enable_thinking": False}, {"thinking": {"type": "disabled"}}, {"reasoning_effort": "none"}],
    ids=str,
)
def test_thinking_can_be_switched_off(ask, switch: dict) -> None:
    assert "reasoning_content" not in _choice(ask(model=REASONER, **switch))["message"]


def test_more_effort_thinks_longer(ask) -> None:
    def thought(effort: str) -> int:
        usage = ask(model=REASONER, reasoning_effort=effort).json()["usage"]
        return usage["completion_tokens_details"]["reasoning_tokens"]

    assert thought("low") < thought("medium") < thought("high")


def test_json_mode_gives_an_object_that_says_it_is_a_sample(ask) -> None:
    decoded = json.loads(_content(ask("Birds", response_format={"type": "json_object"})))
    assert decoded["note"].startswith("Sample answer from the demo")


def test_a_schema_is_met(ask) -> None:
    schema = {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "year": {"type": "integer", "minimum": 1900, "maximum": 2030},
            "kind": {"enum": ["book", "film"]},
            "people": {"type": "array", "items": {"$ref": "#/$defs/person"}, "minItems": 1},
        },
        "required": ["title", "year", "kind", "people"],
        "$defs": {"person": {"type": "object", "properties": {"name": {"type": "string"}}}},
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "work", "schema": schema}}
    value = json.loads(_content(ask("A work about sailors", response_format=wanted)))
    jsonschema.validate(value, schema)


def test_a_tool_is_called_with_arguments_that_fit(ask) -> None:
    response = ask("Weather in Oslo", model=REASONER, tools=[TOOL])
    choice = _choice(response)
    (call,) = choice["message"]["tool_calls"]
    assert choice["finish_reason"] == "tool_calls"
    assert call["function"]["name"] == "find_weather"
    jsonschema.validate(json.loads(call["function"]["arguments"]), TOOL["function"]["parameters"])


def test_after_a_tools_result_or_without_a_choice_there_is_an_answer(ask) -> None:
    assert _content(ask(model=REASONER, tools=[TOOL], tool_choice="none"))
    messages = [
        {"role": "user", "content": "Weather in Oslo"},
        {"role": "assistant", "content": None},
        {"role": "tool", "tool_call_id": "x", "content": "rain"},
    ]
    assert "Oslo" in _content(ask(model=REASONER, messages=messages, tools=[TOOL]))


def test_a_prompt_seen_before_is_cached_where_there_is_a_price_for_it(ask) -> None:
    def cached(model: str) -> object:
        return ask("A long prompt. " * 20, model=model).json()["usage"]["prompt_tokens_details"]

    assert cached("deepseek/deepseek-v3.2") is None
    assert cached("deepseek/deepseek-v3.2") == {"cached_tokens": 64}
    assert [cached("meta-llama/llama-3.1-8b-instruct") for _ in range(2)] == [None, None]


def test_an_answer_takes_as_long_as_it_is_told(ask) -> None:
    start = time.monotonic()
    response = ask("Birds", scenario="plain; latency_ms=150")
    assert 0.15 <= time.monotonic() - start < 2
    assert "It was asked: Birds" in _content(response)


def test_a_client_that_hangs_up_pays_for_what_was_made(ask, host) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{host.base_url}/chat/completions",
            json={
                "model": "deepseek/deepseek-v3.2",
                "messages": [{"role": "user", "content": "Hi"}],
            },
            headers={
                "Authorization": f"Bearer {host.key}",
                "X-Demo-Scenario": "long; ttft_ms=0; speed=100",
            },
            timeout=0.4,
        )
    assert host.wait_for_hang_ups(1)
    (entry,) = host.chats
    assert 10 <= entry.tokens_sent <= 500
    assert host.log.wait_for(lambda _: host.account.balance_units < 25 * 10**10)


@pytest.mark.parametrize(
    ("scenario", "check"),
    [
        ("no-finish", lambda choice, usage: choice["finish_reason"] is None),
        ("no-usage", lambda choice, usage: usage == "absent"),
        ("usage=null", lambda choice, usage: usage is None),
        ("cached=5", lambda choice, usage: usage["prompt_tokens_details"] == {"cached_tokens": 5}),
        ("finish=content_filter", lambda choice, usage: choice["finish_reason"] == "content_filter"),
        ("blank", lambda choice, usage: choice["message"]["content"] == ""),
        ("text=Just this", lambda choice, usage: choice["message"]["content"] == "Just this"),
        ("truncated", lambda choice, usage: choice["finish_reason"] == "length"),
        ("reasoning-field; reasoning_tokens=9", lambda choice, usage: choice["message"]["reasoning"]),
        ("tool-call", lambda choice, usage: choice["message"]["tool_calls"]),
        ("long; tokens=2000", lambda choice, usage: usage["completion_tokens"] == 2000),
    ],
)  # fmt: skip
def test_scenarios_of_whole_answers(ask, scenario: str, check) -> None:
    decoded = ask(scenario=scenario).json()
    assert check(decoded["choices"][0], decoded.get("usage", "absent"))


def test_an_empty_answer_after_reasoning(ask) -> None:
    decoded = ask(scenario="empty-answer").json()
    assert decoded["choices"][0]["message"]["content"] == ""
    assert decoded["choices"][0]["finish_reason"] == "length"
    assert decoded["usage"]["completion_tokens_details"]["reasoning_tokens"] == 200


@pytest.mark.parametrize("scenario", ["broken", "broken-at; break_at=0", "broken-at; break_at=50"])
def test_a_whole_answer_can_break_off(ask, scenario: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        ask(scenario=scenario)


@pytest.mark.parametrize("scenario", ["ends-early", "malformed"])
def test_a_whole_answer_can_be_cut_to_what_is_not_json(ask, scenario: str) -> None:
    response = ask(scenario=scenario)
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_a_whole_answer_can_be_an_error_after_all(ask) -> None:
    assert ask(scenario="error-midway").status_code == 500
