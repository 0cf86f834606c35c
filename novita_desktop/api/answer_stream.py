"""Reads an answer to its end, within its time limits (novita/api.md section 2.5).

The end mark of an answer is its `finish_reason`; `[DONE]` ends the stream. A stream that merely
stops is an error, not a short answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator

import httpx

from novita_desktop.api import failures
from novita_desktop.api.answer_assembly import AnswerAssembly, ErrorObject, Unreadable
from novita_desktop.api.sse import MAX_EVENT_BYTES, EventTooLarge, SseDecoder
from novita_desktop.domain import errors
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import ReasoningDelta, StreamEvent, StreamOpened, TextDelta

_DONE = b"[DONE]"


async def read_answer(
    response: httpx.Response, limits: TimeLimits, first_word_deadline: float
) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of a successful response: opened, words, finished.

    A host that answers without streaming is read all the same. Raises StreamBroken,
    StreamReportedError, FirstWordTimedOut, SilenceTimedOut, NotJson, ConnectionTrouble, or the
    error that an error object before the first word stands for.
    """
    yield StreamOpened(response.status_code, failures.safe_headers(response.headers))
    reader = _Reader(response)
    loop = asyncio.get_running_loop()
    deadline = first_word_deadline
    chunks = response.aiter_bytes()
    while not reader.is_done:
        try:
            async with asyncio.timeout_at(deadline):
                chunk = await anext(chunks, None)
        except TimeoutError as error:
            raise reader.timed_out() from error
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise reader.broken(str(error)) from error
        for event in reader.end() if chunk is None else reader.feed(chunk):
            deadline = loop.time() + limits.silence_seconds
            yield event
        if chunk is None:
            break
    # Read on to the end of the body, or the connection could not be used again.
    await _drained(chunks)
    yield reader.finished()


async def _drained(chunks: object, seconds: float = 0.5) -> None:
    try:
        async with asyncio.timeout(seconds):
            async for _ in chunks:  # type: ignore[attr-defined]  # an async iterator of bytes
                pass
    except (TimeoutError, httpx.HTTPError, httpx.StreamError, OSError):
        return


class _Reader:
    """Decodes one response's bytes, whatever the host turned out to send."""

    def __init__(self, response: httpx.Response) -> None:
        self._headers = response.headers
        self._status = response.status_code
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._is_stream: bool | None = True if kind == "text/event-stream" else None
        self._start = bytearray()
        self._decoder = SseDecoder()
        self._assembly = AnswerAssembly()
        self.is_done = False

    def feed(self, chunk: bytes) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield the words that `chunk` completes."""
        if not self._is_stream:
            self._start += chunk
            if len(self._start) > MAX_EVENT_BYTES:
                raise self.broken("the answer is too large")
            if self._is_stream is None:
                self._is_stream = self._looks_like_a_stream()
                chunk = bytes(self._start)
        if self._is_stream:
            try:
                events = self._decoder.feed(chunk)
            except EventTooLarge as error:
                raise self.broken(str(error)) from error
            yield from self._words(events)

    def end(self) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield the words that stand complete at the end of the body."""
        if self._is_stream:
            yield from self._words(self._decoder.finish())
        elif self._start.strip():
            yield from self._words([bytes(self._start)])
        if not self._assembly.finish_reason:
            raise self.broken("the stream ended before its end mark")

    def _looks_like_a_stream(self) -> bool | None:
        text = self._start.lstrip()
        if not text:
            return None
        if text.startswith((b"data", b":", b"event", b"id", b"retry")):
            return True
        if text.startswith(b"{"):
            return False
        raise errors.NotJson(reply=self._reply())

    def _reply(self) -> errors.HostReply:
        body = self._start.decode("utf-8", "replace")
        return failures.reply_from(self._status, self._headers, body)

    def _words(self, events: list[bytes]) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield what the events add. What came before a fault is yielded before it is raised."""
        joined = _JoinedWords()
        try:
            for data in events:
                if data == _DONE or data.strip() == _DONE:
                    self.is_done = True
                    break
                joined.add(*self._assembly.take(data))
        except Unreadable as error:
            yield from joined.deltas()
            raise self.broken(f"unreadable: {error}") from error
        except ErrorObject as error:
            yield from joined.deltas()
            raise self._reported(error) from error
        yield from joined.deltas()
        if self.is_done and not self._assembly.finish_reason:
            raise self.broken("the end mark came without a reason to finish")

    def _reported(self, error: ErrorObject) -> errors.ApiError:
        found = failures.error_in_stream(error.payload, self._headers)
        if self._assembly.has_words:
            return errors.StreamReportedError(reply=found.reply)
        return found

    def broken(self, message: str) -> errors.ApiError:
        """Return the error for a body that broke off here."""
        reply = errors.HostReply(
            status=self._status, message=message, headers=failures.safe_headers(self._headers)
        )
        if self._assembly.has_words:
            return errors.StreamBroken(message, reply=reply)
        return errors.ConnectionTrouble(message, reply=reply)

    def timed_out(self) -> errors.ApiError:
        """Return the error for a body that fell silent here."""
        if self._assembly.has_words:
            return errors.SilenceTimedOut()
        return errors.FirstWordTimedOut()

    def finished(self) -> StreamEvent:
        """Return the end event of a complete answer."""
        return self._assembly.finished()


class _JoinedWords:
    """Joins the words of one read of the network, which may hold hundreds of events."""

    def __init__(self) -> None:
        self._runs: list[tuple[type[TextDelta | ReasoningDelta], list[str]]] = []

    def add(self, reasoning: str, text: str) -> None:
        """Take the words of one event."""
        if reasoning:
            self._add(ReasoningDelta, reasoning)
        if text:
            self._add(TextDelta, text)

    def _add(self, kind: type[TextDelta | ReasoningDelta], words: str) -> None:
        if self._runs and self._runs[-1][0] is kind:
            self._runs[-1][1].append(words)
        else:
            self._runs.append((kind, [words]))

    def deltas(self) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield the joined words, in the order they came."""
        return (kind("".join(words)) for kind, words in self._runs)
