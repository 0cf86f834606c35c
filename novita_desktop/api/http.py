"""Builds the HTTP client: transport, proxy, TLS, user agent.

httpx's own connection pool slows down with many connections (encode/httpx issue 3215), so its
API is carried by aiohttp's transport; where that cannot serve (SOCKS), several stock transports
of a few connections each share the load.
"""

from __future__ import annotations

import asyncio
import platform
import ssl
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
import truststore
from httpx_aiohttp import AiohttpTransport
from typing_extensions import override

from novita_desktop import __version__
from novita_desktop.domain.account import is_loopback
from novita_desktop.domain.errors import KeyRefused, ProxyTrouble
from novita_desktop.domain.records import record

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

SHARDS = 16
CONNECTIONS_PER_SHARD = 8
KEEP_ALIVE_SECONDS = 30.0
USER_AGENT = f"NovitaDesktop/{__version__} ({platform.system()})"
SOURCE_HEADER = "X-Novita-Source"
"""Names the program to the host; no effect on the answer (novita/api.md section 1)."""


@record(frozen=True, slots=True)
class NetworkOptions:
    """How to reach the host.

    `proxy_mode` is `system` (the system's proxy settings), `none` or `manual`; `proxy_url`
    belongs to `manual` and may be http, https, socks5 or socks5h.
    """

    proxy_mode: str = "system"
    proxy_url: str = ""


def proxy_for(base_url: str, options: NetworkOptions) -> str | None:
    """Return the proxy's URL for this host, or None. This computer is never asked by proxy."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback(host) or options.proxy_mode == "none":
        return None
    if options.proxy_mode == "manual":
        return _with_scheme(options.proxy_url.strip())
    if proxy_bypass(host):
        return None
    proxies = getproxies()
    return _with_scheme(
        proxies.get(parts.scheme) or proxies.get("all") or proxies.get("socks") or ""
    )


def _with_scheme(proxy: str) -> str | None:
    """Return a proxy's address as a URL: host and port alone mean http, `socks` means socks5."""
    if not proxy:
        return None
    scheme, separator, rest = proxy.partition("://")
    if not separator:
        return f"http://{proxy}"
    return f"socks5://{rest}" if scheme.lower() == "socks" else proxy


def secrets_in(base_url: str, options: NetworkOptions) -> tuple[str, ...]:
    """Return what must not show of the proxy's address: its password, as typed and as meant."""
    try:
        proxy = proxy_for(base_url, options)
        password = urlsplit(proxy or "").password or ""
    except ValueError:
        return ()
    return (password, unquote(password)) if password else ()


