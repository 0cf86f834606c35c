"""Sends one answer as a stream of server-sent events, at its pace and with the scenario's faults.

In scenarios "after N chunks" means after N pieces of the answer; the opening chunk with the role
is not counted. A fault that the answer is too short for comes before its end.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

import msgspec
from aiohttp import web

from novita_desktop.demo.chunks import DONE, Chunk, ChunkBuilder, EventWriter
from novita_desktop.demo.completion import Completion
from novita_desktop.demo.errors import error
from novita_desktop.demo.pace import Pace
from novita_desktop.demo.request_log import LogEntry, RequestLog
from novita_desktop.demo.scenarios import Scenario
from novita_desktop.demo.stage import Stage
from novita_desktop.demo.wire import Wire

FLUSH_BYTES: Final = 16_384
TOGETHER_SECONDS: Final = 0.008
"""Tokens due within this time are written together: fewer wake-ups with many streams."""


class StreamEnded(Exception):
    """The scenario ends the stream here, with a proper end of the HTTP body."""


@dataclass(slots=True)
class ChatStream:
    """One streamed answer. `sent` counts the tokens that were written."""

    request: web.BaseRequest
    entry: LogEntry
    log: RequestLog
    stage: Stage
    scenario: Scenario
    completion: Completion
    pace: Pace
    include_usage: bool
    sent: int = 0
    _pending: list[bytes] = field(default_factory=list)
    _pending_bytes: int = 0
    _pending_tokens: int = 0
    _gate_passed: bool = False
    _malformed_sent: bool = False

    async def send(self) -> web.StreamResponse:
        """Send the whole stream.

        Raises:
            ConnectionBroken: the scenario closed the connection.
        """
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        if self.scenario.gzip:
            headers["Content-Encoding"] = "gzip"
        response = web.StreamResponse(headers=headers)
        await response.prepare(self.request)
        self.entry.status = response.status
        wire = Wire(self.request, response, self.scenario)
        writer = EventWriter(self.scenario)
        try:
            await self._send_answer(wire, writer)
            await self._send_ending(wire, writer)
        except StreamEnded:
            await self._flush(wire)
        await wire.finish()
        return response

    async def _send_answer(self, wire: Wire, writer: EventWriter) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        ttft_ms = round(self.pace.first_word_seconds * 1000)
        for chunk in ChunkBuilder(self.completion, self.scenario, ttft_ms).chunks():
            made = self.sent + self._pending_tokens
            await self._suffer(wire, writer, made, is_last=made > 0 and not chunk.tokens)
            if chunk.tokens:
                wait = start + self.pace.due(made + 1) - loop.time()
                if wait > (TOGETHER_SECONDS if made else 0):
                    await self._flush(wire)
                    await asyncio.sleep(wait)
            self._add(writer.event(chunk.data), chunk)
            if self._pending_bytes >= FLUSH_BYTES:
                await self._flush(wire)

    async def _send_ending(self, wire: Wire, writer: EventWriter) -> None:
        if self.include_usage and self.scenario.usage != "missing":
            ttft_ms = round(self.pace.first_word_seconds * 1000)
            usage = ChunkBuilder(self.completion, self.scenario, ttft_ms).usage()
            self._add(writer.event(usage.data), usage)
        if not self.scenario.no_done:
            self._add(writer.event(DONE), Chunk(DONE))
        await self._flush(wire)

    async def _suffer(self, wire: Wire, writer: EventWriter, made: int, *, is_last: bool) -> None:
        """Play the faults that come when `made` tokens have been made."""
        scenario = self.scenario

        def is_due(after: int | None) -> bool:
            return after is not None and (made >= after or is_last)

        if scenario.gate and not self._gate_passed and is_due(scenario.gate_after):
            await self._flush(wire)
            await self._hold(scenario.gate)
        if is_due(scenario.malformed_after) and not self._malformed_sent:
            self._malformed_sent = True
            self._add(writer.malformed(), Chunk(b""))
        if is_due(scenario.hang_after):
            await self._flush(wire)
            await asyncio.Event().wait()
        if is_due(scenario.error_after):
            reply = scenario.reply(self.completion.model) or error("server-error")
            self._add(writer.event(msgspec.json.encode(reply.fields())), Chunk(b""))
            raise StreamEnded
        if is_due(scenario.end_after):
            raise StreamEnded
        if is_due(scenario.break_after):
            await self._flush(wire)
            raise wire.break_off()

    async def _hold(self, gate: str) -> None:
        self._gate_passed = True
        self.log.hold(self.entry, gate)
        try:
            await self.stage.pass_gate(gate)
        finally:
            self.log.hold(self.entry, "")

    def _add(self, data: bytes, chunk: Chunk) -> None:
        self._pending.append(data)
        self._pending_bytes += len(data)
        self._pending_tokens += chunk.tokens

    async def _flush(self, wire: Wire) -> None:
        if not self._pending:
            return
        data = b"".join(self._pending)
        self.entry.chunks_sent += len(self._pending)
        self.sent += self._pending_tokens
        self.entry.tokens_sent = self.sent
        self._pending.clear()
        self._pending_bytes = self._pending_tokens = 0
        await wire.write(data)
