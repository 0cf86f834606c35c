"""Takes secrets out of what a host sends back, should it ever repeat them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from novita_desktop.domain.errors import ApiError
from novita_desktop.domain.json_values import as_object
from novita_desktop.domain.stream import (
    ReasoningDelta,
    StreamEvent,
    StreamFinished,
    StreamOpened,
    TextDelta,
)

MASK = "sk_…"
SHORTEST_KEY = 8
"""A shorter key could be an ordinary word of the answer; it is left alone."""


class Masking:
    """Knows the key and the proxy's password, and removes them from texts, events and errors."""

    def __init__(self, *secrets: str | None) -> None:
        self._secrets = tuple(s for s in secrets if s and len(s) >= SHORTEST_KEY)

    def text(self, text: str) -> str:
        """Return `text` without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

    def event(self, event: StreamEvent) -> StreamEvent:
        """Return the same event without the secrets."""
        match event:
            case TextDelta(text) | ReasoningDelta(text):
                return replace(event, text=self.text(text)) if self._is_in(text) else event
            case StreamOpened(_, headers):
                return replace(event, headers=self._headers(headers))
            case StreamFinished(_, _, raw):
                words = msgspec.json.encode(raw).decode()
                if not self._is_in(words):
                    return event
                return replace(event, raw=as_object(msgspec.json.decode(self.text(words))))

    def begun_length(self, words: str) -> int:
        """Return how many characters at the end of `words` may be the beginning of a secret."""
        return max((_begun_length(words, secret) for secret in self._secrets), default=0)

    def without_secrets(self, error: ApiError) -> ApiError:
        """Return the same error, its reply and words without the secrets, and without a cause.

        The network library's own errors know the request, and with it the key.
        """
        reply = error.reply
        error.reply = replace(
            reply,
            message=self.text(reply.message),
            body=self.text(reply.body),
            headers=self._headers(reply.headers),
        )
        error.args = tuple(self.text(str(word)) for word in error.args)
        error.__cause__ = error.__context__ = None
        return error

    def _headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.text(value)) for name, value in headers)

    def _is_in(self, text: str) -> bool:
        return any(secret in text for secret in self._secrets)


def _begun_length(words: str, secret: str) -> int:
    longest = min(len(words), len(secret) - 1)
    return next((n for n in range(longest, 0, -1) if words.endswith(secret[:n])), 0)


class StreamMasking:
    """Masks the events of one answer, also a secret that comes in several pieces.

    Words that may be the beginning of a secret wait for the next event; its first
    `SHOWN_CHARACTERS` do not, so that ordinary words are never late.
    """

    SHOWN_CHARACTERS = 3

    def __init__(self, masking: Masking) -> None:
        self._masking = masking
        self._begun: TextDelta | ReasoningDelta | None = None

    def events(self, event: StreamEvent) -> Iterator[StreamEvent]:
        """Yield what may be shown once `event` has come."""
        if not isinstance(event, TextDelta | ReasoningDelta):
            yield from self.rest()
            yield self._masking.event(event)
            return
        if type(self._begun) is not type(event):
            yield from self.rest()
        before = self._begun.text if self._begun else ""
        words = self._masking.text(before + event.text)
        begun = self._masking.begun_length(words)
        end = len(words) - begun + min(begun, self.SHOWN_CHARACTERS)
        shown = words[min(len(before), self.SHOWN_CHARACTERS) : end]
        self._begun = replace(event, text=words[-begun:]) if begun else None
        if shown:
            yield replace(event, text=shown)

    def rest(self) -> Iterator[StreamEvent]:
        """Yield what waits: no secret has come of it."""
        begun, self._begun = self._begun, None
        if begun is not None and len(begun.text) > self.SHOWN_CHARACTERS:
            yield replace(begun, text=begun.text[self.SHOWN_CHARACTERS :])
