"""The client against a real socket: addresses, refusals, redirects, and what must not leak."""

import asyncio
import json
import time

import pytest

from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.domain import errors
from tests.api.answers import DONE, KEY, PATIENT, chunk, run, words
from tests.api.byte_server import Reply, http, stream


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
