"""The host may send anything, cut anywhere: the run path never breaks and never calls it success.

`NOVITA_TEST_FUZZ=5000 ./dev test tests/reliability/test_any_bytes.py` tries more.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import threading
import time
from dataclasses import dataclass

import pytest

from novita_desktop.domain.requests import RetryPolicy
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services.events import Events
from novita_desktop.services.retry import RetryRules
from novita_desktop.services.run_ends import BUG_CODE
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from tests.services.stage import Watch, limits, request

TRIES = int(os.environ.get("NOVITA_TEST_FUZZ", "300"))
AT_ONCE = 16
SEED = int(os.environ.get("NOVITA_TEST_SEED", "20261124"))
WORDS = "Ebbe und Flut 🌊 kommen vom Mond. "
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def event(delta: object, finish: str | None = None) -> bytes:
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def whole_answer() -> bytes:
    """Return an answer as a well-behaved host sends it."""
    words = b"".join(event({"content": word}) for word in WORDS.split(" "))
    return HEAD + words + event({}, "stop") + b"data: [DONE]\n\n"


@dataclass
class Sent:
    """What one run is answered with: its bytes, and where they are cut."""

    data: bytes
    cuts: list[int]
    pause: float
    is_reset: bool

    @property
    def has_end(self) -> bool:
        """Whether the bytes hold what may end an answer: a reason to finish.

        It is looked for loosely, so that what passes for success here certainly is none without.
        """
        return b"finish_reason" in self.data and b"stop" in self.data


def garbled(chance: random.Random) -> Sent:
    """Return an answer that is damaged in one of many ways, or random bytes."""
    data = bytearray(whole_answer())
    match chance.randrange(8):
        case 0:
            data = bytearray(chance.randbytes(chance.randrange(4_000)))
        case 1:
            del data[chance.randrange(len(data)) :]
        case 2:
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 3:
            place = chance.randrange(len(HEAD), len(data))
            data[place:place] = chance.randbytes(chance.randrange(1, 200))
        case 4:
            first, last = sorted(chance.sample(range(len(data)), 2))
            del data[first:last]
        case 5:
            odd = [
                b"null",
                b"[]",
                b"3",
                b'"x"',
                b"{",
                b'{"choices":0}',
                b'{"choices":[null]}',
                b'{"choices":[{"delta":3}]}',
                b'{"choices":[{"delta":{"content":[1]}}]}',
                b'{"error":{"message":1}}',
                b'{"usage":{"prompt_tokens":"x"}}',
                b"\xff\xfe",
                b'{"choices":[{"index":-1,"delta":{"tool_calls":[{"index":9e9}]}}]}',
                b"[" * 3_000,
                b'{"a":' * 3_000,
                b"1e999",
                b"NaN",
            ]
            place = data.index(b"data:", chance.randrange(len(HEAD), len(data) - 40))
            data[place:place] = b"data: " + chance.choice(odd) + b"\n\n"
        case 6:
            data = bytearray(HEAD + whole_answer()[len(HEAD) :].replace(b"\n", b"\r\n"))
        case _:
            pieces = bytes(data[len(HEAD) :]).split(b"\n\n")
            chance.shuffle(pieces)
            data = bytearray(HEAD + b"\n\n".join(pieces))
    cuts = sorted(chance.sample(range(len(data) + 1), min(len(data), chance.randrange(6))))
    return Sent(bytes(data), cuts, chance.choice([0, 0, 0.002, 0.02]), chance.random() < 0.2)


class FuzzHost:
    """Answers each run, told by its message, with the bytes that belong to it."""

    def __init__(self, answers: dict[str, Sent]) -> None:
        self._answers = answers
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
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
            head, _, body = connection.recv(65_536).partition(b"\r\n\r\n")
            if not head.startswith(b"POST"):
                return
            while not body.endswith(b"}"):
                body += connection.recv(65_536)
            name = json.loads(body)["messages"][0]["content"]
            self.requests.append(name)
            sent = self._answers[name]
            try:
                for start, end in zip([0, *sent.cuts], [*sent.cuts, len(sent.data)], strict=True):
                    connection.sendall(sent.data[start:end])
                    time.sleep(sent.pause)
            except OSError:
                return
            if sent.is_reset:
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def close(self) -> None:
        self._socket.close()


@pytest.mark.timeout(60 + TRIES)
def test_nothing_breaks_and_no_damage_is_a_success(tmp_path):
    chance = random.Random(SEED)
    answers = {f"answer {number}": garbled(chance) for number in range(TRIES)}
    answers["whole"] = Sent(whole_answer(), [], 0, is_reset=False)
    host = FuzzHost(answers)
    faults: list[dict[str, object]] = []

    async def journey() -> dict[str, tuple[RunStatus, str, str]]:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: faults.append(context))
        events = Events()
        watch = Watch(events)
        options = WorkspaceOptions(tmp_path, base_url=host.base_url, key="sk_fuzz_test_key")
        rules = RetryRules(dict.fromkeys(RetryPolicy, ()), lambda: 0.5)
        workspace = await Workspace.open(
            options, events, pace=Pace(rules=rules), keychain=SessionSecrets()
        )
        ends: dict[str, tuple[RunStatus, str, str]] = {}

        async def run(name: str) -> None:
            asked = request(name, time_limits=limits(first_word_seconds=2.0, silence_seconds=2.0))
            started = await workspace.runs.submit(asked)
            await watch.ended(started.id)
            detail = await workspace.history.detail(started.id)
            code = detail.error.code if detail.error else ""
            ends[name] = (detail.summary.status, code, detail.text)

        try:
            names = iter(answers)

            async def worker() -> None:
                for name in names:
                    await run(name)

            await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        finally:
            await workspace.close()
        return ends

    try:
        ends = asyncio.run(journey())
    finally:
        host.close()
    assert faults == []
    assert ends["whole"] == (RunStatus.SUCCEEDED, "", WORDS.replace(" ", ""))
    assert len(ends) == TRIES + 1
    for name, (status, code, _) in ends.items():
        assert status in {RunStatus.SUCCEEDED, RunStatus.FAILED}, name
        if status is RunStatus.SUCCEEDED:
            assert answers[name].has_end, (name, answers[name])
        else:
            assert code not in {"", BUG_CODE}, (name, answers[name])
    statuses = {status for status, _, _ in ends.values()}
    assert statuses == {RunStatus.SUCCEEDED, RunStatus.FAILED}
    # One attempt each was allowed, so the host saw each run once.
    assert sorted(host.requests) == sorted(set(host.requests))