class DirectClient(httpx.AsyncClient):
    """The library's client with a shorter way for requests that are made whole.

    `send` looks for authentication flows, cookies, hooks and redirects, none of which is used
    here; for a short answer that is a third of the work.
    """

    def __init__(
        self, base_url: str, headers: Mapping[str, str], transport: httpx.AsyncBaseTransport
    ) -> None:
        super().__init__(
            base_url=base_url,
            headers=headers,
            transport=transport,
            follow_redirects=False,
            trust_env=False,
        )
        self._carrier = transport

    async def send_directly(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`, whose body is still to be read. httpx.HTTPError."""
        response = await self._carrier.handle_async_request(request)
        response.request = request
        return response


def create_client(base_url: str, key: str | None, options: NetworkOptions) -> DirectClient:
    """Return a client for one host that trusts what the system trusts.

    It follows no redirects by itself and keeps no cookies. Raises ProxyTrouble when the proxy's
    address is not usable, KeyRefused for a key that no header can carry, and httpx.InvalidURL.
    """
    headers = {"User-Agent": USER_AGENT, SOURCE_HEADER: "novita-desktop"}
    if key:
        if not (key.isascii() and key.isprintable()):
            raise KeyRefused("the key holds signs that no key has")
        headers["Authorization"] = f"Bearer {key}"
    return DirectClient(base_url, headers, _transport(proxy_for(base_url, options)))


def _transport(proxy_url: str | None) -> httpx.AsyncBaseTransport:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if proxy_url is None:
        return QuietTransport(verify=context, trust_env=False, client=_session(context))
    try:
        proxy = httpx.Proxy(proxy_url)
        urlsplit(proxy_url).port  # noqa: B018  # which raises for one above 65,535
    except (ValueError, httpx.InvalidURL):
        # The library's words may repeat the address, and with it a password.
        raise ProxyTrouble("the proxy's address is not usable") from None
    if proxy.url.scheme.startswith("socks"):
        return ShardedTransport(context, proxy)
    return QuietTransport(
        verify=context, trust_env=False, proxy=_introduced(proxy), client=_session(context)
    )


def _introduced(proxy: httpx.Proxy) -> httpx.Proxy:
    """Return the proxy with its name and password in a header, where aiohttp looks for them."""
    if proxy.auth is None:
        return proxy
    name, password = proxy.auth
    if ":" in name:
        raise ProxyTrouble("the proxy's user name holds a colon")
    words = {"Authorization": aiohttp.encode_basic_auth(name, password)}
    return httpx.Proxy(proxy.url, headers=words)


class QuietTransport(AiohttpTransport):
    """aiohttp's transport, whose every failure is one of httpx's.

    The original lets some errors of aiohttp through, and those know the request's headers.
    """

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except aiohttp.ClientResponseError as error:
            raise httpx.RemoteProtocolError(error.message) from None
        except (aiohttp.ClientError, ValueError) as error:
            raise httpx.RemoteProtocolError(str(error)) from None


def _session(context: ssl.SSLContext) -> Callable[[], aiohttp.ClientSession]:
    def create() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=0, ssl=context, keepalive_timeout=KEEP_ALIVE_SECONDS)
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )

    return create


class _Closable(Protocol):
    async def aclose(self) -> None: ...


class ShardedTransport(httpx.AsyncBaseTransport):
    """Several stock httpx transports; each request goes to the one with the least to do."""

    def __init__(self, context: ssl.SSLContext, proxy: httpx.Proxy) -> None:
        limits = httpx.Limits(
            max_connections=CONNECTIONS_PER_SHARD,
            max_keepalive_connections=CONNECTIONS_PER_SHARD,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
        )
        self._shards = [
            httpx.AsyncHTTPTransport(verify=context, proxy=proxy, limits=limits, trust_env=False)
            for _ in range(SHARDS)
        ]
        self._busy = [0] * SHARDS

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = self._busy.index(min(self._busy))
        self._busy[number] += 1
        try:
            response = await self._answer_from(self._shards[number], request)
        except BaseException:
            self._busy[number] -= 1
            raise
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _CountedStream(response.stream, self, number)
        return response

    @staticmethod
    async def _answer_from(
        shard: httpx.AsyncHTTPTransport, request: httpx.Request
    ) -> httpx.Response:
        """Return the shard's response; the connect limit holds until the request goes out.

        httpx itself has no limit for what is said to the proxy before, and leaves the connection
        open when that fails.
        """
        limit = asyncio.timeout(request.extensions["timeout"].get("connect"))
        half_open: list[_Closable] = []

        async def trace(event: str, info: Mapping[str, _Closable]) -> None:
            if event.endswith("connect_tcp.complete"):
                half_open.append(info["return_value"])
            elif event.endswith("send_request_headers.started"):
                half_open.clear()
                limit.reschedule(None)

        request.extensions["trace"] = trace
        try:
            async with limit:
                return await shard.handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection through the proxy") from error
        except httpx.ConnectError as error:
            if half_open:
                raise
            # The one connection that is made by this computer itself is that to the proxy.
            raise httpx.ProxyError(f"no connection to the proxy: {error}") from error
        finally:
            for stream in half_open:
                await stream.aclose()

    def released(self, number: int) -> None:
        """Note that a shard has one request less to carry."""
        self._busy[number] -= 1

    @override
    async def aclose(self) -> None:
        for shard in self._shards:
            await shard.aclose()


class _CountedStream(httpx.AsyncByteStream):
    """A response's bytes; closing it frees its shard's place, once."""

    def __init__(self, stream: httpx.AsyncByteStream, owner: ShardedTransport, number: int) -> None:
        self._stream = stream
        self._owner: ShardedTransport | None = owner
        self._number = number

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    @override
    async def aclose(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.released(self._number)
        await self._stream.aclose()
