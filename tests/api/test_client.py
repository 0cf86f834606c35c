"""The client against a real socket: answers, refusals, silence, and what must not leak."""

import asyncio
import gzip
import json
import time

import pytest

from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.domain import errors
from novita_desktop.domain.costs import Usage
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import ReasoningDelta, StreamFinished, StreamOpened, TextDelta
from tests.api.byte_server import Reply, http, stream

KEY = "sk_marker_0123456789"
QUICK = TimeLimits(connect_seconds=2, first_word_seconds=0.3, silence_seconds=0.3)
PATIENT = TimeLimits(connect_seconds=2, first_word_seconds=5, silence_seconds=5)


def chunk(text="", reason=None, **extra):
    body = {"id": "abc", "object": "chat.completion.chunk", "model": "m", "created": 1}
    body["choices"] = [{"index": 0, "delta": {"content": text}, "finish_reason": reason}]
    return b"data: " + json.dumps(body | extra).encode() + b"\n\n"


USAGE = (
    b'data: {"id":"abc","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,'
    b'"total_tokens":5,"prompt_tokens_details":null},"sla_metrics":{"ttft_ms":274}}\n\n'
)
DONE = b"data: [DONE]\n\n"


def run(server, body="{}", limits=PATIENT):
    async def collect():
        client = NovitaClient(server.base_url, KEY, NetworkOptions())
        try:
            return [event async for event in client.stream_chat(body, limits)]
        finally:
            await client.close()

    return asyncio.run(collect())


