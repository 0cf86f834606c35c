"""Reads an answer to its end, within its time limits (novita/api.md section 2.5).

The end mark of an answer is its `finish_reason`; `[DONE]` ends the stream. A stream that merely
stops is an error, not a short answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Final

import httpx

from novita_desktop.api import failures
from novita_desktop.api.answer_assembly import AnswerAssembly, ErrorObject, Unreadable
from novita_desktop.api.exchange import NETWORK_ERRORS, chunks_of
from novita_desktop.api.sse import MAX_EVENT_BYTES, EventTooLarge, SseDecoder
from novita_desktop.domain import errors
from novita_desktop.domain.requests import TimeLimits
from novita_desktop.domain.stream import ReasoningDelta, StreamEvent, StreamOpened, TextDelta

AFTER_END_SECONDS: Final = 10.0
"""How long to wait for the usage after the reason to finish."""

DRAIN_SECONDS: Final = 0.1

_DONE: Final = b"[DONE]"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_FIELDS: Final = (b"data", b":", b"event", b"id", b"retry")
"""What the lines of an event stream begin with."""


async def read_answer(
    response: httpx.Response, limits: TimeLimits, first_word_deadline: float
) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of a successful response: opened, words, finished.

    A host that answers without streaming is read all the same. A connection that breaks or falls
    silent after the reason to finish takes nothing from the answer. Raises StreamBroken, StreamReportedError,
    FirstWordTimedOut, SilenceTimedOut, NotJson, ConnectionTrouble, or the error that an error
    object before the first word stands for.
    """
    yield StreamOpened(response.status_code, failures.safe_headers(response.headers))
    reader = _Reader(response)
    async with aclosing(chunks_of(response)) as chunks:
        waiting = _Waiting(limits, first_word_deadline)
        while not reader.is_done:
            try:
                chunk = await waiting.next_of(chunks)
            except NETWORK_ERRORS as error:
                if reader.is_complete:
                    break
                raise reader.failed(error, is_late=waiting.is_late) from error
            for event in reader.end() if chunk is None else reader.feed(chunk):
                yield event
            if chunk is None:
                break
            waiting.note(reader)
        # Read on to the end of the body, or the connection could not be used again.
        await _drained(chunks)
    yield reader.finished()


class _Waiting:
    """Knows until when the next piece may take: first word, silence, and what ends an answer."""

    def __init__(self, limits: TimeLimits, first_word_deadline: float) -> None:
        self._silence_seconds = limits.silence_seconds
        self._deadline = first_word_deadline
        self._seen = 0
        self.is_late = False

    async def next_of(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        """Return the next piece, None at the end. Raises TimeoutError when `is_late`."""
        limit = asyncio.timeout_at(self._deadline)
        try:
            async with limit:
                return await anext(chunks, None)
        finally:
            self.is_late = limit.expired()

    def note(self, reader: _Reader) -> None:
        """Begin the silence anew if words, or a part of a tool call, have come."""
        if reader.progress != self._seen:
            self._seen = reader.progress
            seconds = self._silence_seconds
            if reader.is_complete:
                seconds = min(seconds, AFTER_END_SECONDS)
            self._deadline = asyncio.get_running_loop().time() + seconds


async def _drained(chunks: AsyncIterator[bytes]) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in chunks:
                pass
    except NETWORK_ERRORS:
        return


class _Reader:
    """Decodes one response's bytes, whatever the host turned out to send."""

    def __init__(self, response: httpx.Response) -> None:
        self._headers = response.headers
        self._status = response.status_code
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._is_event_stream = kind == "text/event-stream"
        self._is_stream: bool | None = None
        self._start = bytearray()
        self._decoder = SseDecoder()
        self._assembly = AnswerAssembly()
        self.is_done = False

    @property
    def progress(self) -> int:
        """Grows with every word, part of a tool call, or reason to finish."""
        return self._assembly.progress

    @property
    def is_complete(self) -> bool:
        """Whether the reason to finish has come: no words follow, usage may."""
        return bool(self._assembly.finish_reason)

    def feed(self, chunk: bytes) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield the words that `chunk` completes."""
        if not self._is_stream:
            self._start += chunk
            if len(self._start) > MAX_EVENT_BYTES:
                raise self.broken("the answer is too large")
            if self._is_stream is None:
                self._is_stream = self._looks_like_a_stream()
                chunk = bytes(self._start).removeprefix(_BYTE_ORDER_MARK)
        if self._is_stream:
            self._start.clear()
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
            if not self._assembly.has_choices:
                raise errors.NotJson(reply=self._reply())
        if not self._assembly.finish_reason:
            raise self.broken("the stream ended before its end mark")

    def _looks_like_a_stream(self) -> bool | None:
        """Return what the first bytes tell; None when they are too few.

        An error object may come as plain JSON under the content type of a stream.
        """
        start = bytes(self._start[:16])
        text = start.removeprefix(_BYTE_ORDER_MARK).lstrip()
        if not text or _BYTE_ORDER_MARK.startswith(start):
            return None
        if text.startswith(b"{"):
            return False
        if self._is_event_stream or text.startswith(_FIELDS):
            return True
        if any(field.startswith(text) for field in _FIELDS):
            return None
        raise errors.NotJson(reply=self._reply())

    def _reply(self) -> errors.HostReply:
        body = self._start.decode("utf-8", "replace")
        return failures.reply_from(self._status, self._headers, body)

    def _words(self, events: list[bytes]) -> Iterator[TextDelta | ReasoningDelta]:
        """Yield what the events add. What came before a fault is yielded before it is raised."""
        joined = _JoinedWords()
        try:
            for data in events:
                words, self.is_done = _before_done(data)
                if words:
                    joined.add(*self._assembly.take(words))
                if self.is_done:
                    break
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

    def failed(self, error: Exception, *, is_late: bool) -> errors.ApiError:
        """Return the error for a body that fell silent or broke off here."""
        if not is_late:
            return self.broken(str(error))
        if self._assembly.has_words:
            return errors.SilenceTimedOut()
        return errors.FirstWordTimedOut()

    def finished(self) -> StreamEvent:
        """Return the end event of a complete answer."""
        return self._assembly.finished()


def _before_done(data: bytes) -> tuple[bytes, bool]:
    """Return what an event says besides the end of the stream, and whether that is in it.

    Some servers forget the blank line before the end mark.
    """
    text = data.rstrip()
    if not text.endswith(_DONE):
        return data, False
    before = text[: -len(_DONE)]
    return (
        (before.rstrip(), True) if not before.strip() or before.endswith(b"\n") else (data, False)
    )


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
