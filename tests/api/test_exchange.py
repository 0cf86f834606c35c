"""One exchange with a host that does what hosts should not: nothing but ApiErrors comes out."""

import asyncio
import gzip
import time
import traceback

import httpx
import pytest

from novita_desktop.api import exchange
from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.domain import errors
from novita_desktop.domain.requests import TimeLimits
from tests.api.answers import DONE, KEY, QUICK, chunk, run, words
from tests.api.byte_server import Reply, http, stream
from tests.api.test_client import ask

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

ODD_REPLIES = {
    "a huge header": HEAD + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "many headers": HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(20_000)) + b"\r\n",
    "a line without a colon": HEAD + b"nothing\r\n\r\n",
    "no status": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status too long": b"HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH\r\n",
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nx",
    "a broken chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a zero byte": HEAD + b"X-A: \x00\r\n\r\n",
    "no zip": HEAD + b"Content-Encoding: gzip\r\n\r\nnot zipped",
    "a redirect to nowhere": b"HTTP/1.1 307 X\r\nLocation: http://[::\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("name", ODD_REPLIES)
def test_an_odd_reply_is_connection_trouble_and_does_not_know_the_key(server, name):
    server.replies.append(Reply([ODD_REPLIES[name]]))
    with pytest.raises(errors.ConnectionTrouble) as caught:
        run(server)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    assert KEY not in told
    assert error.__context__ is None
    assert error.__cause__ is None


def test_a_zip_in_a_zip_is_not_unpacked(server):
    bomb = gzip.compress(gzip.compress(b"a" * 10_000_000))
    head = HEAD + b"Content-Encoding: gzip, gzip\r\nConnection: close\r\n\r\n"
    server.replies.append(Reply([head + bomb]))
    with pytest.raises(errors.NotJson):
        run(server)


def test_a_refusal_in_an_unknown_encoding_is_still_that_refusal(server):
    headers = "Content-Encoding: br\r\n"
    server.replies.append(Reply(http("503 Busy", b"\x8b", headers=headers)))
    with pytest.raises(errors.HostTrouble):
        run(server)


def test_a_refusal_whose_body_never_ends_is_still_that_refusal(server, monkeypatch):
    monkeypatch.setattr(exchange, "REFUSAL_SECONDS", 0.2)
    head = b"HTTP/1.1 401 No\r\nContent-Length: 1000\r\n\r\n"
    server.replies.append(Reply([head + b'{"code":401'], hold_open=True))
    with pytest.raises(errors.KeyRefused):
        run(server)


def test_a_huge_refusal_is_cut(server):
    server.replies.append(Reply(http("500 Oh", b"x" * 3_000_000, "text/plain")))
    with pytest.raises(errors.HostTrouble) as caught:
        run(server)
    assert len(caught.value.reply.body) <= 16 * 1024


def test_a_catalogue_that_never_ends_is_refused(server, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_BODY_BYTES", 1000)
    server.replies.append(Reply(http("200 OK", b'{"data":[' + b" " * 5000 + b"]}")))
    with pytest.raises(errors.NotJson):
        ask(server, lambda client: client.models())


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See other"])
def test_a_redirect_that_would_lose_the_request_is_not_followed(server, status):
    server.replies.append(Reply(http(status, b"", headers="Location: /other\r\n")))
    with pytest.raises(errors.RedirectRefused):
        run(server)
    assert len(server.requests) == 1


def test_redirects_end(server):
    again = Reply(http("307 Go", b"", headers="Location: /openai/v1/again\r\n"))
    server.replies += [again] * 9
    with pytest.raises(errors.RedirectRefused):
        run(server)
    assert len(server.requests) == 1 + exchange.MAX_REDIRECTS


def test_headers_that_drip_do_not_outlast_the_first_word(server):
    server.replies.append(Reply([b"HTTP/1.1 200 OK\r\nX-A: "], hold_open=True))
    started = time.monotonic()
    with pytest.raises(errors.FirstWordTimedOut):
        run(server, limits=QUICK)
    assert time.monotonic() - started < 1


def test_a_name_that_is_never_found_counts_as_connecting(monkeypatch):
    async def never(*_, **__):
        await asyncio.sleep(60)

    async def call():
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", never)
        client = exchange_client("https://slow.example.com/openai/v1")
        limits = TimeLimits(connect_seconds=0.2, first_word_seconds=30, silence_seconds=30)
        try:
            async for _ in client.stream_chat("{}", limits):
                pass
        finally:
            await client.close()

    started = time.monotonic()
    with pytest.raises(errors.ConnectTimedOut):
        asyncio.run(call())
    assert time.monotonic() - started < 5


def exchange_client(base_url, key=KEY):
    return NovitaClient(base_url, key, NetworkOptions("none"))


@pytest.mark.parametrize("address", ["https://x:99999/v1", "https://exa mple.com/v1"])
def test_an_address_that_is_none(address):
    async def call():
        client = exchange_client(address)
        try:
            await client.balance()
        finally:
            await client.close()

    with pytest.raises(errors.HostNotFound):
        asyncio.run(call())


@pytest.mark.parametrize("key", ["sk_abc\r\nX-Evil: 1", "sk_\u0430bcdefgh", "sk_abc\x00defgh"])
def test_a_key_that_no_header_can_carry_is_refused(server, key):
    async def call():
        client = exchange_client(server.base_url, key)
        try:
            await client.balance()
        finally:
            await client.close()

    with pytest.raises(errors.KeyRefused) as caught:
        asyncio.run(call())
    assert key not in str(caught.value)
    assert server.requests == []


def test_half_a_surrogate_pair_in_a_body_can_be_sent(server):
    server.replies.append(Reply(stream(chunk("ok", "stop"), DONE)))
    assert words(run(server, '{"a":"\ud800"}')) == "ok"
    assert server.requests[0].endswith(b'{"a":"?"}')


def test_a_stream_is_not_asked_for_zipped(server):
    server.replies.append(Reply(stream(chunk("ok", "stop"), DONE)))
    run(server)
    assert b"accept-encoding: identity" in server.requests[0].lower()


def test_only_whole_requests_are_followed():
    first = httpx.Request("GET", "https://a.example/x")
    assert exchange._may_follow(first, httpx.Request("GET", "https://a.example:443/y"))
    assert not exchange._may_follow(first, httpx.Request("GET", "http://a.example/y"))
    assert not exchange._may_follow(first, httpx.Request("GET", "https://b.example/y"))


def test_a_silent_body_that_is_no_stream_is_a_first_word_that_never_came(server):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"
    server.replies.append(Reply([head, b'"id":'], hold_open=True))
    with pytest.raises(errors.FirstWordTimedOut):
        run(server, limits=QUICK)
