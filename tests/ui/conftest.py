"""What tests of the window share: its loop, one for the session, and its theme."""

from __future__ import annotations

import asyncio
from asyncio import events
from pathlib import Path

import pytest
import shiboken6

from novita_desktop.demo import DemoThread
from novita_desktop.ui.event_loop import create_event_loop
from novita_desktop.ui.theme import Theme
from tests.ui.page_stage import Tools, page_stage


def pytest_collection_modifyitems(items):
    """Let windows be shown: the offscreen platform remarks on what it cannot do."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def lists_under_combo_boxes(qapp):
    """Give combo boxes the theme's kind of list from the start, as the program does.

    Qt crashes when a style sheet changes the kind under a list that was made before.
    """
    qapp.setStyleSheet("QComboBox { combobox-popup: 0; }")


@pytest.fixture
def theme(qapp):
    """Give a light theme at 100 %; the application looks as before when the test ends."""
    before = qapp.font(), qapp.palette(), qapp.styleSheet()
    theme = Theme(qapp, "light")
    yield theme
    theme.set_look("system", 100)
    shiboken6.delete(theme)
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


@pytest.fixture(scope="session")
def session_loop(qapp):
    # A loop for each test, closed at its end, crashes Qt now and then.
    loop = create_event_loop(qapp, already_running=True)
    events._set_running_loop(None)  # tests of other layers use asyncio.run in this thread
    yield loop
    loop.stop()
    loop.close()


@pytest.fixture
def loop(session_loop):
    """Give the loop, running while Qt's loop does; a task left over at the end fails the test."""
    before = events._get_running_loop()
    events._set_running_loop(session_loop)
    try:
        yield session_loop
        left = [task for task in asyncio.all_tasks(session_loop) if not task.done()]
        for task in left:
            task.cancel()
        assert left == []
    finally:
        events._set_running_loop(before)


@pytest.fixture
def wait(qtbot, loop):
    """Run a coroutine to its end while Qt keeps working, and return its result."""

    def run(coroutine, timeout=5000):
        task = asyncio.ensure_future(coroutine)
        qtbot.waitUntil(task.done, timeout=timeout)
        return task.result()

    return run


@pytest.fixture
def host():
    """Give a demo host that answers at once."""
    with DemoThread(speed=0) as running:
        yield running


@pytest.fixture
def tools(qtbot, wait, theme, host):
    """Give what a stage is built with."""
    return Tools(qtbot, wait, theme, host)


@pytest.fixture
def stage(tools, tmp_path):
    """Give what a page is built with: a real workspace on the demo host."""
    with page_stage(tools, tmp_path) as built:
        yield built
