"""Scenes for the tests of reliability, played by `tests.journeys.player`."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import threading
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QWidget,
)

from novita_desktop.domain.runs import RunSummary
from tests.journeys.scenes import (
    answer,
    message,
    named,
    press,
    say,
    status,
    text_of,
    until,
    write,
)


async def write_on_a_full_disk(window) -> None:
    """The disk fills up while the program runs: words stay in the window, and are told of."""
    await write("Explain how tides work")
    press("Run")
    await status("Done")
    filler = Path(os.environ["SCENE_FILLER"])
    await asyncio.to_thread(fill, filler)
    await write("A long text. " * 20_000)
    press("Run")
    await until(lambda: "full" in text_of("notice").lower() or "full" in shown_error(), 20)
    say("told", text_of("notice") or shown_error())
    assert message().toPlainText().startswith("A long text. ")
    await asyncio.to_thread(filler.unlink)
    await until(lambda: named(QAbstractButton, "Run"), what="the end of what runs")
    await write("Room again")
    ended: list[RunSummary] = []
    window.bridge.run_ended.connect(lambda event: ended.append(event.summary))
    press("Run")
    await until(lambda: [run for run in ended if run.message_head == "Room again"])
    await until(lambda: "Sample answer" in answer())
    window.close()


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65_536)
        except OSError:
            pass
        try:
            while True:
                file.write(b"\0" * 512)
        except OSError:
            return


def shown_error() -> str:
    return text_of("errorTitle").lower()


async def use_another_folder(window) -> None:
    say("opened", window.context.data_folder)
    window.close()


async def use_another_folder_decides(failure) -> None:
    say(text_of("startFailure"))
    press("Choose another folder…")
    dialog = await until(lambda: failure.findChild(QFileDialog))
    dialog.done(0)
    await until(lambda: failure.findChild(QFileDialog) is None, what="the closed dialog")
    press("Choose another folder…")
    dialog = await until(lambda: failure.findChild(QFileDialog))
    folder = os.environ["SCENE_FOLDER"]
    dialog.setDirectory(folder)
    dialog.selectedFiles = lambda: [folder]
    dialog.done(1)


async def try_again(window) -> None:
    say("opened")
    window.close()


async def try_again_decides(failure) -> None:
    say(text_of("startFailure"))
    go = Path(os.environ["SCENE_GO"])
    await asyncio.to_thread(go.write_text, "go")
    await until(lambda: not go.exists(), what="the freed file")
    press("Try again")


async def type_until_killed(window) -> None:
    """Types, changes settings, and goes to the demo and back, until the process is killed."""
    number = int(os.environ["SCENE_FROM"])
    await write("")
    say("typing")
    while True:
        number += 1
        message().setPlainText(f"draft number {number} " + "x" * 2_000)
        work = window.context.workspace.settings.change(text_percent=80 + number % 60)
        await window.bridge.call(work)
        say("settings", 80 + number % 60)
        await asyncio.sleep(1.0)
        say("draft", number)
        if number % 2:
            window.demo_requested.emit()
        else:
            window.leave_demo_requested.emit()
        await asyncio.sleep(0.05)


KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_A, Qt.Key.Key_5, Qt.Key.Key_BraceLeft),
)
CHORDS = (
    *(Qt.Key.Key_M, Qt.Key.Key_K, Qt.Key.Key_Return, Qt.Key.Key_Z, Qt.Key.Key_A, Qt.Key.Key_C),
    *(Qt.Key.Key_V, Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3),
)


async def random_events(window) -> None:
    """A person who presses anything; any fault of the program is reported and fails the scene."""
    chance = random.Random(int(os.environ["SCENE_SEED"]))
    QDesktopServices.openUrl = lambda _: True
    window.close_requested.disconnect()
    await until(lambda: message().toPlainText(), what="the starter's text")
    press(os.environ["SCENE_PAGE"])

    def use_menu() -> None:
        """Go on in a menu: Qt waits in one, and with it the events below."""
        menu = QApplication.activePopupWidget()
        if menu is not None:
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape)
            QTest.keyClick(menu, chance.choice(keys))

    in_menus = QTimer(window)
    in_menus.timeout.connect(use_menu)
    in_menus.start(30)
    for _ in range(int(os.environ["SCENE_EVENTS"])):
        do_anything(chance, window)
        await asyncio.sleep(0.005)
    dialogs = [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible()]
    say("end", len(dialogs))
    assert not list((window.context.data_folder / "logs").glob("fault-*"))
    os._exit(0)


def do_anything(chance: random.Random, window) -> None:
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or window
    widgets = [w for w in top.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    widget = chance.choice(widgets or [top])
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()
    place = QPoint(
        chance.randrange(max(widget.width(), 1)), chance.randrange(max(widget.height(), 1))
    )
    focused = QApplication.focusWidget() or top
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        case 4:
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
        case 5:
            QTest.mouseMove(widget, place)
        case 6:
            key, control = chance.choice(CHORDS), Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(focused, key, control)
        case 7:
            window.resize(chance.randrange(300, 1_900), chance.randrange(200, 1_200))
        case _:
            QTest.keyClick(focused, chance.choice(KEYS))


def figures() -> dict[str, int]:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "memory": pages * os.sysconf("SC_PAGE_SIZE"),
        "handles": len(os.listdir("/proc/self/fd")),  # noqa: PTH208  # counted, not used
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks()),
        "widgets": len(QApplication.allWidgets()),
    }


async def run_again_and_again(window) -> None:
    """Runs on the Prompt page, one after another; tells what the program takes up."""
    runs = int(os.environ["SCENE_RUNS"])
    await write("Explain how tides work")
    ended = 0

    def note(_event: object) -> None:
        nonlocal ended
        ended += 1

    window.bridge.run_ended.connect(note)
    before: dict[str, int] = {}
    for number in range(runs):
        await until(lambda: named(QAbstractButton, "Run"), what="the Run button")
        press("Run")
        await until(lambda number=number: ended > number, what=f"the end of run {number}")
        await status("Done")
        if number == runs // 3:
            await asyncio.sleep(1)
            before = figures()
    await asyncio.sleep(1)
    say(json.dumps([before, figures()]))
    window.close()
