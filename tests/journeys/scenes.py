"""What a person does in the window, step by step; each scene is played by `player.py`.

Controls are found by the names that assistive technology sees.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from novita_desktop.ui.pages.prompt import PromptPage

QUESTION = "Explain how tides work"


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def until(fact, seconds: float = 15.0, what: str = "") -> object:
    """Wait until `fact()` is true, and return it."""
    end = time.monotonic() + seconds
    while not (value := fact()):
        assert time.monotonic() < end, f"waited in vain for {what or fact}"
        await asyncio.sleep(0.01)
    return value


def named(kind: type[QWidget], name: str, top: QWidget | None = None):
    """Return the visible control with this accessible name, text or label."""
    tops = [top] if top else QApplication.topLevelWidgets()
    for window in tops:
        for widget in window.findChildren(kind):
            text = getattr(widget, "text", None)
            words = {widget.accessibleName(), text() if callable(text) else ""}
            if name in words and widget.isVisible():
                return widget
        for label in window.findChildren(QLabel):
            buddy = label.buddy()
            if label.text() == name and isinstance(buddy, kind) and buddy.isVisible():
                return buddy
    return None


def text_of(object_name: str) -> str:
    for window in QApplication.topLevelWidgets():
        label = window.findChild(QLabel, object_name)
        if label is not None and label.isVisible():
            return label.text()
    return ""


def answer() -> str:
    view = named(QTextEdit, "Answer")
    return view.toPlainText() if view else ""


def press(name: str) -> None:
    button = named(QAbstractButton, name)
    assert button is not None, f"no button {name}"
    assert button.isEnabled(), f"{name} cannot be pressed"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def message() -> QPlainTextEdit:
    for kind in (QPlainTextEdit, QTextEdit):
        found = named(kind, "Message")
        if found is not None:
            return found
    raise AssertionError("no message field")


async def write(words: str) -> None:
    await until(lambda: message().toPlainText(), what="the starter's text")
    message().setPlainText(words)
    await until(lambda: named(QAbstractButton, "Model").accessibleDescription(), what="a model")


async def status(words: str, seconds: float = 15.0) -> None:
    await until(lambda: words in text_of("runStatus"), seconds, f"status {words}")


async def connect_and_run(window) -> None:
    """First start: a message, a wrong key, then the right one; the message is sent by itself."""
    await write(QUESTION)
    await until(lambda: "Not connected" in text_of("connectionStatus"))
    press("Run")
    key = await until(lambda: named(QLineEdit, "Novita API key"))
    assert key.hasFocus()
    assert key.echoMode() == QLineEdit.EchoMode.Password
    key.setText("sk_wrong_key_0000")
    press("Connect")
    await until(lambda: "does not accept this key" in text_of("connectStatus"))
    assert message().toPlainText() == QUESTION
    key.setText(f' "Bearer {os.environ["SCENE_KEY"]}" ')
    QTest.keyClick(key, Qt.Key.Key_Return)
    await status("Done")
    await until(lambda: "Sample answer" in answer(), what="the painted answer")
    assert key.text() == ""
    assert "no keychain" in text_of("notice")
    await until(lambda: "Balance" in text_of("balance"))
    await write("unsent words")
    window.close()


async def find_again(window) -> None:
    """After a restart: the draft and the run are there."""
    await until(lambda: message().toPlainText() == "unsent words", what="the draft")
    press("History")
    await until(lambda: text_of("historyCount"), what="a count of runs")
    page = await window.bridge.call(window.context.workspace.history.page())
    say("runs", [run.status.value for run in page], page[0].message_head)
    window.close()


async def close_while_writing(window) -> None:
    """The window closes in the middle of an answer."""
    await write(QUESTION)
    window.findChild(PromptPage).use_model("meta-llama/llama-3.1-8b-instruct")
    press("Run")
    await until(lambda: len(answer()) > 5, what="the first words")
    say("closing")
    window.close()


async def use_demo(window) -> None:
    """The demo from the sheet and back: what is typed stays, data is apart."""
    await write(QUESTION)
    await until(lambda: "Not connected" in text_of("connectionStatus"))
    press("Run")
    await until(lambda: named(QLineEdit, "Novita API key"))
    press("Try the demo")
    await until(lambda: "Demo" in text_of("connectionStatus"), what="the demo")
    await status("Done", 30)
    await until(lambda: "Sample answer" in answer(), what="the painted answer")
    assert message().toPlainText() == QUESTION
    say("demo folder", window.context.data_folder)
    press("Leave the demo")
    await until(lambda: "Not connected" in text_of("connectionStatus"), what="the real account")
    assert message().toPlainText() == QUESTION
    say("runs", await window.bridge.call(window.context.workspace.history.count()))
    window.close()


async def wait_for_call(window) -> None:
    """Another copy is started: it brings this window to the front."""
    window.showMinimized()
    say("ready")
    await until(lambda: not window.isMinimized(), 30, "a call to the front")
    say("called")
    window.close()


async def show_presets_of_a_file(window) -> None:
    """The program was started with a file: what is in it is shown, and added when asked to."""
    await until(lambda: named(QAbstractButton, "Add"), what="the sheet")
    say("presets", len(window.state.presets or ()))
    press("Add")
    await until(lambda: window.state.presets, what="the added presets")
    say("added", *(preset.name for preset in window.state.presets))
    window.close()


async def show_presets_of_later_copy(window) -> None:
    """Another copy is started with a file: this window shows what is in it."""
    window.showMinimized()
    say("ready")
    await until(lambda: named(QAbstractButton, "Add"), 30, "the sheet")
    say("minimised", window.isMinimized())
    press("Cancel")
    say("presets", len(window.state.presets or ()))
    window.close()


async def end_by_signal(window) -> None:
    """The system asks the program to end; the test sends the signal."""
    await write(QUESTION)
    say("ready")
    await asyncio.sleep(3_600)


async def end_by_interrupt(window) -> None:
    await write(QUESTION)
    say("ready")
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.sleep(3_600)


async def look(window) -> None:
    """The window is there; nothing is done."""
    say("runs", await window.bridge.call(window.context.workspace.history.count()))
    window.close()


async def begin_empty(window) -> None:
    await look(window)


async def begin_empty_decides(failure) -> None:
    say(text_of("startFailure"))
    press("Keep it aside and start empty")


async def open_anyway(window) -> None:
    await look(window)


async def open_anyway_decides(failure) -> None:
    say(text_of("startFailure"))
    press("Open it as it is")


async def use_other_folder(window) -> None:
    say("folder", window.context.data_folder)
    window.close()


async def use_other_folder_decides(failure) -> None:
    press("Choose another folder…")
    dialog = await until(lambda: failure.findChild(QFileDialog), what="the folders")
    dialog.setDirectory(os.environ["SCENE_FOLDER"])
    dialog.accept()


async def restore_first(window) -> None:
    await look(window)


async def restore_first_decides(failure) -> None:
    shown = named(QListWidget, "Backups")
    say(shown.item(0).text().rpartition("· ")[2])
    press("Restore this backup")


async def leave_at_once(window) -> None:
    raise AssertionError("the window must not open")


async def leave_at_once_decides(failure) -> None:
    press("Quit")


async def restore_in_settings(window) -> None:
    """A backup made on demand brings the runs back."""
    workspace = window.context.workspace
    target = window.context.data_folder / "backups" / "mine.db"
    target.parent.mkdir(exist_ok=True)
    await window.bridge.call(workspace.backups.back_up_to(target))
    await write("after the backup")
    press("Run")
    await status("Done")
    before = await window.bridge.call(workspace.history.count())
    window.restore_requested.emit(target)
    await until(lambda: "restored" in text_of("notice"), what="the restored backup")
    after = await window.bridge.call(window.context.workspace.history.count())
    say("runs", before, after)
    assert message().toPlainText() == "after the backup"
    window.close()


async def break_down(window) -> None:
    """A fault of the program: a report is kept, and it holds nothing of the person's."""
    secret = "sk_secret_key_12345678"

    def fault() -> None:
        raise RuntimeError(f"{secret} {QUESTION}")

    asyncio.get_running_loop().call_soon(fault)
    report = await until(lambda: named(QPlainTextEdit, "Report"))
    text = report.toPlainText()
    assert "RuntimeError" in text
    assert "scenes.py" in text
    assert secret not in text
    press("Continue")
    await until(lambda: not named(QPlainTextEdit, "Report"))
    say(next((window.context.data_folder / "logs").glob("fault-*.txt")).read_text())
    window.close()


async def settings_are_kept(window) -> None:
    press("Settings")
    field = await until(lambda: named(QSpinBox, "Text size"))
    field.setValue(130)
    await until(lambda: window.state.settings.text_percent == 130)
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.state.settings.text_percent == 100, what="the usual size by keys")
    field.setValue(130)
    await until(lambda: window.state.settings.text_percent == 130)
    press("Test")
    await until(lambda: "It works" in text_of("networkTest"), 20, "the test of the network")
    window.close()


async def settings_are_back(window) -> None:
    assert window.state.settings.text_percent == 130
    assert named(QPushButton, "Settings").isChecked(), "the page shown last is shown again"
    window.close()
