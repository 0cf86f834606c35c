"""Coroutines started from slots, and dialogs that they wait for."""

import asyncio
import gc
import sys

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog

from novita_desktop.domain.errors import KeyRefused
from novita_desktop.ui.tasks import Tasks, answer_of


@pytest.fixture
def shown():
    return []


@pytest.fixture
def tasks(loop, shown):
    return Tasks(shown.append)


def test_work_runs_to_its_end_although_nobody_holds_it(qtbot, tasks):
    ended = []

    async def work():
        await asyncio.sleep(0.01)
        ended.append(True)

    tasks.start(work())
    gc.collect()
    qtbot.waitUntil(lambda: ended == [True])


def test_an_expected_error_is_shown_once(qtbot, tasks, shown):
    error = KeyRefused("no")

    async def work():
        raise error

    tasks.start(work())
    qtbot.waitUntil(lambda: shown == [error])


def test_a_bug_goes_to_the_crash_report_with_its_traceback(qtbot, tasks, shown, monkeypatch):
    reports = []
    monkeypatch.setattr(sys, "excepthook", lambda *report: reports.append(report))

    async def work():
        raise ZeroDivisionError

    tasks.start(work())
    qtbot.waitUntil(lambda: bool(reports))
    kind, error, traceback = reports[0]
    assert kind is ZeroDivisionError
    assert traceback is error.__traceback__ is not None
    assert shown == []


def test_closing_cancels_everything_and_waits_for_its_end(wait, tasks, shown):
    seen = []

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            seen.append("cleaned up")

    tasks.start(work())
    tasks.start(work())

    async def close():
        await asyncio.sleep(0)  # let both begin
        await tasks.close()

    wait(close())
    assert seen == ["cleaned up"] * 2
    assert shown == []


def test_nothing_begins_once_they_are_closed(wait, tasks):
    begun = []

    async def work():
        begun.append("too late")

    wait(tasks.close())
    assert tasks.start(work()).cancelled()
    assert begun == []


@pytest.mark.parametrize(("close", "answer"), [(QDialog.accept, True), (QDialog.reject, False)])
def test_a_dialog_is_waited_for_while_everything_else_goes_on(qtbot, wait, close, answer):
    dialog = QDialog()
    ticks = []

    async def tick():
        while not ticks[20:]:
            await asyncio.sleep(0)
            ticks.append(dialog.isVisible())
        close(dialog)

    async def ask():
        ticking = asyncio.ensure_future(tick())
        result = await answer_of(dialog)
        await ticking
        return result

    assert wait(ask()) is answer
    assert ticks[-1] is True
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_a_dialog_closes_when_nobody_waits_for_it_any_more(qtbot, loop):
    dialog = QDialog()
    task = asyncio.ensure_future(answer_of(dialog))
    qtbot.waitUntil(dialog.isVisible)
    task.cancel()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    assert task.cancelled()
