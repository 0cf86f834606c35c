"""A data folder for the window: opened at once, after a decision, or not at all."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from novita_desktop import open_folder, opening
from novita_desktop.engine import Engine
from novita_desktop.open_folder import StartOptions
from novita_desktop.opening import Opening, Wanted
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.single_instance import DataFolderLock
from novita_desktop.ui.opening_window import OpeningWindow
from novita_desktop.ui.start_failure import StartFailure

SECONDS = 15
SHOWN: list[QWidget] = []
"""Held, because a window that Python frees on the engine's thread crashes Qt."""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def engine():
    engine = Engine(lambda bug: pytest.fail(repr(bug)))
    engine.start()
    yield engine
    assert engine.stop()
    # Without Qt's loop nothing else deletes the windows, and they must go on this thread.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    SHOWN.clear()


async def shown(kind: type[QWidget]) -> QWidget:
    """Wait for a window of this kind that was not there before, and keep it until the end."""
    while True:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, kind) and window.isVisible() and window not in SHOWN:
                SHOWN.append(window)
                return window
        await asyncio.sleep(0.01)


class Person:
    """Presses one button after another, each on a new page, and notes the pages' titles."""

    def __init__(self, *presses: str) -> None:
        self.titles: list[str] = []
        self._presses = presses

    async def decide(self) -> None:
        for words in self._presses:
            page = await shown(StartFailure)
            self.titles.append(page.findChild(QLabel, "startFailure").text())
            (button,) = [each for each in page.findChildren(QPushButton) if each.text() == words]
            button.click()


def opened(asking: Opening, wanted: Wanted, person: Person):
    """Return what was opened as (folder, whether it is the demo's), None when it was not."""

    async def work():
        deciding = asyncio.ensure_future(person.decide())
        async with asyncio.timeout(SECONDS):
            found = await asking.opened(asking.begin(wanted), wanted)
            await deciding
        if found is None:
            return None
        await asyncio.wrap_future(asking._engine.submit(found.close()))
        return found.folder, found.is_demo

    return asyncio.run(work())


@pytest.fixture
def asking(engine, tmp_path):
    return Opening(StartOptions(data_folder=tmp_path), engine, KeyFilter())


class DeafHost:
    """A demo host on a computer that gives no loopback port."""

    def start(self) -> Future[object]:
        answer: Future[object] = Future()
        answer.set_exception(OSError(99, "Cannot assign requested address"))
        return answer

    def stop(self) -> None:
        pass


def test_a_good_folder_is_opened_without_a_question(qapp, asking, tmp_path):
    person = Person()
    assert opened(asking, Wanted(tmp_path, is_demo=False), person) == (tmp_path, False)


def test_a_demo_that_cannot_listen_is_told_and_can_be_left(qapp, asking, tmp_path, monkeypatch):
    monkeypatch.setattr(open_folder, "DemoThread", DeafHost)
    person = Person("Try again", "Go on without the demo")
    wanted = Wanted(tmp_path / "demo", is_demo=True)
    assert opened(asking, wanted, person) == (tmp_path, False)
    assert person.titles == ["The demo could not start"] * 2


def test_a_damaged_file_makes_way_for_an_empty_one(qapp, asking, tmp_path):
    (tmp_path / "novita.db").write_bytes(b"nonsense")
    person = Person("Keep it aside and start empty")
    assert opened(asking, Wanted(tmp_path, is_demo=False), person) == (tmp_path, False)
    assert person.titles == ["The data file is damaged"]


def test_whoever_gives_up_gets_nothing(qapp, asking, tmp_path):
    (tmp_path / "novita.db").write_bytes(b"nonsense")
    assert opened(asking, Wanted(tmp_path, is_demo=False), Person("Quit")) is None
    assert (tmp_path / "novita.db").read_bytes() == b"nonsense"


def test_a_folder_in_use_is_left_to_the_other_copy(qapp, asking, tmp_path):
    lock = DataFolderLock(tmp_path)
    assert lock.acquire()
    assert opened(asking, Wanted(tmp_path, is_demo=False), Person()) is None
    lock.release()


def test_closing_the_window_that_waits_ends_the_program(qapp, engine, tmp_path, monkeypatch):
    """It must not open what comes late, nor hold the folder."""
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.01)
    go_on = threading.Event()

    async def slow(*arguments, **more):
        await asyncio.to_thread(go_on.wait, SECONDS)
        return await open_folder.open_folder(*arguments, **more)

    monkeypatch.setattr(opening, "open_folder", slow)
    asking = Opening(StartOptions(data_folder=tmp_path), engine, KeyFilter())

    async def close_it() -> None:
        async with asyncio.timeout(SECONDS):
            (await shown(OpeningWindow)).close()
        go_on.set()

    async def work():
        wanted = Wanted(Path(tmp_path), is_demo=False)
        found, _ = await asyncio.gather(asking.opened(asking.begin(wanted), wanted), close_it())
        return found

    assert asyncio.run(work()) is None
    lock = DataFolderLock(tmp_path)
    assert lock.acquire()
    lock.release()
