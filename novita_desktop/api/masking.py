"""Takes secrets out of what a host sends back, should it ever repeat them."""

from __future__ import annotations

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
