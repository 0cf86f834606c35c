"""Which proxy a call takes, and that calls really go through it."""

import asyncio
import socket
import threading

import pytest

from novita_desktop.api import http
from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions, proxy_for
from novita_desktop.domain import errors
from tests.api.byte_server import Reply
from tests.api.byte_server import http as reply

HOST = "https://api.example.com/openai/v1"


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_systems_proxy_is_used(monkeypatch):
    monkeypatch.setenv("https_proxy", "proxy.example.com:3128")
    assert proxy_for(HOST, NetworkOptions()) == "http://proxy.example.com:3128"


def test_the_systems_exceptions_are_kept(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "example.com")
    assert proxy_for(HOST, NetworkOptions()) is None


def test_no_proxy_when_the_person_says_so(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    assert proxy_for(HOST, NetworkOptions("none")) is None


def test_this_computer_is_never_asked_by_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.example.com:3128")
    assert proxy_for("http://127.0.0.1:8000/v1", NetworkOptions()) is None


def test_a_manual_proxy_wins(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    options = NetworkOptions("manual", " socks5://localhost:1080 ")
    assert proxy_for(HOST, options) == "socks5://localhost:1080"


def balance(base_url, options):
    async def call():
        client = NovitaClient(base_url, "sk_key_for_proxies", options)
        try:
            return await client.balance()
        finally:
            await client.close()

    return asyncio.run(call())


def test_a_call_goes_through_an_http_proxy(server):
    server.replies.append(Reply(reply("200 OK", b'{"availableBalance":"1"}')))
    options = NetworkOptions("manual", f"http://127.0.0.1:{server.port}")
    assert balance("http://plain.example.com/openai/v1", options) == 1_000_000
    assert server.requests[0].startswith(b"GET http://plain.example.com/openapi/")


def test_a_proxy_that_refuses_is_named(server):
    server.replies.append(Reply(reply("407 Proxy Authentication Required", b"")))
    options = NetworkOptions("manual", f"http://127.0.0.1:{server.port}")
    with pytest.raises(errors.ProxyTrouble):
        balance(HOST, options)


def test_a_call_goes_through_a_socks_proxy(server):
    server.replies.append(Reply(reply("200 OK", b'{"availableBalance":"2"}')))
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def relay():
        inward, _ = listener.accept()
        inward.recv(64)
        inward.sendall(b"\x05\x00")
        asked.append(inward.recv(256))
        inward.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        with socket.create_connection(("127.0.0.1", server.port)) as outward, inward:
            outward.sendall(inward.recv(65_536))
            while data := outward.recv(65_536):
                inward.sendall(data)

    thread = threading.Thread(target=relay, daemon=True)
    thread.start()
    options = NetworkOptions("manual", f"socks5://127.0.0.1:{listener.getsockname()[1]}")
    assert balance("http://plain.example.com/openai/v1", options) == 2_000_000
    thread.join(5)
    listener.close()
    assert b"plain.example.com" in asked[0]


def test_a_proxy_address_that_is_none():
    with pytest.raises(errors.ProxyTrouble):
        http.create_client(HOST, None, NetworkOptions("manual", "nonsense://x"))
