"""The window's loop: order, cancelling, threads, budget, nested loops, generators, stopping."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import subprocess
import sys
import textwrap
import threading
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from novita_desktop.ui.event_loop import TURN_SECONDS


def settle(qtbot, condition, timeout=5000):
    qtbot.waitUntil(condition, timeout=timeout)


def test_callbacks_run_in_the_order_they_were_asked_for(qtbot, loop):
    seen = []
    for number in range(500):
        loop.call_soon(seen.append, number)
    assert seen == []  # never at once
    settle(qtbot, lambda: len(seen) == 500)
    assert seen == list(range(500))


def test_a_callback_asked_for_by_a_callback_runs_after_those_that_wait(qtbot, loop):
    seen = []
    loop.call_soon(lambda: (seen.append("first"), loop.call_soon(seen.append, "third")))
    loop.call_soon(seen.append, "second")
    settle(qtbot, lambda: len(seen) == 3)
    assert seen == ["first", "second", "third"]


def test_a_cancelled_handle_does_not_run(qtbot, loop):
    seen = []
    soon = loop.call_soon(seen.append, "soon")
    later = loop.call_later(0.001, seen.append, "later")
    from_thread = loop.call_soon_threadsafe(seen.append, "thread")
    soon.cancel()
    later.cancel()
    from_thread.cancel()
    loop.call_later(0.02, seen.append, "end")
    settle(qtbot, lambda: seen == ["end"])


def test_a_handle_cancelled_by_one_before_it_does_not_run(qtbot, loop):
    seen, later = [], []
    loop.call_soon(lambda: later.append(second.cancel()))
    second = loop.call_soon(seen.append, "second")
    loop.call_soon(seen.append, "third")
    settle(qtbot, lambda: bool(seen))
    assert seen == ["third"]


def test_threads_are_heard_each_callback_once_in_their_own_order(qtbot, loop):
    seen = []

    def tell(thread):
        for number in range(300):
            loop.call_soon_threadsafe(seen.append, (thread, number))

    threads = [threading.Thread(target=tell, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    settle(qtbot, lambda: len(seen) == 1200)
    for thread in threads:
        thread.join()
    for number in range(4):
        assert [n for thread, n in seen if thread == number] == list(range(300))


def test_a_thread_wakes_a_loop_that_sleeps(qtbot, loop):
    seen = []
    waker = threading.Timer(0.05, lambda: loop.call_soon_threadsafe(seen.append, "awake"))
    waker.start()
    settle(qtbot, lambda: seen == ["awake"])
    waker.join()


def test_the_result_of_a_thread_reaches_a_coroutine(wait, loop):
    async def ask():
        return await loop.run_in_executor(None, lambda: threading.current_thread().name)

    assert wait(ask()) != threading.main_thread().name


def test_callbacks_keep_the_context_they_are_given(qtbot, loop):
    variable = contextvars.ContextVar("variable", default="outside")
    context = contextvars.copy_context()
    context.run(variable.set, "inside")
    seen = []
    loop.call_soon(lambda: seen.append(variable.get()), context=context)
    loop.call_soon_threadsafe(lambda: seen.append(variable.get()), context=context)
    settle(qtbot, lambda: len(seen) == 2)
    assert seen == ["inside", "inside"]


def test_qt_gets_its_turn_while_callbacks_keep_coming(qtbot, loop):
    """A timer of Qt runs long before a second's worth of callbacks is done."""
    left = [500]
    ticks = []

    def work():
        time.sleep(0.001)  # the time that is spent is the thing tested
        left[0] -= 1

    for _ in range(left[0]):
        loop.call_soon(work)
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: ticks.append(left[0]))
    timer.start()
    settle(qtbot, lambda: left[0] == 0)
    timer.stop()
    most_at_once = max(before - after for before, after in pairwise(ticks))
    assert most_at_once <= TURN_SECONDS * 1000 * 3


def test_a_coroutine_that_never_rests_does_not_hold_the_window(qtbot, loop, wait):
    ticks = []
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()

    async def spin():
        while len(ticks) < 20:  # noqa: ASYNC110  # not resting is the point
            await asyncio.sleep(0)

    wait(spin())
    timer.stop()


def test_an_error_in_a_callback_is_reported_and_the_next_one_runs(qtbot, loop):
    reports, seen = [], []
    loop.set_exception_handler(lambda _loop, context: reports.append(context["exception"]))
    try:
        loop.call_soon(lambda: 1 / 0)
        loop.call_soon(seen.append, "next")
        settle(qtbot, lambda: bool(seen))
    finally:
        loop.set_exception_handler(None)
    assert [type(report) for report in reports] == [ZeroDivisionError]


def test_no_callback_runs_inside_another_when_that_spins_a_loop_of_qt(qtbot, loop):
    """asyncio cannot enter a task while it is in one; what waits runs afterwards."""
    seen = []

    def spin():
        inner = QEventLoop()
        QTimer.singleShot(30, inner.quit)
        loop.call_soon(seen.append, "waited")
        inner.exec()
        seen.append("spun")

    loop.call_soon(spin)
    settle(qtbot, lambda: len(seen) == 2)
    assert seen == ["spun", "waited"]


def test_timeouts_and_sleeps_keep_time(wait, loop):
    async def slow():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.sleep(5)

    start = time.monotonic()
    wait(slow())
    assert 0.04 <= time.monotonic() - start < 2


def test_a_generator_left_half_way_is_closed(qtbot, loop, wait):
    closed = []

    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            closed.append("closed")

    async def take_one():
        async for _number in numbers():
            break

    wait(take_one())
    gc.collect()
    settle(qtbot, lambda: closed == ["closed"])
    settle(qtbot, lambda: not [task for task in asyncio.all_tasks(loop) if not task.done()])


def run_python(code):
    """Run `code` in a process of its own, where a loop may start, stop and close."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


START = """
    import asyncio, sys
    from PySide6.QtWidgets import QApplication
    from novita_desktop.ui.event_loop import create_event_loop
    app = QApplication(sys.argv)
    loop = create_event_loop(app)
"""


def test_the_loop_runs_a_program_to_its_end_and_can_run_again():
    done = run_python(
        START
        + """
    async def main(text):
        await asyncio.sleep(0.01)
        return text
    print(loop.run_until_complete(main("one")), loop.run_until_complete(main("two")))
    loop.close()
    print(loop.is_closed())
    """
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "one two\nTrue\n", "")


def test_stop_ends_the_loop_and_close_forgets_what_waits():
    done = run_python(
        START
        + """
    def stop():
        loop.stop()
        loop.call_later(60, print, "too late")
    loop.call_soon(stop)
    loop.run_forever()
    loop.call_soon(print, "never")
    loop.close()
    app.processEvents()
    try:
        loop.call_soon(print)
    except RuntimeError as error:
        print(error)
    print(sys.get_asyncgen_hooks().finalizer)
    """
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Event loop is closed\nNone\n"


def test_debug_mode_tells_what_held_the_window_up():
    done = run_python(
        START
        + """
    import logging, time
    logging.basicConfig(level=logging.WARNING)
    loop.set_debug(True)
    def hold():
        time.sleep(0.15)
        loop.stop()
    loop.call_soon(hold)
    loop.run_forever()
    loop.close()
    """
    )
    assert done.returncode == 0
    assert "held up for 0.1" in done.stderr
    assert "hold" in done.stderr
