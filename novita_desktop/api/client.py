"""Novita's endpoints as async methods (novita/api.md sections 1, 2, 4 and 8)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from urllib.parse import quote, urlsplit

import httpx

from novita_desktop.api import failures, payloads
from novita_desktop.api.answer_stream import read_answer
from novita_desktop.api.http import NetworkOptions, create_client
from novita_desktop.api.masking import Masking
from novita_desktop.domain import errors
from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import StreamEvent

BALANCE_PATH = "/openapi/v1/billing/balance/detail"
"""Where the balance is, from the host's root (novita/api.md section 8)."""

MAX_REDIRECTS = 3
MAX_CATALOGUE_BYTES = 64 * 1024 * 1024
_SHORT_CALL = TimeLimits(connect_seconds=10.0, first_word_seconds=30.0, silence_seconds=30.0)


class NovitaClient:
    """Speaks to one host with one key. Nothing is opened before the first call.

    Every method raises only `domain.errors.ApiError` subclasses, and never leaks the key: it is
    taken out of whatever the host sends back.
    """

    def __init__(self, base_url: str, key: str | None, network: NetworkOptions) -> None:
        self.base_url = base_url
        self._key = key
        self._network = network
        self._masking = Masking(key)
        self._opened: httpx.AsyncClient | None = None

    async def models(self, fetched_at: int | None = None) -> tuple[Catalogue, bytes]:
        """Return the catalogue and the body it came in, which the cache keeps.

        The catalogue is public and accepts any key, so this proves nothing about the key
        (novita/api.md section 0, fact 2).
        """
        payload = await self._get("/models")
        return payloads.parse_catalogue(payload, self.base_url, fetched_at), payload

    async def model(self, model_id: str) -> Model:
        """Return one row; its id goes into the path with its slashes. Raises ModelNotFound."""
        payload = await self._get(f"/models/{quote(model_id, safe='/')}")
        rows = payloads.parse_catalogue(b'{"data":[' + payload + b"]}", self.base_url, None)
        if not rows.models:
            raise errors.NotJson(
                reply=errors.HostReply(body=payload[:500].decode("utf-8", "replace"))
            )
        return rows.models[0]

    async def balance(self) -> int | None:
        """Return the balance in units of 10^-10 USD; None for a host without this endpoint.

        Raises KeyRefused or KeyMissing: this is how a key is checked.
        """
        parts = urlsplit(self.base_url)
        try:
            payload = await self._get(f"{parts.scheme}://{parts.netloc}{BALANCE_PATH}")
        except (errors.RouteNotFound, errors.ModelNotFound):
            return None
        return payloads.parse_balance(payload)

    async def stream_chat(
        self, body_text: str, limits: TimeLimits
    ) -> AsyncGenerator[StreamEvent, None]:
        """Send a stored body as it is and yield the answer's events.

        `limits` hold: connect for the connection, first word from sending to the first word or
        piece of reasoning, silence between two of them. Leaving the generator closes the
        connection, which the host bills for what it generated.
        """
        request = self._client().build_request(
            "POST",
            f"{self.base_url}/chat/completions",
            content=body_text.encode(),
            headers={"Content-Type": "application/json", "Accept": "text/event-stream"},
            timeout=httpx.Timeout(None, connect=limits.connect_seconds),
        )
        deadline = asyncio.get_running_loop().time() + limits.first_word_seconds
        try:
            async with self._response_to(request, deadline) as response:
                answer = read_answer(response, limits, deadline)
                async with aclosing(answer):
                    async for event in answer:
                        yield event
        except errors.ApiError as error:
            raise self._masking.without_key(error) from None

    async def close(self) -> None:
        """Close every connection."""
        if self._opened is not None:
            await self._opened.aclose()
            self._opened = None

    async def _get(self, url: str) -> bytes:
        address = url if "://" in url else f"{self.base_url}{url}"
        request = self._client().build_request(
            "GET",
            address,
            headers={"Accept": "application/json"},
            timeout=httpx.Timeout(None, connect=_SHORT_CALL.connect_seconds),
        )
        deadline = asyncio.get_running_loop().time() + _SHORT_CALL.first_word_seconds
        try:
            async with self._response_to(request, deadline) as response:
                return await _whole_body(response, deadline)
        except errors.ApiError as error:
            raise self._masking.without_key(error) from None

    @asynccontextmanager
    async def _response_to(
        self, request: httpx.Request, deadline: float
    ) -> AsyncIterator[httpx.Response]:
        """Send `request`, follow redirects on the same host, and raise for every refusal."""
        response = await self._send(request, deadline)
        try:
            for _ in range(MAX_REDIRECTS):
                following = response.next_request
                if following is None or not _is_same_origin(request.url, following.url):
                    break
                await response.aclose()
                response = await self._send(following, deadline)
            if not response.is_success:
                body = (await _whole_body(response, deadline)).decode("utf-8", "replace")
                raise failures.error_for(response.status_code, response.headers, body)
            yield response
        finally:
            await response.aclose()

    async def _send(self, request: httpx.Request, deadline: float) -> httpx.Response:
        try:
            async with asyncio.timeout_at(deadline):
                return await self._client().send(request, stream=True)
        except TimeoutError as error:
            raise errors.FirstWordTimedOut(str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise failures.error_for_exception(error) from error

    def _client(self) -> httpx.AsyncClient:
        if self._opened is None:
            self._opened = create_client(self.base_url, self._key, self._network)
        return self._opened


async def _whole_body(response: httpx.Response, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout_at(deadline):
            async for piece in response.aiter_bytes():
                pieces.append(piece)
                size += len(piece)
                if size > MAX_CATALOGUE_BYTES:
                    break
    except TimeoutError as error:
        raise errors.FirstWordTimedOut(str(error)) from error
    except (httpx.HTTPError, OSError) as error:
        if not response.is_success:
            return b"".join(pieces)
        raise failures.error_for_exception(error) from error
    return b"".join(pieces)


def _is_same_origin(first: httpx.URL, second: httpx.URL) -> bool:
    return (first.scheme, first.host, first.port) == (second.scheme, second.host, second.port)
