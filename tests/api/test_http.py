"""Which proxy a call takes, and that calls really go through it."""

import asyncio
import base64
import socket
import threading
import time
import traceback

import pytest

from novita_desktop.api import http
from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions, proxy_for
from novita_desktop.domain import errors
from novita_desktop.domain.requests import TimeLimits
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


def test_a_proxy_without_a_scheme_is_http():
    options = NetworkOptions("manual", "proxy.example.com:3128")
    assert proxy_for(HOST, options) == "http://proxy.example.com:3128"


def test_a_socks_proxy_of_the_system(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks://proxy.example.com:1080")
    assert proxy_for(HOST, NetworkOptions()) == "socks5://proxy.example.com:1080"


PASSWORD = "p%40ss-of-the-proxy"


@pytest.mark.parametrize(
    "address",
    [
        f"nonsense://me:{PASSWORD}@127.0.0.1:1",
        f"http://me:{PASSWORD}@127.0.0.1:99999",
        f"http://me:{PASSWORD}@127.0.0.1:1",
        f"socks5://me:{PASSWORD}@127.0.0.1:1",
        f"me:{PASSWORD}@127.0.0.1:1",
    ],
)
def test_a_proxys_password_is_in_no_error(address):
    with pytest.raises(errors.ConnectionTrouble) as caught:
        balance(HOST, NetworkOptions("manual", address))
    told = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert "of-the-proxy" not in told


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_the_proxys_trouble(scheme):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"{scheme}://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(errors.ProxyTrouble):
            balance(HOST, NetworkOptions("manual", address))


def test_a_proxy_with_a_port_that_there_is_not():
    with pytest.raises(errors.ProxyTrouble, match="not usable"):
        balance(HOST, NetworkOptions("manual", "http://127.0.0.1:99999"))


def test_a_host_of_this_computer_that_does_not_run():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(errors.ConnectionRefused):
            balance(f"http://127.0.0.1:{closed.getsockname()[1]}/v1", NetworkOptions())


def test_a_proxy_that_repeats_the_password_is_not_believed(server):
    words = b"no such user me:p@ss-of-the-proxy"
    server.replies.append(Reply(reply("403 No", words, "text/plain")))
    options = NetworkOptions("manual", f"http://me:{PASSWORD}@127.0.0.1:{server.port}")
    with pytest.raises(errors.ApiError) as caught:
        balance("http://plain.example.com/openai/v1", options)
    assert "of-the-proxy" not in repr(vars(caught.value)) + str(caught.value)


def test_an_http_proxy_is_told_who_asks(server):
    server.replies.append(Reply(reply("200 OK", b'{"availableBalance":"1"}')))
    options = NetworkOptions("manual", f"http://me:{PASSWORD}@127.0.0.1:{server.port}")
    assert balance("http://plain.example.com/openai/v1", options) == 1_000_000
    token = base64.b64encode(b"me:p@ss-of-the-proxy")
    assert b"proxy-authorization: basic " + token.lower() in server.requests[0].lower()


def socks_server(*, knows_user=True, says_nothing=False):
    """Start a SOCKS proxy that asks for a name and a password; return its port and what it heard."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def relay():
        inward, _ = listener.accept()
        with inward:
            heard.append(inward.recv(64))
            if says_nothing:
                inward.settimeout(10)
                heard.append(inward.recv(64))
                return
            inward.sendall(b"\x05\x02")
            heard.append(inward.recv(256))
            inward.sendall(b"\x01\x00" if knows_user else b"\x01\x01")

    thread = threading.Thread(target=relay, daemon=True)
    thread.start()
    return listener, thread, heard


def test_a_socks_proxy_is_told_who_asks():
    listener, thread, heard = socks_server(knows_user=False)
    address = f"socks5://me:{PASSWORD}@127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(errors.ProxyTrouble):
        balance(HOST, NetworkOptions("manual", address))
    thread.join(5)
    listener.close()
    assert b"p@ss-of-the-proxy" in heard[1]


def test_a_socks_proxy_that_says_nothing_counts_as_connecting():
    listener, thread, _ = socks_server(says_nothing=True)
    options = NetworkOptions("manual", f"socks5://127.0.0.1:{listener.getsockname()[1]}")
    limits = TimeLimits(connect_seconds=0.3, first_word_seconds=20, silence_seconds=20)

    async def call():
        client = NovitaClient(HOST, "sk_key_for_proxies", options)
        try:
            async for _ in client.stream_chat("{}", limits):
                pass
        finally:
            await client.close()

    started = time.monotonic()
    with pytest.raises(errors.ConnectTimedOut):
        asyncio.run(call())
    assert time.monotonic() - started < 5
    thread.join(5)
    listener.close()


def test_this_computer_by_its_newer_address():
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this computer has no IPv6")

    def answer():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"".join(reply("200 OK", b'{"availableBalance":"3"}')))

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    port = listener.getsockname()[1]
    assert balance(f"http://[::1]:{port}/openai/v1", NetworkOptions()) == 3_000_000
    thread.join(5)
    listener.close()
