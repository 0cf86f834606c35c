"""Scenes for the tests of reliability, played by `tests.journeys.player`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QFileDialog

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
    press("Run")
    await status("Done")
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
