"""A host that shows its models to its customers alone, and has no balance to ask for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

KEY = "sk_customers_0001"
MODEL = "plain-model"


class KeyedHost:
    """What the host was asked: every path, with whether the key came along."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.asked: list[tuple[str, bool]] = []

    def lists(self, *, with_key: bool) -> int:
        """Return how often the models were asked for."""
        return self.asked.count(("/v1/models", with_key))


class _Answers(BaseHTTPRequestHandler):
    host: ClassVar[KeyedHost]

    def do_GET(self) -> None:
        has_key = self.headers.get("Authorization") == f"Bearer {KEY}"
        self.host.asked.append((self.path, has_key))
        if self.path != "/v1/models":
            self._send(404, {"detail": "Not Found"})
        elif has_key:
            row = {"id": MODEL, "object": "model", "created": 1, "owned_by": "somebody"}
            self._send(200, {"object": "list", "data": [row]})
        else:
            self._send(401, {"error": {"message": "no key", "type": "auth_error", "code": "401"}})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, status: int, fields: dict[str, object]) -> None:
        body = json.dumps(fields).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def keyed_host() -> Iterator[KeyedHost]:
    """Serve on a loopback port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    _Answers.host = KeyedHost(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield _Answers.host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
