"""Novita's endpoints as async methods (novita/api.md sections 1, 2, 4 and 8)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from urllib.parse import quote, urlsplit

import httpx

from novita_desktop.api import failures, payloads
from novita_desktop.api.answer_stream import read_answer
from novita_desktop.api.exchange import body_of, response_to
from novita_desktop.api.http import DirectClient, NetworkOptions, create_client, secrets_in
from novita_desktop.api.masking import Masking, StreamMasking
from novita_desktop.domain import errors
from novita_desktop.domain.catalogue import Catalogue, Model
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import StreamEvent

BALANCE_PATH = "/openapi/v1/billing/balance/detail"
"""Where the balance is, from the host's root (novita/api.md section 8)."""

_CHAT_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "text/event-stream",
    # Words would wait in the compressor of a host that zips its stream.
    "Accept-Encoding": "identity",
}
_SHORT_CALL = TimeLimits(connect_seconds=10.0, first_word_seconds=30.0, silence_seconds=30.0)


class NovitaClient:
    """Speaks to one host with one key. Nothing is opened before the first call.

    Every method raises only `domain.errors.ApiError` subclasses, and never leaks the key: it is
    taken out of whatever the host sends back, and no error leads to the request that held it.
    """

    def __init__(self, base_url: str, key: str | None, network: NetworkOptions) -> None:
        self.base_url = base_url
        self._key = key
        self._network = network
        self._masking = Masking(key, *secrets_in(base_url, network))
        self._opened: DirectClient | None = None
        self._chat: httpx.Request | None = None

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

        `limits` hold: connect for the name, the connection and its encryption, first word from
        sending to the first word or piece of reasoning, silence between two of them. Leaving the
        generator closes the connection, which the host bills for what it generated.
        """
        deadline = asyncio.get_running_loop().time() + limits.first_word_seconds
        masking = StreamMasking(self._masking)
        try:
            request = self._chat_request(body_text, limits)
            async with (
                response_to(self._client(), request, deadline) as response,
                aclosing(read_answer(response, limits, deadline)) as answer,
            ):
                async for event in answer:
                    for masked in masking.events(event):
                        yield masked
        except errors.ApiError as error:
            for masked in masking.rest():
                yield masked
            raise self._masking.without_secrets(error) from None

    async def close(self) -> None:
        """Close every connection."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()

    async def _get(self, url: str) -> bytes:
        deadline = asyncio.get_running_loop().time() + _SHORT_CALL.first_word_seconds
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        try:
            request = self._request("GET", url, headers, _SHORT_CALL)
            async with response_to(self._client(), request, deadline) as response:
                return await body_of(response, deadline)
        except errors.ApiError as error:
            raise self._masking.without_secrets(error) from None

    def _chat_request(self, body_text: str, limits: TimeLimits) -> httpx.Request:
        """Return the request of a chat.

        Its address and headers are made once: the library's own way takes longer each time than
        a connection that is kept takes to send the whole.
        """
        if self._chat is None:
            self._chat = self._request("POST", "/chat/completions", _CHAT_HEADERS, limits)
            del self._chat.headers["Content-Length"]
        return httpx.Request(
            self._chat.method,
            self._chat.url,
            headers=self._chat.headers,
            content=body_text.encode("utf-8", "replace"),
            extensions={"timeout": _timeout(limits).as_dict()},
        )

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], limits: TimeLimits
    ) -> httpx.Request:
        """Return a request for a whole URL, or for a path behind the base URL."""
        try:
            return self._client().build_request(
                method,
                url if "://" in url else f"{self.base_url}{url}",
                headers=headers,
                timeout=_timeout(limits),
            )
        except httpx.InvalidURL as error:
            raise failures.error_for_exception(error) from error

    def _client(self) -> DirectClient:
        if self._opened is None:
            self._opened = create_client(self.base_url, self._key, self._network)
        return self._opened


def _timeout(limits: TimeLimits) -> httpx.Timeout:
    # The network library counts looking up a name as waiting for the pool.
    return httpx.Timeout(None, connect=limits.connect_seconds, pool=limits.connect_seconds)
