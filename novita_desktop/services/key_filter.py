"""Keeps API keys out of logs: a last guard behind code that does not log them."""

from __future__ import annotations

import logging
import re
from typing import Final

from typing_extensions import override

MASK: Final = "…"
SHORTEST_KEY: Final = 8
"""A shorter text could be an ordinary word; it is not masked by itself."""

_HEADER: Final = re.compile(
    r"""((?:proxy-)?authorization['"]?\s*[:=,]\s*(?:b?['"])?)(?:(?:bearer|basic)\s+)?[^\s'",;)}\]]+""",
    re.IGNORECASE,
)
_BEARER: Final = re.compile(r"(\bbearer\s+)[^\s'\",;)}\]]+", re.IGNORECASE)
_KEY: Final = re.compile(r"\bsk_[A-Za-z0-9_-]{4,}")
"""What Novita's keys look like (novita/api.md section 1)."""


class KeyFilter(logging.Filter):
    """Masks the keys it was told of, what looks like one, and any `Authorization` header.

    Belongs on a log's handlers, where records of all loggers pass.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._formatter = logging.Formatter()

    def hide(self, key: str) -> None:
        """Mask this key from now on; from any thread."""
        if len(key) >= SHORTEST_KEY and key not in self._keys:
            self._keys = (*self._keys, key)

    def masked(self, text: str) -> str:
        """Return `text` without keys."""
        for key in self._keys:
            text = text.replace(key, MASK)
        text = _HEADER.sub(rf"\1{MASK}", text)
        text = _BEARER.sub(rf"\1{MASK}", text)
        return _KEY.sub(MASK, text)

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Mask a record's message and traceback; let it pass."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.masked(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.masked(record.exc_text)
        if record.stack_info:
            record.stack_info = self.masked(record.stack_info)
        return True
