"""Carries a body to the client, as badly as the scenario wants it."""

import asyncio
import socket
import struct
import sys
import zlib
from typing import Final

from aiohttp import web

from novita_desktop.demo.scenarios import Scenario

GZIP_WINDOW: Final = 31
RESET_AT_CLOSE: Final = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""SO_LINGER switched on with no time to linger: closing sends a reset."""


class ConnectionBroken(Exception):
    """The host itself closed the connection in the middle, as the scenario asked."""


class Wire:
    """Writes the parts of one body to a prepared response."""

    def __init__(
        self, request: web.BaseRequest, response: web.StreamResponse, scenario: Scenario
    ) -> None:
        self._request = request
        self._response = response
        self._scenario = scenario
        self._left = scenario.break_at
        self._packer = zlib.compressobj(wbits=GZIP_WINDOW) if scenario.gzip else None

    async def write(self, data: bytes) -> None:
        """Write a part of the body, compressed, cut or broken off as the scenario says.

        Raises:
            ConnectionBroken: the connection ends here.
        """
        if self._packer is not None:
            data = self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH)
        await self._carry(data)

    async def finish(self) -> None:
        """Write what compression still holds back, and end the body."""
        if self._packer is not None:
            await self._carry(self._packer.flush())
        await self._response.write_eof()

    def break_off(self) -> ConnectionBroken:
        """Close the connection and return the exception that says so."""
        close_connection(self._request, reset=self._scenario.reset)
        return ConnectionBroken()

    async def _carry(self, data: bytes) -> None:
        is_last = self._left is not None and len(data) >= self._left
        if self._left is not None:
            data = data[: self._left]
            self._left -= len(data)
        for start in range(0, len(data), self._scenario.cut or max(len(data), 1)):
            await self._response.write(data[start : start + (self._scenario.cut or len(data))])
            if self._scenario.cut:
                await asyncio.sleep(self._scenario.cut_ms / 1000)
        if is_last:
            raise self.break_off()


def close_connection(request: web.BaseRequest, *, reset: bool = False) -> None:
    """Close the connection of `request` at once, without ending the answer.

    A reset may take bytes with it that were sent but not yet read.
    """
    transport = request.transport
    if transport is None:
        return
    if reset:
        raw: socket.socket = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
        transport.abort()
    else:
        transport.close()


async def send_body(
    request: web.BaseRequest, body: bytes, content_type: str, scenario: Scenario
) -> web.StreamResponse:
    """Send a whole body, as plainly or as badly as the scenario says.

    Raises:
        ConnectionBroken: the scenario closed the connection.
    """
    headers = {"Content-Type": content_type}
    if not scenario.bends_bytes:
        return web.Response(body=body, headers=headers)
    if scenario.gzip:
        headers["Content-Encoding"] = "gzip"
    response = web.StreamResponse(headers=headers)
    if not scenario.gzip:
        response.content_length = len(body)
    await response.prepare(request)
    wire = Wire(request, response, scenario)
    await wire.write(body)
    await wire.finish()
    return response
