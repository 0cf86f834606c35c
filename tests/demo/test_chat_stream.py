"""Streamed answers, their dialects and their faults."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

BROKEN = httpx.RemoteProtocolError
MODEL = "meta-llama/llama-3.1-8b-instruct"


@pytest.fixture
def stream(client):
    """Open a streamed chat: `with stream("Hello", scenario) as response`."""

    @contextmanager
    def opened(prompt="Hello", scenario="plain", **fields) -> Iterator[httpx.Response]:
        body = {
            "model": MODEL,
            "messages": [{"role": "user", "content": prompt}],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        headers = {} if scenario is None else {"X-Demo-Scenario": scenario}
        with client.stream(
            "POST", "/openai/v1/chat/completions", json=body | fields, headers=headers
        ) as response:
            yield response

    return opened


@pytest.fixture
def read(stream):
    """Return the whole body of a streamed chat as text."""

    def whole(prompt="Hello", scenario="plain", **fields) -> str:
        with stream(prompt, scenario, **fields) as response:
            assert response.headers["content-type"] == "text/event-stream"
            return response.read().decode()

    return whole


def _collect(response: httpx.Response, got: bytearray) -> None:
    for part in response.iter_raw():
        got.extend(part)


def _data(text: str) -> list[str]:
    return [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]


def _chunks(text: str) -> list[dict]:
    return [json.loads(data) for data in _data(text) if data != "[DONE]"]


def _said(text: str, field: str = "content") -> str:
    deltas = [chunk["choices"][0]["delta"] for chunk in _chunks(text) if chunk["choices"]]
    return "".join(delta.get(field) or "" for delta in deltas)


def test_a_stream_is_built_as_recorded(read) -> None:
    text = read()
    chunks = _chunks(text)
    assert text.endswith("data: [DONE]\n\n")
    assert chunks[0]["choices"] == [
        {"index": 0, "delta": {"role": "assistant"}, "finish_reason": None}
    ]
    assert chunks[-2]["choices"] == [{"index": 0, "delta": {}, "finish_reason": "stop"}]
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["prompt_tokens_details"] is None
    assert all("usage" not in chunk for chunk in chunks[:-1])
    for chunk in chunks:
        assert chunk.keys() >= {"id", "object", "created", "model", "system_fingerprint"}
        assert chunk["object"] == "chat.completion.chunk"
        assert chunk["sla_metrics"].keys() == {"ttft_ms", "ts_us"}
    assert len({chunk["id"] for chunk in chunks}) == 1


def test_a_stream_says_what_a_whole_answer_says(read, ask) -> None:
    prompt = "Explain gravity with ünïcödé 漢字 😀"
    whole = ask(prompt).json()
    text = read(prompt)
    assert _said(text) == whole["choices"][0]["message"]["content"]
    assert _chunks(text)[-1]["usage"] == whole["usage"]


def test_usage_comes_only_when_asked_for(read) -> None:
    assert "usage" not in read(stream_options=None)
    assert "usage" not in read(scenario="no-usage")
    assert _chunks(read(scenario="usage=null"))[-1]["usage"] is None
    assert len(_chunks(read(scenario="usage=empty-choice"))[-1]["choices"]) == 1


def test_reasoning_comes_before_the_text(read) -> None:
    text = read("Explain gravity", model="deepseek/deepseek-r1-0528")
    assert "gravity" in _said(text, "reasoning_content")
    assert text.index("reasoning_content") < text.index('"content"')
    other = read("Explain gravity", "reasoning-field; reasoning_tokens=5")
    assert _said(other, "reasoning")
    assert "reasoning_content" not in other


def test_tool_calls_come_in_fragments(read) -> None:
    chunks = _chunks(read("Weather in Oslo", "tool-call"))
    parts = [
        part
        for chunk in chunks
        for choice in chunk["choices"]
        for part in choice["delta"].get("tool_calls", [])
    ]
    assert parts[0]["id"]
    assert parts[0]["function"] == {"name": "look_up", "arguments": ""}
    assert len(parts) > 3
    arguments = "".join(part["function"]["arguments"] for part in parts)
    assert json.loads(arguments).keys() == {"words"}
    assert chunks[-2]["choices"][0]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize(
    "scenario",
    ["no-space", "comments", "crlf", "odd-lines", "gzip", "cut; cut=1", "cut; cut=5; gzip=1", "null-first"],
)  # fmt: skip
def test_every_dialect_says_the_same(read, scenario: str) -> None:
    assert _said(read("漢字 for everyone", scenario)) == _said(read("漢字 for everyone"))


def test_the_dialects_are_what_they_say(read) -> None:
    assert "data:{" in read(scenario="no-space")
    assert "\n: keep-alive" in read(scenario="comments")
    assert read(scenario="crlf").count("\r\n\r\n") == read(scenario="crlf").count("data: ")
    assert "event: message\r\nid: 2\r\nretry: 3000\r\ndata:{" in read(scenario="odd-lines")
    first = _chunks(read(scenario="null-first"))[0]["choices"][0]["delta"]
    assert first == {"role": "assistant", "content": None}


def test_gzip_is_told_and_smaller(stream) -> None:
    with stream(scenario="gzip") as response:
        assert response.headers["content-encoding"] == "gzip"
        raw = b"".join(response.iter_raw())
    assert raw.startswith(b"\x1f\x8b")


def test_cuts_fall_inside_characters(stream, host) -> None:
    host.script(["text=漢字漢字; cut=2; cut_ms=1"])
    with stream(scenario=None) as response:
        parts = [part for part in response.iter_raw() if part]
    with pytest.raises(UnicodeDecodeError):
        [part.decode() for part in parts]
    assert _said(b"".join(parts).decode()) == "漢字漢字"


def test_a_missing_end_mark_and_a_missing_finish(read) -> None:
    assert "[DONE]" not in read(scenario="no-done")
    assert '"finish_reason":"stop"' not in read(scenario="no-finish")
    assert "[DONE]" in read(scenario="no-finish")


def test_a_body_that_ends_early_ends_cleanly(read) -> None:
    chunks = _chunks(read("Explain gravity", "ends-early; end_after=4"))
    assert len(chunks) == 1 + 4
    assert "[DONE]" not in read("Explain gravity", "ends-early")


def test_a_malformed_line_stands_between_good_ones(read) -> None:
    data = _data(read("Explain gravity", "malformed; malformed_after=2"))
    bad = []
    for number, line in enumerate(data[:-1]):
        try:
            json.loads(line)
        except json.JSONDecodeError:
            bad.append(number)
    assert bad == [1 + 2]
    assert data[-1] == "[DONE]"


@pytest.mark.parametrize(("shape", "key"), [("A", "reason"), ("C", "error")])
def test_an_error_in_the_middle(read, shape: str, key: str) -> None:
    chunks = _chunks(read("Explain gravity", f"error-midway; error_after=3; shape={shape}"))
    assert len(chunks) == 1 + 3 + 1
    assert key in chunks[-1]


@pytest.mark.parametrize("after", [0, 3, 9999])
def test_a_stream_breaks_after_chunks(stream, after: int) -> None:
    got = bytearray()
    scenario = f"broken; break_after={after}"
    with stream("Explain gravity", scenario) as response, pytest.raises(BROKEN):
        _collect(response, got)
    text = got.decode()
    if after < 9999:
        assert len(_chunks(text)) == (after and 1 + after)
    assert '"finish_reason":"stop"' not in text


@pytest.mark.parametrize("length", [0, 1, 300, 777])
@pytest.mark.parametrize("more", ["", "; cut=7", "; speed=2000"])
def test_a_stream_breaks_at_a_byte(stream, length: int, more: str) -> None:
    got = bytearray()
    scenario = f"broken-at; break_at={length}{more}"
    with stream("Explain gravity", scenario) as response, pytest.raises(BROKEN):
        _collect(response, got)
    assert len(got) == length


def test_a_reset_is_an_error_too(stream) -> None:
    with pytest.raises(httpx.NetworkError), stream(scenario="broken; reset=1") as response:
        response.read()


def test_a_gate_holds_after_the_first_word(stream, host) -> None:
    got = []

    def follow() -> None:
        with stream("Explain gravity", "gate; gate=half") as response:
            got.extend(response.iter_text())

    thread = threading.Thread(target=follow)
    thread.start()
    assert host.wait_until_held("half")
    assert host.log.wait_for(lambda _: host.chats[0].tokens_sent == 1)
    assert host.chats[0].ended_at is None
    host.release("half")
    thread.join(5)
    assert "".join(got).endswith("data: [DONE]\n\n")
    with stream("Explain gravity", "gate; gate=half") as response:
        assert response.read()


def test_reset_lets_held_answers_go(stream, host) -> None:
    def follow() -> None:
        with stream("Explain gravity", "gate; gate_after=0") as response:
            response.read()

    thread = threading.Thread(target=follow)
    thread.start()
    assert host.wait_until_held("gate")
    host.reset()
    thread.join(5)
    assert not thread.is_alive()


def test_a_stream_that_falls_silent_notices_the_hang_up(stream, host) -> None:
    with stream("Explain gravity", "hang-midway; hang_after=2") as response:
        text = ""
        for part in response.iter_text():
            text += part
            if len(_data(text)) == 3:
                break
    assert host.wait_for_hang_ups(1)
    (entry,) = host.chats
    assert entry.tokens_sent == 2
    assert entry.hung_up_at is not None


def test_a_hang_up_stops_the_writing_at_once(stream, host) -> None:
    with stream("Explain gravity", "long; speed=100; ttft_ms=0") as response:
        next(response.iter_raw())
        closed_at = time.monotonic()
    assert host.wait_for_hang_ups(1)
    (entry,) = host.chats
    assert entry.hung_up_at - closed_at < 1
    assert entry.tokens_sent < 1000


def test_the_pace_is_kept(stream) -> None:
    start = time.monotonic()
    arrivals = []
    with stream("Explain gravity", "ttft_ms=100; speed=100; truncate=31") as response:
        for part in response.iter_text():
            arrivals += [time.monotonic() - start] * part.count('"content"')
    assert len(arrivals) == 31
    assert arrivals[0] >= 0.1
    assert arrivals[-1] - arrivals[0] >= 0.27
    assert len(set(arrivals)) > 10


def test_a_long_answer_has_every_kind_of_block(read) -> None:
    text = _said(read(scenario="long", max_tokens=16384, model="demo/long-answer"))
    for mark in ("## Part", "\n- ", "\n1. ", "| --- |", "```python", "> ", "😀", "  - "):
        assert mark in text
    usage = _chunks(read(scenario="long", model="demo/long-answer"))[-1]["usage"]
    assert usage["completion_tokens"] == 20_000
