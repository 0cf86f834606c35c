"""What an answer is made of, before it is sent."""

import json

from novita_desktop.demo.chat_request import parse_request
from novita_desktop.demo.completion import PromptCache, compose
from novita_desktop.demo.scenarios import PLAIN, parse_scenario

ROW = {
    "id": "some/model",
    "display_name": " Some Model\t",
    "context_size": 100,
    "max_output_tokens": 90,
    "features": [],
    "pricing": {"input_cache_read": {"price_per_m": 1}},
}


def _request(text: str = "Hello", **fields: object):
    body = {"model": "some/model", "messages": [{"role": "user", "content": text}]}
    return parse_request(body | fields)


def test_the_context_lowers_the_limit_without_an_error() -> None:
    request = _request("x" * 240, max_tokens=90)
    completion = compose(request, ROW, parse_scenario("tokens=500"), PromptCache())
    assert completion.prompt_tokens == 64
    assert completion.tokens == 100 - 64
    assert completion.finish_reason == "length"


def test_without_max_tokens_the_models_maximum_is_the_limit() -> None:
    completion = compose(_request(), ROW, parse_scenario("tokens=500"), PromptCache())
    assert completion.tokens == 90


def test_the_mark_names_the_model_without_stray_blanks() -> None:
    completion = compose(_request(), ROW, PLAIN, PromptCache())
    assert "not written by Some Model." in "".join(completion.content)


def test_fragments_of_a_tool_call_are_its_arguments() -> None:
    completion = compose(_request(), ROW, parse_scenario("tool-call"), PromptCache())
    (call,) = completion.tool_calls
    assert "".join(call.fragments) == call.arguments
    assert json.loads(call.arguments)
    assert completion.tokens == 1 + len(call.fragments)


def test_the_start_of_a_prompt_is_cached_too() -> None:
    cache = PromptCache()
    system = {"role": "system", "content": "x" * 400}
    first = _request(messages=[system, {"role": "user", "content": "One"}])
    second = _request(messages=[system, {"role": "user", "content": "Two"}])
    assert cache.cached_tokens(first, ROW) == 0
    assert cache.cached_tokens(second, ROW) == 96
    assert cache.cached_tokens(second, {**ROW, "pricing": {}}) == 0
    cache.clear()
    assert cache.cached_tokens(second, ROW) == 0


def test_the_cache_forgets_the_oldest() -> None:
    cache = PromptCache(kept=2)
    for text in ("a" * 80, "b" * 80, "c" * 80):
        cache.cached_tokens(_request(text), ROW)
    assert cache.cached_tokens(_request("c" * 80), ROW) > 0
    assert cache.cached_tokens(_request("a" * 80), ROW) == 0
