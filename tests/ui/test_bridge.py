"""The engine's door: calls, cancelling, and events once a frame."""

import asyncio
import threading

import pytest

from novita_desktop.domain.account import Account
from novita_desktop.domain.errors import NotConnected
from novita_desktop.domain.runs import RunPhase
from novita_desktop.engine import Engine
from novita_desktop.services.events import (
    AccountChanged,
    Events,
    QueueChanged,
    RunGrew,
    RunPhaseChanged,
    RunRestarted,
)
from novita_desktop.ui.bridge import FRAME_MS, Bridge, merged


@pytest.fixture
def engine():
    running = Engine(lambda error: pytest.fail(repr(error)))
    running.start()
    yield running
    assert running.stop()


@pytest.fixture
def events():
    return Events()


@pytest.fixture
def bridge(qapp, engine, events):
    door = Bridge(engine, events)
    yield door
    door.close()


def test_a_call_runs_on_the_engines_thread(bridge, wait):
    async def work():
        return threading.current_thread().name

    assert wait(bridge.call(work())) == "engine"


def test_an_error_of_the_engine_reaches_who_called(bridge, wait):
    async def work():
        raise NotConnected

    with pytest.raises(NotConnected):
        wait(bridge.call(work()))


def test_cancelling_a_call_cancels_its_work(bridge, wait, qtbot):
    begun, cancelled = threading.Event(), threading.Event()

    async def work():
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def call_and_cancel():
        task = asyncio.ensure_future(bridge.call(work()))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    wait(call_and_cancel())
    assert cancelled.wait(5)


def test_a_call_after_the_engines_end_counts_as_cancelled(qapp, wait):
    engine = Engine(lambda error: None)
    engine.start()
    door = Bridge(engine, Events())
    engine.stop()

    async def work():
        return 1

    async def call():
        with pytest.raises(asyncio.CancelledError):
            await door.call(work())

    wait(call())


def test_events_of_one_frame_come_together_and_joined(bridge, engine, events, qtbot):
    seen = []
    bridge.run_grew.connect(seen.append)
    bridge.run_phase_changed.connect(seen.append)
    done = threading.Event()

    def publish():
        for word in ("one ", "two ", "three"):
            events.publish(RunGrew(1, word))
            events.publish(RunGrew(2, word.upper()))
        events.publish(RunPhaseChanged(1, RunPhase.WRITING))
        done.set()

    engine.call_soon(publish)
    assert done.wait(5)
    qtbot.waitUntil(lambda: len(seen) == 3, timeout=FRAME_MS * 30)
    assert seen == [
        RunGrew(1, "one two three"),
        RunGrew(2, "ONE TWO THREE"),
        RunPhaseChanged(1, RunPhase.WRITING),
    ]


def test_no_timer_runs_without_events(bridge, engine, events, qtbot):
    with qtbot.waitSignal(bridge.run_restarted):
        engine.call_soon(lambda: events.publish(RunRestarted(1)))
    assert not bridge._frame.isActive()


def test_growth_is_not_joined_over_a_restart():
    joined = merged([RunGrew(1, "a"), RunRestarted(1), RunGrew(1, "b"), RunGrew(1, "c", "why")])
    assert joined == [RunGrew(1, "a"), RunRestarted(1), RunGrew(1, "bc", "why")]


def test_growth_is_joined_over_another_runs_restart():
    assert merged([RunGrew(1, "a"), RunRestarted(2), RunGrew(1, "b")]) == [
        RunGrew(1, "ab"),
        RunRestarted(2),
    ]


def test_only_the_last_state_of_the_queue_stays():
    account = AccountChanged(Account())
    assert merged([QueueChanged(1, 0), account, QueueChanged(2, 3)]) == [
        QueueChanged(2, 3),
        account,
    ]


def test_closing_delivers_what_arrived(qapp, engine, events):
    door = Bridge(engine, events)
    seen = []
    door.run_grew.connect(seen.append)
    events.publish(RunGrew(1, "a"))
    door.close()
    events.publish(RunGrew(1, "b"))
    assert seen == [RunGrew(1, "a")]
