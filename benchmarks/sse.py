"""How fast a stream's bytes become text, beside what others use for the same bytes.

The `SSE` row of the quality targets: at least 3 x httpx-sse with json, 30 x the openai package.
Both are measured when they are installed (`pip install httpx-sse openai`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from importlib.util import find_spec

from novita_desktop.api.answer_assembly import AnswerAssembly
from novita_desktop.api.sse import SseDecoder

READ_BYTES = 16 * 1024


def _stream(events: int) -> bytes:
    frame = {
        "id": "1f1fe418496a408388415ed5b448d2c4",
        "object": "chat.completion.chunk",
        "created": 1786507380,
        "model": "meta-llama/llama-3.1-8b-instruct",
        "system_fingerprint": "",
    }
    lines = []
    for number in range(events):
        choice = {"index": 0, "delta": {"content": f" word{number}"}, "finish_reason": None}
        lines.append(f"data: {json.dumps(frame | {'choices': [choice]})}\n\n")
    end = {"index": 0, "delta": {}, "finish_reason": "stop"}
    lines.append(f"data: {json.dumps(frame | {'choices': [end]})}\n\ndata: [DONE]\n\n")
    return "".join(lines).encode()


def _reads(body: bytes) -> list[bytes]:
    return [body[place : place + READ_BYTES] for place in range(0, len(body), READ_BYTES)]


def _ours(reads: Sequence[bytes]) -> int:
    decoder, assembly = SseDecoder(), AnswerAssembly()
    words = 0
    for read in reads:
        for data in decoder.feed(read):
            if data != b"[DONE]":
                words += assembly.take(data) != ("", "")
    return words


async def _iterate(reads: Sequence[bytes]) -> AsyncIterator[bytes]:
    for read in reads:
        yield read


def _httpx_sse(reads: Sequence[bytes]) -> int:
    import httpx  # noqa: PLC0415  # measured only when asked for
    from httpx_sse import EventSource  # type: ignore[import-not-found]  # noqa: PLC0415

    async def read() -> int:
        headers = {"content-type": "text/event-stream"}
        response = httpx.Response(200, headers=headers, content=_iterate(reads))
        words = 0
        async for event in EventSource(response).aiter_sse():
            if event.data != "[DONE]":
                delta = json.loads(event.data)["choices"][0]["delta"]
                words += bool(delta.get("content"))
        return words

    return asyncio.run(read())


def _openai(reads: Sequence[bytes]) -> int:
    from openai import AsyncOpenAI, AsyncStream  # type: ignore[import-not-found]  # noqa: PLC0415
    from openai.types.chat import (  # type: ignore[import-not-found]  # noqa: PLC0415
        ChatCompletionChunk,
    )

    http = __import__("httpx2" if find_spec("httpx2") else "httpx")

    async def read() -> int:
        client = AsyncOpenAI(api_key="none", base_url="http://127.0.0.1:9")
        headers = {"content-type": "text/event-stream"}
        request = http.Request("POST", "http://127.0.0.1:9")
        response = http.Response(200, headers=headers, content=_iterate(reads), request=request)
        words = 0
        stream = AsyncStream(cast_to=ChatCompletionChunk, response=response, client=client)
        async for chunk in stream:
            words += bool(chunk.choices and chunk.choices[0].delta.content)
        return words

    return asyncio.run(read())


def _rate(work: Callable[[Sequence[bytes]], int], reads: Sequence[bytes], events: int) -> float:
    started = time.process_time()
    words = work(reads)
    spent = time.process_time() - started
    if words != events:
        raise RuntimeError(f"{work.__name__} found {words} of {events} words")
    return events / spent


def main(argv: Sequence[str]) -> None:
    """Print events per second of CPU time, medians of interleaved runs, and the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sse", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    events, runs = (2_000, 2) if options.smoke else (options.events, options.runs)
    reads = _reads(_stream(events))
    works: dict[str, Callable[[Sequence[bytes]], int]] = {"ours": _ours}
    for name, package, work in (
        ("httpx-sse with json", "httpx_sse", _httpx_sse),
        ("openai package", "openai", _openai),
    ):
        if find_spec(package) is None:
            print(f"{name}: not installed, not measured")
        else:
            works[name] = work
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            rates[name].append(_rate(work, reads, events))
    ours = statistics.median(rates["ours"])
    print(f"{'decoder':<24}{'events/s of CPU':>18}{'ours is faster by':>20}")
    for name, found in rates.items():
        median = statistics.median(found)
        print(f"{name:<24}{median:>18,.0f}{ours / median:>19.1f}x")
    tenth = statistics.median(
        [_rate(_ours, _reads(_stream(events // 10)), events // 10) for _ in range(runs)]
    )
    print(f"at a tenth of the size: {tenth:,.0f} events/s of CPU")
