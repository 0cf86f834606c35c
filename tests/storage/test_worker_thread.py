"""Threads that never keep the program from ending."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from novita_desktop.storage.worker_thread import WorkerThread, in_daemon_thread, on_this_loop
from tests.storage.samples import run_python


def test_work_runs_in_order_in_one_daemon_thread() -> None:
    worker = WorkerThread("worker")
    seen: list[tuple[int, str, bool]] = []

    def note(number: int) -> int:
        thread = threading.current_thread()
        seen.append((number, thread.name, thread.daemon))
        return number

    futures = [worker.submit(lambda number=number: note(number)) for number in range(20)]
    assert [future.result(10) for future in futures] == list(range(20))
    assert seen == [(number, "worker", True) for number in range(20)]


def test_a_failure_reaches_whoever_waits_and_the_thread_goes_on() -> None:
    worker = WorkerThread("worker")

    def fail() -> None:
        raise KeyError("x")

    async def work() -> None:
        with pytest.raises(KeyError):
            await on_this_loop(worker.submit(fail))
        assert await on_this_loop(worker.submit(lambda: 5)) == 5
        with pytest.raises(KeyError):
            await in_daemon_thread(fail)

    asyncio.run(work())


def test_work_cancelled_before_its_turn_is_not_done() -> None:
    worker = WorkerThread("worker")
    gate = threading.Event()
    done: list[int] = []
    worker.submit(lambda: gate.wait(10))
    second = worker.submit(lambda: done.append(2))
    third = worker.submit(lambda: done.append(3))
    assert second.cancel()
    gate.set()
    third.result(10)
    assert done == [3]


def test_an_answer_after_the_loops_end_is_dropped_quietly(caplog) -> None:
    worker = WorkerThread("worker")
    gate = threading.Event()

    async def give_up() -> None:
        waiting = on_this_loop(worker.submit(lambda: gate.wait(10)))
        await asyncio.wait({waiting}, timeout=0.01)

    asyncio.run(give_up())
    gate.set()
    worker.submit(lambda: None).result(10)
    assert [record.levelname for record in caplog.records if record.levelno > 20] == []


def test_hanging_work_does_not_hold_up_the_end() -> None:
    code = """
import asyncio, time
from novita_desktop.storage.worker_thread import in_daemon_thread
async def main():
    await asyncio.wait_for(in_daemon_thread(lambda: time.sleep(3600)), 0.1)
try:
    asyncio.run(main())
except TimeoutError:
    print("gave up")
"""
    began = time.monotonic()
    assert run_python(code) == (0, "gave up\n", "")
    assert time.monotonic() - began < 30
