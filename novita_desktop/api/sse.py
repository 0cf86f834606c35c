"""Decodes server-sent events without any I/O (novita/api.md section 2.5)."""

from __future__ import annotations

MAX_EVENT_BYTES = 64 * 1024 * 1024
"""An event larger than this is no answer that a person could use."""


class EventTooLarge(ValueError):
    """One event is larger than MAX_EVENT_BYTES."""


class SseDecoder:
    """Turns the bytes of a stream, cut anywhere, into the data of its events.

    Lines may end in LF, CRLF or CR; `data:` may or may not be followed by a space; comments and
    other fields are passed over; several `data` lines of one event are joined by a line feed. An
    event without data is none: some hosts send it to keep the connection open.
    """

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._piece_bytes = 0
        self._data: list[bytes] = []
        self._data_bytes = 0
        self._ends_in_return = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """Return the data of every event that `chunk` completes. Raises EventTooLarge."""
        if self._ends_in_return and chunk:
            self._ends_in_return = False
            chunk = chunk.removeprefix(b"\n")
        if b"\r" in chunk:
            self._ends_in_return = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\n" not in chunk:
            self._pieces.append(chunk)
            self._piece_bytes += len(chunk)
            self._check_size()
            return []
        *lines, rest = (b"".join(self._pieces) + chunk).split(b"\n")
        self._pieces, self._piece_bytes = [rest], len(rest)
        return self._events_of(lines)

    def finish(self) -> list[bytes]:
        """Return what stands complete at the end of the stream without its closing blank line."""
        rest = b"".join(self._pieces)
        self._pieces, self._piece_bytes = [], 0
        return self._events_of([rest, b""])

    def _events_of(self, lines: list[bytes]) -> list[bytes]:
        events: list[bytes] = []
        for line in lines:
            if not line:
                data = b"\n".join(self._data)
                if data.strip():
                    events.append(data)
                self._data, self._data_bytes = [], 0
            elif line.startswith(b"data:"):
                value = line[6:] if line[5:6] == b" " else line[5:]
                self._data.append(value)
                self._data_bytes += len(value) + 1
                self._check_size()
        return events

    def _check_size(self) -> None:
        if self._piece_bytes + self._data_bytes > MAX_EVENT_BYTES:
            raise EventTooLarge(f"more than {MAX_EVENT_BYTES} bytes without an end")
