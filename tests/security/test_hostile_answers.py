"""Answers are written by strangers: nothing is fetched or run, and the window stays quick."""

from __future__ import annotations

import json
import math
import socket
import threading

import pytest

SCENE = "tests.security.scenes:read_hostile_answers"
ALLOWED_LATENESS_MS = 250
TRIES = 3
"""What an answer itself costs comes again in each try; what other programs cost does not."""


class Trap:
    """A server that notes whoever connects: remote images of the answers are there."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def trap():
    trap = Trap()
    yield trap
    trap.close()


def hostile_answers(trap: str, secret: str) -> dict[str, str]:
    """Return answers by name; `secret` is a file that no answer may show."""
    controls = "".join(chr(code) for code in [*range(1, 9), *range(14, 32), 127])
    bidirectional = "".join(map(chr, [0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2069]))
    return {
        "images": f"![a]({trap}/a.png) <img src='{trap}/b.png'> ![c](file://{secret})\n\n"
        f"<iframe src='{trap}'></iframe><link rel=stylesheet href='{trap}/c.css'>"
        f"\n\n<style>@import url({trap}/d.css); body{{background:url({trap}/e.png)}}</style>"
        f"\n\n[ref]: {trap}/f.png\n![ref]\n<object data='{trap}/g'></object>",
        "links": f"[a](file://{secret}) [b](javascript:alert(1)) [c](data:text/html,x)"
        f" <file://{secret}> [d](\\\\host\\share) [e](vbscript:x) [f](qrc:/x) <javascript:x>",
        "scripts": "<script>alert(1)</script><a href='javascript:x' onclick='y'>z</a>",
        "wide table": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n|" + "b|" * 2_000,
        "long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 20_000,
        "quotes": ">" * 20_000 + " deep",
        "lists": "\n".join(" " * 2 * n + "- x" for n in range(400)),
        "emphasis": "*a _b " * 20_000,
        "brackets": "[" * 50_000 + "](" * 5_000,
        "backticks": "`" * 20_001 + " x " + "`" * 20_000,
        "fences": "```\n" * 10_000,
        "html": "<div>" * 20_000,
        "entities": "&lt;" * 50_000 + "&#0;&#xD800;&#x110000;",
        "controls": f"a{controls}b{bidirectional}c\ufeff\ufffe\uffff",
        "combining": "a" + "\u0301" * 50_000,
        "one line": "x" * 10_000_000,
        "words": "word " * 400_000,
        "lines": "\n" * 200_000 + "end",
    }


NAMES = tuple(hostile_answers("", ""))


class AnswerHost:
    """An OpenAI-compatible host that gives one answer to everything, in large pieces."""

    PIECE = 16_384

    def __init__(self, text: str) -> None:
        self._text = text
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65_536)
                if not piece:
                    return
                head += piece
            if head.startswith(b"POST"):
                self._stream(connection)
            else:
                found = head.startswith(b"GET /v1/models")
                body = b'{"data":[{"id":"hostile","object":"model"}]}' if found else b"{}"
                words = b"200 OK" if found else b"404 Not Found"
                connection.sendall(
                    b"HTTP/1.1 " + words + b"\r\nContent-Type: application/json\r\n"
                    b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
                )

    def _stream(self, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
        )
        for start in range(0, len(self._text), self.PIECE):
            delta = {"content": self._text[start : start + self.PIECE]}
            self._send(connection, {"choices": [{"index": 0, "delta": delta}]})
        end = {"index": 0, "delta": {}, "finish_reason": "stop"}
        self._send(connection, {"choices": [end]})
        connection.sendall(b"data: [DONE]\n\n")

    def _send(self, connection: socket.socket, chunk: object) -> None:
        connection.sendall(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def close(self) -> None:
        self._socket.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_fetched_and_the_window_stays_quick(play, trap, tmp_path, name):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret file's words")
    host = AnswerHost(hostile_answers(trap.address, str(secret))[name])
    least_late = math.inf
    try:
        for _ in range(TRIES):
            if least_late >= ALLOWED_LATENESS_MS:
                told = play(
                    SCENE, "--base-url", host.base_url, NOVITA_API_KEY="sk_hostile_test_key"
                )
                facts = json.loads(told)
                assert facts["shown"]
                assert facts["opened"] == []
                assert facts["connected"] == []
                assert "secret file" not in facts["shown"]
                least_late = min(least_late, facts["late_ms"])
    finally:
        host.close()
    assert trap.visits == 0
    assert least_late < ALLOWED_LATENESS_MS
