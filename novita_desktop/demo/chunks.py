"""Builds the server-sent events of a streamed answer.

Source: novita/api.md section 2.5, which records a real stream.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from novita_desktop.demo.completion import Completion
from novita_desktop.demo.scenarios import Scenario

DONE: Final = b"[DONE]"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The data of one event, and how many tokens it carries."""

    data: bytes
    tokens: int = 0


class ChunkBuilder:
    """Builds the chunks of one answer, in order."""

    def __init__(self, completion: Completion, scenario: Scenario, ttft_ms: int) -> None:
        self._completion = completion
        self._scenario = scenario
        head = {
            "id": completion.id,
            "object": "chat.completion.chunk",
            "created": completion.created,
            "model": completion.model,
        }
        self._head = msgspec.json.encode(head)[:-1] + b',"choices":['
        self._sla = b'"system_fingerprint":"","sla_metrics":{"ttft_ms":%d,"ts_us":' % ttft_ms

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks: role, reasoning, text, tool calls, and the end."""
        first: dict[str, object] = {"role": "assistant"}
        yield self._delta(first | ({"content": None} if self._scenario.null_first else {}))
        for piece in self._completion.reasoning:
            yield self._delta({self._scenario.reasoning_field: piece}, tokens=1)
        for piece in self._completion.content:
            yield self._delta({"content": piece}, tokens=1)
        for index, call in enumerate(self._completion.tool_calls):
            function = {"name": call.name, "arguments": ""}
            opening = {"index": index, "id": call.id, "type": "function", "function": function}
            yield self._delta({"tool_calls": [opening]}, tokens=1)
            for fragment in call.fragments:
                part = {"index": index, "function": {"arguments": fragment}}
                yield self._delta({"tool_calls": [part]}, tokens=1)
        if not self._scenario.no_finish:
            yield self._delta({}, self._completion.finish_reason)

    def usage(self) -> Chunk:
        """Return the chunk with the token counts; it has no choices."""
        counts = self._completion.usage() if self._scenario.usage != "null" else None
        choice = b""
        if self._scenario.usage == "empty-choice":
            choice = b'{"index":0,"delta":{},"finish_reason":null}'
        usage = b'],"usage":' + msgspec.json.encode(counts) + b","
        return Chunk(self._head + choice + usage + self._sla + _now_us() + b"}}")

    def _delta(
        self, delta: dict[str, object], finish: str | None = None, *, tokens: int = 0
    ) -> Chunk:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        encoded = msgspec.json.encode(choice)
        return Chunk(self._head + encoded + b"]," + self._sla + _now_us() + b"}}", tokens)


class EventWriter:
    """Writes data as server-sent events in the dialect that the scenario asks for."""

    def __init__(self, scenario: Scenario) -> None:
        self._newline = b"\r\n" if scenario.crlf else b"\n"
        self._prefix = b"data:" if scenario.no_space else b"data: "
        self._has_comments = scenario.comments
        self._has_extra_fields = scenario.extra_fields
        self._count = 0

    def event(self, data: bytes) -> bytes:
        """Return the bytes of one event."""
        self._count += 1
        lines = [self._prefix + data]
        if self._has_extra_fields:
            lines[:0] = [b"event: message", b"id: %d" % self._count, b"retry: 3000"]
        if self._has_comments:
            lines[:0] = [b": keep-alive %d" % self._count, b":"]
        return self._newline.join(lines) + self._newline * 2

    def malformed(self) -> bytes:
        """Return a data line that is not JSON."""
        return self._prefix + b'{"id":"broken","choices":[{"delta' + self._newline * 2


def _now_us() -> bytes:
    return b"%d" % (time.time_ns() // 1000)
