"""Takes the key out of what a host sends back, should it ever repeat it."""

from __future__ import annotations

from dataclasses import replace

from novita_desktop.domain.errors import ApiError

MASK = "sk_…"
SHORTEST_KEY = 8
"""A shorter key could be an ordinary word of the answer; it is left alone."""


class Masking:
    """Knows one key and removes it from texts and errors."""

    def __init__(self, key: str | None) -> None:
        self._key = key if key and len(key) >= SHORTEST_KEY else None

    def text(self, text: str) -> str:
        """Return `text` without the key."""
        return text.replace(self._key, MASK) if self._key else text

    def without_key(self, error: ApiError) -> ApiError:
        """Return the same error, its reply and words without the key."""
        reply = error.reply
        error.reply = replace(
            reply,
            message=self.text(reply.message),
            body=self.text(reply.body),
            headers=tuple((name, self.text(value)) for name, value in reply.headers),
        )
        error.args = tuple(self.text(str(word)) for word in error.args)
        return error
