"""Tests that nothing is cut off at any size of text, nor in a language written from the right."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, Qt

from novita_desktop.demo import DemoThread
from novita_desktop.domain.requests import Message, Role, RunRequest
from novita_desktop.ui.pages.history.shown_run import ShownRun
from novita_desktop.ui.widgets.fold import Fold
from tests.ui.layout_facts import cut_off
from tests.ui.page_stage import KEY, Tools
from tests.ui.window_stage import window_stage

MODEL = "meta-llama/llama-3.1-8b-instruct"
PAGES = ("prompt", "compare", "batch", "history", "models", "settings")


@pytest.fixture(scope="module")
def host():
    with DemoThread(key=KEY, speed=0, ttft_ms=0) as host:
        yield host


@pytest.fixture
def window(qtbot, wait, theme, host, tmp_path):
    with window_stage(Tools(qtbot, wait, theme, host), tmp_path) as (window, stage):
        stage.call(stage.context.workspace.go_online())
        ask = RunRequest(MODEL, (Message(Role.USER, "How do tides work? " * 30),))
        stage.run(ask)
        host.script(["bad-parameter"])
        stage.run(ask)
        yield window


def settled_cut_off(window, qtbot):
    """Return what is cut off for good: layouts are done a moment after a change."""
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_off(window), timeout=2_000)
    return cut_off(window)


def visit(window, qtbot, name):
    """Show a page with everything that can unfold unfolded, and wait until it lies still."""
    window.show_page(name)
    if name == "history":
        shown = window.findChild(ShownRun)
        qtbot.waitUntil(lambda: shown.detail is not None, timeout=20_000)
    qtbot.wait(100)
    for fold in window.findChildren(Fold):
        fold.set_open(is_open=True)
    qtbot.wait(50)


@pytest.mark.parametrize("size", [(960, 640), (1440, 900)])
def test_every_text_has_the_room_it_needs(window, qtbot, theme, size):
    window.resize(*size)
    for percent in (80, 100, 150, 200):
        theme.set_look("light", percent)
        for name in PAGES:
            visit(window, qtbot, name)
            assert (percent, name, settled_cut_off(window, qtbot)) == (percent, name, [])
            assert window.size().toTuple() == size


def test_the_window_mirrors_for_languages_that_are_written_from_the_right(window, qapp, qtbot):
    window.resize(1440, 900)
    mirrored = {}
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        qapp.setLayoutDirection(direction)
        try:
            for name in PAGES:
                visit(window, qtbot, name)
                assert (direction, name, settled_cut_off(window, qtbot)) == (direction, name, [])
                mirrored.setdefault(name, []).append(places(window))
        finally:
            qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for name, (before, after) in mirrored.items():
        assert before.keys() == after.keys()
        wrong = {
            words: (left, after[words], window.width())
            for words, left in before.items()
            if abs(left + after[words] - window.width()) > 24  # arrows and bars are not alike
        }
        assert (name, wrong) == (name, {})


def places(window):
    """Return the middle of every titled part of the window, counted from the window's left."""
    shown = [w for w in window.findChildren(Fold) + list(titled(window)) if w.isVisible()]
    return {key(w): w.mapTo(window, QPoint(w.width() // 2, 0)).x() for w in shown}


def titled(window):
    """Yield what stands at an edge, so that mirroring moves it."""
    names = ("Prompt", "Settings", "Help", "Run", "Retry", "Refresh", "Open folder")
    for widget in window.findChildren(type(window._rail._help).__mro__[1]):
        if (widget.accessibleName() or widget.text()) in names:
            yield widget
    yield window._book.shown._title


def key(widget):
    """Return a name by which a part is found again."""
    text = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {text}"
