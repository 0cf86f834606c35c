"""What the demo host was asked, for tests that count and inspect requests."""

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from threading import Condition
from typing import Final

import msgspec

SECRET_HEADERS: Final = frozenset({"authorization", "proxy-authorization", "cookie"})


@lru_cache(maxsize=64)
def fingerprint(secret: str) -> str:
    """Return what the log shows in place of `secret`: the start of its SHA-256."""
    return "sha256:" + sha256(secret.encode()).hexdigest()[:32]


@dataclass(slots=True)
class LogEntry:
    """One request and what became of it.

    Times ending in `_at` are seconds of the monotonic clock, `unix_time` is wall-clock time.
    `status` is 0 until an answer was begun;
    `broken` says that the host itself closed the connection.
    """

    number: int
    method: str
    path: str
    headers: Mapping[str, str]
    received_at: float
    unix_time: float
    body: bytes = b""
    model: str = ""
    scenario: str = ""
    status: int = 0
    chunks_sent: int = 0
    tokens_sent: int = 0
    held_at: str = ""
    broken: bool = False
    ended_at: float | None = None
    hung_up_at: float | None = None

    @property
    def hung_up(self) -> bool:
        """Whether the client closed the connection before the answer was complete."""
        return self.hung_up_at is not None

    @property
    def json(self) -> object:
        """The body decoded as JSON; None when it is not JSON."""
        try:
            decoded: object = msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        return decoded

    def as_json(self) -> dict[str, object]:
        """Return the entry as `GET /demo/log` sends it."""
        decoded = self.json
        return {
            "number": self.number,
            "method": self.method,
            "path": self.path,
            "headers": dict(self.headers),
            "received_at": self.received_at,
            "unix_time": self.unix_time,
            "body": self.body.decode(errors="replace") if decoded is None else decoded,
            "model": self.model,
            "scenario": self.scenario,
            "status": self.status,
            "chunks_sent": self.chunks_sent,
            "tokens_sent": self.tokens_sent,
            "held_at": self.held_at,
            "broken": self.broken,
            "ended_at": self.ended_at,
            "hung_up": self.hung_up,
            "hung_up_at": self.hung_up_at,
        }


@dataclass(slots=True)
class RequestLog:
    """The newest requests, and counts of all of them. Readable from any thread."""

    kept: int = 20_000
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    _entries: deque[LogEntry] = field(init=False)
    _changed: Condition = field(default_factory=Condition)

    def __post_init__(self) -> None:
        self._entries = deque(maxlen=self.kept)

    def open(self, method: str, path: str, headers: Mapping[str, str]) -> LogEntry:
        """Add a request that has just arrived; secrets in its headers become fingerprints."""
        safe = {
            name.lower(): fingerprint(value) if name.lower() in SECRET_HEADERS else value
            for name, value in headers.items()
        }
        with self._changed:
            self.total += 1
            entry = LogEntry(self.total, method, path, safe, time.monotonic(), time.time())
            self._entries.append(entry)
            self._changed.notify_all()
        return entry

    def count_model(self, entry: LogEntry, model: str) -> None:
        """Note that `entry` asks for `model`, and count it."""
        with self._changed:
            entry.model = model
            self.counts[model] += 1
            self._changed.notify_all()

    def hold(self, entry: LogEntry, gate: str) -> None:
        """Note that the answer waits at `gate`; an empty name says that it goes on."""
        with self._changed:
            entry.held_at = gate
            self._changed.notify_all()

    def close(self, entry: LogEntry, *, hung_up: bool = False) -> None:
        """Note that the host is done with `entry`, or that its client has hung up."""
        with self._changed:
            now = time.monotonic()
            entry.ended_at = now
            if hung_up:
                entry.hung_up_at = now
            self._changed.notify_all()

    def entries(self, path: str = "", model: str = "", after: int = 0) -> list[LogEntry]:
        """Return the kept requests, oldest first.

        Args:
            path: only requests whose path ends so.
            model: only requests for this model.
            after: only requests with a larger number.
        """
        with self._changed:
            kept = list(self._entries)
        return [
            entry
            for entry in kept
            if entry.number > after
            and entry.path.endswith(path)
            and (not model or entry.model == model)
        ]

    def chats(self, model: str = "") -> list[LogEntry]:
        """Return the kept chat requests, oldest first."""
        return self.entries("/chat/completions", model)

    def wait_for(self, fact: Callable[["RequestLog"], bool], seconds: float = 5.0) -> bool:
        """Block this thread until `fact(log)` holds; return False when `seconds` have passed.

        Not for the host's own thread, which it would stop.
        """
        end = time.monotonic() + seconds
        while not fact(self):
            with self._changed:
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, 0.05))
        return True

    def clear(self) -> None:
        """Forget every request and count."""
        with self._changed:
            self._entries.clear()
            self.counts.clear()
            self.total = 0
            self._changed.notify_all()