def words(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def test_a_streamed_answer(server):
    server.replies.append(
        Reply(stream(chunk("Hel"), chunk("lo"), chunk(reason="stop"), USAGE, DONE))
    )
    events = run(server, '{"model":"ü"}')
    assert isinstance(events[0], StreamOpened)
    assert words(events) == "Hello"
    end = events[-1]
    assert isinstance(end, StreamFinished)
    assert (end.finish_reason, end.usage) == ("stop", Usage(3, 2))
    assert end.raw["choices"][0]["message"]["content"] == "Hello"
    assert end.raw["sla_metrics"] == {"ttft_ms": 274}
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert body == '{"model":"ü"}'.encode()
    assert f"authorization: bearer {KEY}".encode() in head.lower()


def test_every_cut_gives_the_same_answer(server):
    whole = chunk("Grüße 🎉 ") + b": ping\r\n\r\n" + chunk("世界", "stop") + USAGE + DONE
    for cut in range(0, len(whole), 7):
        server.replies.append(Reply(stream(whole[:cut], whole[cut:])))
        assert words(run(server)) == "Grüße 🎉 世界"


def test_a_zipped_stream(server):
    body = gzip.compress(chunk("zipped", "stop") + DONE)
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
        b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    server.replies.append(Reply([head, body[:20], body[20:]]))
    assert words(run(server)) == "zipped"


def test_reasoning_under_both_names_and_tool_calls(server):
    def delta(**fields):
        return b"data:" + json.dumps({"choices": [{"delta": fields}]}).encode() + b"\n\n"

    server.replies.append(
        Reply(
            stream(
                delta(role="assistant", content=None),
                delta(reasoning_content="Hm"),
                delta(reasoning="m"),
                delta(tool_calls=[{"index": 0, "id": "c1", "function": {"name": "f"}}]),
                delta(tool_calls=[{"function": {"arguments": '{"a"'}}]),
                delta(tool_calls=[{"function": {"arguments": ":1}"}}]),
                chunk(reason="tool_calls"),
                chunk(reason="tool_calls"),
                DONE,
            )
        )
    )
    events = run(server)
    assert "".join(e.text for e in events if isinstance(e, ReasoningDelta)) == "Hmm"
    message = events[-1].raw["choices"][0]["message"]
    assert message["reasoning_content"] == "Hmm"
    assert message["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"a":1}'}


def test_a_missing_done_after_the_reason_is_a_whole_answer(server):
    server.replies.append(Reply(stream(chunk("Hello", "stop"))))
    assert isinstance(run(server)[-1], StreamFinished)


@pytest.mark.parametrize("end", [b"", DONE, b"data: {broken\n\n", b'data: "text"\n\n'])
def test_an_answer_without_its_end_mark_is_not_a_success(server, end):
    server.replies.append(Reply(stream(chunk("Hello"), end)))
    with pytest.raises(errors.StreamBroken):
        run(server)


def test_a_connection_that_breaks(server):
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = chunk("Hello")
    server.replies.append(Reply([head, b"%x\r\n" % len(piece) + piece + b"\r\n"], reset=True))
    with pytest.raises(errors.StreamBroken):
        run(server)


def test_a_break_before_the_first_word_may_be_tried_again(server):
    server.replies.append(Reply(stream()))
    with pytest.raises(errors.ConnectionTrouble) as caught:
        run(server)
    assert caught.value.retryable


def test_an_error_inside_the_stream_keeps_the_hosts_words(server):
    server.replies.append(
        Reply(stream(chunk("Hel"), b'data: {"error":{"message":"engine died","code":500}}\n\n'))
    )
    with pytest.raises(errors.StreamReportedError) as caught:
        run(server)
    assert caught.value.reply.message == "engine died"


def test_an_error_instead_of_the_first_word_is_that_error(server):
    body = b'data: {"code":429,"reason":"RATE_LIMIT_EXCEEDED","message":"slow down"}\n\n'
    server.replies.append(Reply(stream(body)))
    with pytest.raises(errors.RateLimited):
        run(server)


def test_an_answer_that_is_not_streamed(server):
    body = {
        "id": "abc",
        "choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 2},
    }
    server.replies.append(Reply(http("200 OK", json.dumps(body, indent=1).encode())))
    events = run(server)
    assert words(events) == "Hi"
    assert events[-1].usage == Usage(3, 2)


def test_a_sign_in_page_is_no_answer(server):
    server.replies.append(Reply(http("200 OK", b"<html>Sign in</html>", "text/html")))
    with pytest.raises(errors.NotJson):
        run(server)


def test_no_first_word(server):
    server.replies.append(Reply(stream(b": ping\n\n"), hold_open=True))
    with pytest.raises(errors.FirstWordTimedOut):
        run(server, limits=QUICK)


def test_no_reply_at_all(server):
    server.replies.append(Reply([], hold_open=True))
    with pytest.raises(errors.FirstWordTimedOut):
        run(server, limits=QUICK)


def test_silence_after_words(server):
    server.replies.append(Reply(stream(chunk("Hello")), hold_open=True))
    with pytest.raises(errors.SilenceTimedOut):
        run(server, limits=QUICK)


def test_leaving_the_stream_closes_the_connection(server):
    server.replies.append(Reply(stream(chunk("Hello")), hold_open=True))

    async def leave():
        client = NovitaClient(server.base_url, KEY, NetworkOptions())

        async def read():
            async for _ in client.stream_chat("{}", PATIENT):
                pass

        task = asyncio.ensure_future(read())
        await asyncio.sleep(0.2)
        task.cancel()
        started = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.hung_up.wait, 2)
        assert time.monotonic() - started < 0.5
        await client.close()

    asyncio.run(leave())


def test_a_refusal_has_every_header_and_never_the_key(server):
    body = json.dumps({"code": 401, "reason": "FAILED_TO_AUTH", "message": f"bad {KEY}"}).encode()
    headers = f"X-Echo: {KEY}\r\nX-Request-Id: r1\r\n"
    server.replies.append(Reply(http("401 Unauthorized", body, headers=headers)))
    with pytest.raises(errors.KeyRefused) as caught:
        run(server)
    reply = caught.value.reply
    assert reply.trace_id == "r1"
    assert dict(reply.headers)["x-request-id"] == "r1"
    assert KEY not in repr(reply) + str(caught.value)


def test_no_key_goes_to_another_host(server):
    other = "http://localhost:1/elsewhere"
    server.replies.append(Reply(http("307 Go", b"", headers=f"Location: {other}\r\n")))
    with pytest.raises(errors.RedirectRefused):
        run(server)
    assert len(server.requests) == 1


def test_a_redirect_on_the_same_host_is_followed(server):
    server.replies += [
        Reply(http("307 Go", b"", headers="Location: /openai/v1/other\r\n")),
        Reply(stream(chunk("there", "stop"), DONE)),
    ]
    assert words(run(server, '{"a":1}')) == "there"
    assert server.requests[1].startswith(b"POST /openai/v1/other")
    assert server.requests[1].endswith(b'{"a":1}')


def test_nobody_listens():
    client = NovitaClient("http://127.0.0.1:9/openai/v1", KEY, NetworkOptions())

    async def call():
        try:
            await client.balance()
        finally:
            await client.close()

    with pytest.raises(errors.ConnectionTrouble):
        asyncio.run(call())


def ask(server, call):
    async def go():
        client = NovitaClient(server.base_url, KEY, NetworkOptions())
        try:
            return await call(client)
        finally:
            await client.close()

    return asyncio.run(go())


def test_the_catalogue(server):
    server.replies.append(Reply(http("200 OK", b'{"data":[{"id":"a/b"}]}')))
    catalogue, payload = ask(server, lambda client: client.models(7))
    assert [model.id for model in catalogue.models] == ["a/b"]
    assert (catalogue.fetched_at, payload) == (7, b'{"data":[{"id":"a/b"}]}')


def test_one_model_by_an_id_with_slashes(server):
    server.replies.append(Reply(http("200 OK", b'{"id":"a/b/c"}')))
    assert ask(server, lambda client: client.model("a/b/c")).id == "a/b/c"
    assert server.requests[0].startswith(b"GET /openai/v1/models/a/b/c ")


def test_the_balance_comes_from_the_hosts_root(server):
    server.replies.append(Reply(http("200 OK", b'{"availableBalance":"184200"}')))
    assert ask(server, lambda client: client.balance()) == 184_200_000_000
    assert server.requests[0].startswith(b"GET /openapi/v1/billing/balance/detail ")


def test_a_host_without_balance(server):
    server.replies.append(Reply(http("404 Not Found", b'{"detail":"Not Found"}')))
    assert ask(server, lambda client: client.balance()) is None


def test_a_wrong_key_shows_at_the_balance(server):
    body = b'{"code":401,"reason":"UNAUTHORIZED","message":"key not found"}'
    server.replies.append(Reply(http("401 Unauthorized", body)))
    with pytest.raises(errors.KeyRefused):
        ask(server, lambda client: client.balance())
