"""The engine's thread and loop: start, call, stop in order."""

from __future__ import annotations

import asyncio
import linecache
import sys
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import CancelledError

import pytest

import novita_desktop.engine
from novita_desktop.engine import Engine, EngineStopped


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture(autouse=True)
def turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def engine(bugs: list[BaseException]) -> Iterator[Engine]:
    running = Engine(bugs.append)
    running.start()
    yield running
    assert running.stop()


async def thread_name() -> str:
    return threading.current_thread().name


def test_work_runs_on_a_thread_of_its_own(engine: Engine) -> None:
    assert engine.is_running
    assert engine.submit(thread_name()).result(5) == "engine"
    called: list[str] = []
    done = threading.Event()
    engine.call_soon(lambda: (called.append(threading.current_thread().name), done.set()))
    assert done.wait(5)
    assert called == ["engine"]


def test_threads_take_turns_often(engine: Engine) -> None:
    assert sys.getswitchinterval() == pytest.approx(0.0005)


def test_cancelling_the_future_cancels_the_work(engine: Engine) -> None:
    began, ended = threading.Event(), threading.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    future = engine.submit(work())
    assert began.wait(5)
    future.cancel()
    assert ended.wait(5)
    with pytest.raises(CancelledError):
        future.result(5)


def test_an_error_reaches_whoever_awaits(engine: Engine, bugs: list[BaseException]) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.submit(fail()).result(5)
    assert bugs == []


def test_an_error_that_nobody_awaits_is_reported(
    engine: Engine, bugs: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    reported = threading.Event()

    def fail() -> None:
        engine.call_soon(reported.set)
        raise ZeroDivisionError

    engine.call_soon(fail)
    assert reported.wait(5)
    assert [type(error) for error in bugs] == [ZeroDivisionError]
    assert "ZeroDivisionError" in caplog.text


def test_stopping_cancels_what_runs_and_closes_abandoned_generators() -> None:
    events: list[str] = []
    began = threading.Event()

    async def numbers() -> AsyncGenerator[int, None]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            events.append("generator closed")

    async def work() -> None:
        kept = numbers()
        await anext(kept)
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            events.append("cancelled")
            await asyncio.sleep(0.01)
            events.append("cleaned up")

    engine = Engine(lambda _: None)
    engine.start()
    future = engine.submit(work())
    assert began.wait(5)
    assert engine.stop()
    assert events == ["cancelled", "cleaned up", "generator closed"]
    assert future.cancelled()
    assert not engine.is_running


def test_a_stopped_engine_takes_no_work_and_stops_again() -> None:
    engine = Engine(lambda _: None)
    with pytest.raises(EngineStopped):
        engine.submit(thread_name())
    assert engine.stop()
    engine = Engine(lambda _: None)
    engine.start()
    assert engine.stop()
    assert engine.stop()
    with pytest.raises(EngineStopped):
        engine.submit(thread_name())
    with pytest.raises(EngineStopped):
        engine.call_soon(lambda: None)


def test_work_that_will_not_end_does_not_hold_the_stop() -> None:
    hold = threading.Event()
    engine = Engine(lambda _: None)
    engine.start()
    engine.call_soon(hold.wait)
    began = time.monotonic()
    assert not engine.stop(timeout=0.1)
    assert time.monotonic() - began < 3
    hold.set()
    assert engine.stop()


def test_a_failure_while_stopping_is_reported() -> None:
    bugs: list[BaseException] = []
    began = threading.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    engine = Engine(bugs.append)
    engine.start()
    engine.submit(work())
    assert began.wait(5)
    assert engine.stop()
    assert [type(error) for error in bugs] == [ZeroDivisionError]


def test_warming_up_loads_the_network_on_the_engines_thread(engine: Engine) -> None:
    engine.warm_up().result(30)
    assert {"httpx", "aiohttp", "msgspec", "keyring"} <= set(sys.modules)


def test_warming_up_keeps_no_source_of_what_it_loads(engine: Engine) -> None:
    linecache.getlines(novita_desktop.engine.__file__)
    engine.warm_up(["novita_desktop.domain.visible_text"]).result(30)
    assert not linecache.cache
