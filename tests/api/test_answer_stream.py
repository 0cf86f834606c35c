"""Answers as hosts stream them: whole, cut, broken, silent, or not streamed at all."""

import asyncio
import gzip
import json
import time
from contextlib import aclosing

import pytest

from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.demo import DemoThread
from novita_desktop.domain import errors
from novita_desktop.domain.costs import Usage
from novita_desktop.domain.stream import ReasoningDelta, StreamFinished, StreamOpened, TextDelta
from tests.api.answers import DONE, KEY, PATIENT, QUICK, USAGE, chunk, run, words
from tests.api.byte_server import Reply, http, stream

CHAT = json.dumps(
    {
        "model": "deepseek/deepseek-v3.2",
        "messages": [{"role": "user", "content": "Tell me a long story."}],
        "stream": True,
    }
)


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


@pytest.mark.parametrize("is_reset", [True, False])
def test_what_happens_after_the_reason_to_finish_takes_nothing_away(server, is_reset):
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = chunk("Hello", "stop")
    pieces = [head, b"%x\r\n" % len(piece) + piece + b"\r\n"]
    server.replies.append(Reply(pieces, reset=is_reset, hold_open=not is_reset))
    events = run(server, limits=QUICK)
    assert words(events) == "Hello"
    assert events[-1].finish_reason == "stop"


def test_a_body_that_stays_open_after_its_end_does_not_delay_the_answer(server):
    server.replies.append(Reply(stream(chunk("Hello", "stop"), DONE), hold_open=True))
    started = time.monotonic()
    assert words(run(server)) == "Hello"
    assert time.monotonic() - started < 0.45


def test_an_end_mark_without_a_blank_line_before_it(server):
    body = chunk("Hello", "stop").rstrip() + b"\ndata: [DONE]\n\n"
    server.replies.append(Reply(stream(body), hold_open=True))
    started = time.monotonic()
    assert words(run(server)) == "Hello"
    assert time.monotonic() - started < 1


def test_words_about_the_end_mark_are_words(server):
    server.replies.append(Reply(stream(chunk("data: [DONE]", "stop"), DONE)))
    assert words(run(server)) == "data: [DONE]"


@pytest.mark.parametrize("content_type", ["text/event-stream", "application/octet-stream"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n\n", b"data:\n\n"])
def test_a_stream_is_known_by_its_first_bytes_however_few_come(server, content_type, start):
    whole = start + chunk("Hello", "stop") + DONE
    pieces = [whole[n : n + 1] for n in range(12)] + [whole[12:]]
    server.replies.append(Reply(stream(*pieces, content_type=content_type), pause=0.002))
    assert words(run(server)) == "Hello"


def test_an_error_as_plain_json_under_a_streams_content_type(server):
    body = b'{"error":{"message":"bad top_k","code":400}}'
    server.replies.append(Reply(stream(body)))
    with pytest.raises(errors.ParameterRefused):
        run(server)


@pytest.mark.parametrize(
    "payload",
    [{"code": 503, "message": "busy"}, {"error": {"code": "503", "message": "busy"}}],
)
def test_an_error_without_a_reason_is_an_error(server, payload):
    server.replies.append(Reply(stream(b"data: " + json.dumps(payload).encode() + b"\n\n")))
    with pytest.raises(errors.HostTrouble):
        run(server)


def test_json_that_is_no_answer(server):
    server.replies.append(Reply(http("200 OK", b'{"status":"ok"}')))
    with pytest.raises(errors.NotJson):
        run(server)


def test_a_tool_call_that_grows_is_not_silence(server):
    call = b'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1"}}]}}]}\n\n'
    end = chunk(reason="tool_calls")
    server.replies.append(Reply(stream(*[call] * 8, end, DONE), pause=0.1))
    events = run(server, limits=QUICK)
    message = events[-1].raw["choices"][0]["message"]
    assert message["tool_calls"][0]["function"]["arguments"] == "1" * 8


def test_comments_do_not_keep_a_silent_stream_alive(server):
    server.replies.append(Reply(stream(chunk("Hi"), *[b": ping\n\n"] * 20), pause=0.1))
    with pytest.raises(errors.SilenceTimedOut):
        run(server, limits=QUICK)


def test_the_connection_is_used_again_after_an_answer():
    async def twice(host):
        client = NovitaClient(host.base_url, host.account.key, NetworkOptions())
        try:
            for _ in range(3):
                async for _ in client.stream_chat(CHAT, PATIENT):
                    pass
            return len(client._opened._transport.client.connector._conns)
        finally:
            await client.close()

    with DemoThread(speed=0, ttft_ms=0) as host:
        assert asyncio.run(twice(host)) == 1


def test_sixty_four_streams_end_within_100_ms_and_leave_nothing_behind():
    async def start_and_stop(host):
        client = NovitaClient(host.base_url, host.account.key, NetworkOptions())
        started = asyncio.Semaphore(0)

        async def read():
            async with aclosing(client.stream_chat(CHAT, PATIENT)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        started.release()

        tasks = [asyncio.ensure_future(read()) for _ in range(64)]
        for _ in range(64):
            await started.acquire()
        begun = time.monotonic()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        seconds = time.monotonic() - begun
        assert len(asyncio.all_tasks()) == 1
        assert client._opened._transport.client.connector._acquired == set()
        assert await asyncio.to_thread(host.wait_for_hang_ups, 64, 5)
        await client.close()
        return seconds

    with DemoThread(speed=20, ttft_ms=0) as host:
        assert asyncio.run(start_and_stop(host)) < 0.1
