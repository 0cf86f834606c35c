"""Sends one request and hands over its response: redirects, refusals, bodies, time limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Final, cast

import httpx

from novita_desktop.api import failures
from novita_desktop.api.http import DirectClient
from novita_desktop.domain import errors

MAX_REDIRECTS: Final = 3
MAX_BODY_BYTES: Final = 16 * 1024 * 1024
"""A catalogue has about 200 KiB; what is much larger is none."""

MAX_REFUSAL_BYTES: Final = 256 * 1024
REFUSAL_SECONDS: Final = 5.0
"""How long to wait for the words of a refusal: its status alone says enough to go on."""

NETWORK_ERRORS: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError)
"""What the network library raises when an exchange fails; a TimeoutError is an OSError."""

_ENCODINGS: Final = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Encodings of a body that are read. Several on top of each other let a few hundred bytes grow to
gigabytes within one piece, so they are refused."""


@asynccontextmanager
async def response_to(
    client: DirectClient, request: httpx.Request, deadline: float
) -> AsyncIterator[httpx.Response]:
    """Send `request`, follow redirects on the same host, and raise for every refusal.

    `deadline` is in the loop's time. Leaving the context closes the response. Raises ApiError.
    """
    response = await _send(client, request, deadline)
    try:
        for _ in range(MAX_REDIRECTS):
            following = _following(request, response)
            if following is None or not _may_follow(request, following):
                break
            await response.aclose()
            response = await _send(client, following, deadline)
        is_readable = _encoding_of(response) in _ENCODINGS
        if not response.is_success:
            body = await _words_of_refusal(response, deadline) if is_readable else ""
            raise failures.error_for(response.status_code, response.headers, body)
        if not is_readable:
            words = f"a body in the encoding {_encoding_of(response)[:100]!r}"
            raise errors.NotJson(
                reply=failures.reply_from(response.status_code, response.headers, words)
            )
        yield response
    finally:
        await response.aclose()


async def body_of(response: httpx.Response, deadline: float) -> bytes:
    """Return the whole body. Raises ApiError, NotJson for one that is too large."""
    pieces: list[bytes] = []
    async with _within(deadline):
        await _read_into(pieces, response, MAX_BODY_BYTES)
    body = b"".join(pieces)
    if len(body) > MAX_BODY_BYTES:
        raise errors.NotJson("the answer is too large")
    return body


def chunks_of(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Return the decoded pieces of a body, to be closed by who reads them."""
    # httpx promises less than it gives: what it returns is a generator.
    return cast("AsyncGenerator[bytes, None]", response.aiter_bytes())


async def _words_of_refusal(response: httpx.Response, deadline: float) -> str:
    """Return what arrives of a refusal's body in a short time; it may be cut."""
    pieces: list[bytes] = []
    soon = asyncio.get_running_loop().time() + REFUSAL_SECONDS
    try:
        async with asyncio.timeout_at(min(deadline, soon)):
            await _read_into(pieces, response, MAX_REFUSAL_BYTES)
    except NETWORK_ERRORS:
        pass
    return b"".join(pieces)[:MAX_REFUSAL_BYTES].decode("utf-8", "replace")


async def _read_into(pieces: list[bytes], response: httpx.Response, most: int) -> None:
    size = 0
    async with aclosing(chunks_of(response)) as chunks:
        async for piece in chunks:
            pieces.append(piece)
            size += len(piece)
            if size > most:
                return


async def _send(client: DirectClient, request: httpx.Request, deadline: float) -> httpx.Response:
    async with _within(deadline):
        return await client.send_directly(request)


@asynccontextmanager
async def _within(deadline: float) -> AsyncIterator[None]:
    """Turn what goes wrong inside, and the end of the time, into ApiErrors."""
    limit = asyncio.timeout_at(deadline)
    try:
        async with limit:
            yield
    except NETWORK_ERRORS as error:
        if limit.expired():
            raise errors.FirstWordTimedOut from error
        raise failures.error_for_exception(error) from error


def _following(request: httpx.Request, response: httpx.Response) -> httpx.Request | None:
    """Return the request that a redirect asks for, None for any other response.

    301 to 303 turn a POST into a GET, which would lose what is asked. Raises ConnectionTrouble
    for a place that is no address.
    """
    if not response.has_redirect_location:
        return None
    is_kept = request.method == "GET" or response.status_code in {307, 308}
    try:
        place = request.url.join(response.headers["Location"])
    except httpx.InvalidURL as error:
        raise failures.error_for_exception(error) from error
    headers = httpx.Headers(request.headers)
    del headers["Host"]
    return httpx.Request(
        request.method if is_kept else "GET",
        place,
        headers=headers,
        content=request.content,
        extensions=request.extensions,
    )


def _may_follow(first: httpx.Request, following: httpx.Request) -> bool:
    """Return whether a redirect stays on the host and asks for the same, body included."""
    here, there = first.url, following.url
    return first.method == following.method and (here.scheme, here.host, here.port) == (
        there.scheme,
        there.host,
        there.port,
    )


def _encoding_of(response: httpx.Response) -> str:
    return str(response.headers.get("content-encoding", "")).strip().lower()
