"""Scenes for the tests of security, played by `tests.journeys.player`."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTabWidget

from novita_desktop.ui.pages.prompt import PromptPage
from novita_desktop.ui.widgets.answer_actions import CopyKind
from tests.journeys.scenes import (
    answer,
    named,
    press,
    say,
    status,
    text_of,
    until,
    write,
)

WRONG_KEY = "sk_wrong_marker_5e2a9c"
SEEN_FILE = "seen.json"
SCHEDULE = Path("/proc/thread-self/schedstat")
KINDS = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)


class Seen:
    """Every text that came out of the program: titles, accessible texts, the clipboard."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def look(self) -> None:
        for window in QApplication.topLevelWidgets():
            self.texts.add(window.windowTitle())
            self._walk(QAccessible.queryAccessibleInterface(window))

    def _walk(self, thing) -> None:
        if thing is None or not thing.isValid():
            return
        self.texts.update(thing.text(kind) for kind in KINDS)
        text = thing.textInterface()
        if text is not None:
            self.texts.add(text.text(0, text.characterCount()))
        for number in range(min(thing.childCount(), 200)):
            self._walk(thing.child(number))

    def keep(self) -> None:
        Path(SEEN_FILE).write_text(json.dumps(sorted(self.texts)))


def log_everything() -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    for name in ("httpx", "httpcore", "aiohttp", "asyncio", "qasync"):
        logging.getLogger(name).setLevel(logging.DEBUG)


async def connect(seen: Seen) -> None:
    await write("Explain how tides work")
    press("Run")
    key = await until(lambda: named(QLineEdit, "Novita API key"))
    for pasted in (WRONG_KEY, os.environ["SCENE_KEY"]):
        key.setText(pasted)
        seen.look()
        press("Connect")
        seen.look()
        if pasted == WRONG_KEY:
            await until(lambda: "does not accept this key" in text_of("connectStatus"))
            seen.look()
    await status("Done")
    assert not key.isUndoAvailable()
    seen.look()


async def copy_and_save(seen: Seen, window) -> None:
    page = window.findChild(PromptPage)
    clipboard = QGuiApplication.clipboard()
    for kind in CopyKind:
        clipboard.clear()
        page.panel.answer_actions.copy_chosen.emit(kind.value)
        seen.texts.add(await until(clipboard.text, what=f"the copy as {kind}"))
    for suffix in ("md", "txt", "json"):
        await page._export.save_to(Path(f"saved.{suffix}"), page.panel.detail())
    assert "NOVITA_API_KEY" in "".join(seen.texts)


async def break_down() -> None:
    key = os.environ["SCENE_KEY"]

    def fault() -> None:
        logging.getLogger("novita_desktop.test").error("with %s", key, stack_info=True)
        raise RuntimeError(f"Bearer {key}")

    asyncio.get_running_loop().call_soon(fault)
    await until(lambda: named(QPlainTextEdit, "Report"))


async def use_everything(window) -> None:
    """Every feature that could let the key out, with a host that repeats it."""
    seen = Seen()
    log_everything()
    await connect(seen)
    press("Run")
    await until(lambda: "Done" not in text_of("runStatus"))
    await status("Failed")
    seen.look()
    press("Retry")
    await status("Done")
    await until(lambda: "Your key is sk_…" in answer(), what="the painted answer")
    seen.look()
    await copy_and_save(seen, window)
    for page in ("Models", "History", "Settings", "Prompt"):
        press(page)
        await asyncio.sleep(0.1)
        seen.look()
    await window.bridge.call(window.context.workspace.backups.back_up_to(Path("mine.db")))
    await break_down()
    seen.look()
    press("Continue")
    seen.keep()
    window.close()


def environment_of_a_child() -> str:
    command = [sys.executable, "-c", "import os; print(dict(os.environ))"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


async def use_the_environments_key(window) -> None:
    """The key came in the environment: no program that this one starts gets it."""
    await write("Explain how tides work")
    press("Run")
    await status("Done")
    say(await asyncio.to_thread(environment_of_a_child))
    window.close()


async def leave_settings_open(window) -> None:
    """Connect, and leave Settings open for whoever looks into the memory."""
    seen = Seen()
    await connect(seen)
    press("Settings")
    await until(lambda: text_of("settingsKey"))
    say("ready")
    await asyncio.sleep(3_600)


async def keep_everything_open(window) -> None:
    """A run, a backup, a report of a fault; then nothing, so that the files can be looked at."""
    await write("Explain how tides work")
    press("Run")
    await status("Done")
    target = window.context.data_folder / "backups" / "mine.db"
    await window.bridge.call(window.context.workspace.backups.back_up_to(target))

    def fault() -> None:
        raise RuntimeError

    asyncio.get_running_loop().call_soon(fault)
    await until(lambda: named(QPlainTextEdit, "Report"))
    say("ready")
    await asyncio.sleep(3_600)


class Lateness:
    """How late a 5 ms timer of the window's thread fires, at most.

    The time in which the thread could have gone on but had no processor is not counted: other
    programs of the machine took it.
    """

    STEP = 0.005

    def __init__(self, parent) -> None:
        self.worst = 0.0
        self._last = time.monotonic() - waited_for_a_processor()
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fired)
        self._timer.start(5)

    def _fired(self) -> None:
        now = time.monotonic() - waited_for_a_processor()
        self.worst = max(self.worst, now - self._last - self.STEP)
        self._last = now


def waited_for_a_processor() -> float:
    """Return how many seconds this thread was ready to run and did not, as Linux counts them."""
    _, waited_ns, _ = SCHEDULE.read_text().split()
    return int(waited_ns) / 1e9


def links_in(document) -> set[str]:
    found = set()
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            form = fragments.fragment().charFormat()
            if form.isAnchor():
                found.add(form.anchorHref())
            fragments += 1
        block = block.next()
    return found


async def read_hostile_answers(window) -> None:
    """Run, read, click every link that is not one of the web's; tell what that led to."""
    connected: list[str] = []
    port = urlsplit(window.state.account.base_url).port

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect" and arguments[1] != ("127.0.0.1", port):
            connected.append(str(arguments[1]))

    sys.addaudithook(audit)
    opened: list[str] = []
    QDesktopServices.openUrl = lambda url: opened.append(url.toString())
    await write("Explain how tides work")
    view = window.findChild(PromptPage).panel.parts.answer
    settled = asyncio.Event()
    view.settled.connect(settled.set)
    lateness = Lateness(window)
    press("Run")
    await status("Done", 40)
    with suppress(TimeoutError):
        await asyncio.wait_for(settled.wait(), 5)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    await asyncio.sleep(0.2)
    tabs = await until(lambda: named(QTabWidget, "Views of the answer"))
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        await asyncio.sleep(0.3)
    tabs.setCurrentIndex(0)
    press("History")
    await until(lambda: text_of("historyCount"), what="a count of runs")
    await asyncio.sleep(0.5)
    worst = lateness.worst
    for target in links_in(view.document()):
        if not target.startswith("http"):
            view._activate(target)
    shown = view.toPlainText()[:100_000]
    say(
        json.dumps(
            {
                "connected": connected,
                "opened": opened,
                "late_ms": round(worst * 1_000),
                "shown": shown,
                "is_settled": settled.is_set(),
            }
        )
    )
    window.close()
