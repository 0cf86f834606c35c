"""A server on loopback that answers with exactly the bytes a test gives it."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field


@dataclass
class Reply:
    """What to send: raw bytes in pieces; then close, or hold the connection open.

    `pause` is in seconds, before every piece but the first.
    """

    pieces: list[bytes]
    hold_open: bool = False
    reset: bool = False
    pause: float = 0


@dataclass
class ByteServer:
    """Answers connection after connection with the next scripted reply."""

    replies: list[Reply] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.hung_up = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/openai/v1"

    def close(self) -> None:
        self._ending.set()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            self.requests.append(_read_request(connection))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reply = self.replies.pop(0)
            try:
                for number, piece in enumerate(reply.pieces):
                    if reply.pause and number:
                        self._ending.wait(reply.pause)
                    connection.sendall(piece)
                if reply.hold_open:
                    connection.settimeout(10)
                    if connection.recv(1) == b"":
                        self.hung_up.set()
            except OSError:
                self.hung_up.set()
            if reply.reset:
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def http(
    status: str, body: bytes, content_type: str = "application/json", headers: str = ""
) -> list[bytes]:
    """Return a whole reply with its length."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
    )
    return [head.encode() + body]


def stream(*pieces: bytes, content_type: str = "text/event-stream") -> list[bytes]:
    """Return a streamed reply that ends when the connection closes."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nConnection: close\r\n\r\n"
    return [head.encode(), *pieces]
