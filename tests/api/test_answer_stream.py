"""Answers as hosts stream them: whole, cut, broken, silent, or not streamed at all."""

import gzip
import json

import pytest

from novita_desktop.domain import errors
from novita_desktop.domain.costs import Usage
from novita_desktop.domain.stream import ReasoningDelta, StreamFinished, StreamOpened
from tests.api.answers import DONE, KEY, QUICK, USAGE, chunk, run, words
from tests.api.byte_server import Reply, http, stream


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
