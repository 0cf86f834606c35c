"""Pieces of streamed answers, and a call that collects their events."""

import asyncio
import json

from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import TextDelta

KEY = "sk_marker_0123456789"
QUICK = TimeLimits(connect_seconds=2, first_word_seconds=0.3, silence_seconds=0.3)
PATIENT = TimeLimits(connect_seconds=2, first_word_seconds=5, silence_seconds=5)


def chunk(text="", reason=None, **extra):
    body = {"id": "abc", "object": "chat.completion.chunk", "model": "m", "created": 1}
    body["choices"] = [{"index": 0, "delta": {"content": text}, "finish_reason": reason}]
    return b"data: " + json.dumps(body | extra).encode() + b"\n\n"


USAGE = (
    b'data: {"id":"abc","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,'
    b'"total_tokens":5,"prompt_tokens_details":null},"sla_metrics":{"ttft_ms":274}}\n\n'
)
DONE = b"data: [DONE]\n\n"


def run(server, body="{}", limits=PATIENT):
    async def collect():
        client = NovitaClient(server.base_url, KEY, NetworkOptions())
        try:
            return [event async for event in client.stream_chat(body, limits)]
        finally:
            await client.close()

    return asyncio.run(collect())


def words(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))
