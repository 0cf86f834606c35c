"""Plays a scene in the real program: `python -m tests.journeys.player SCENE OPTIONS...`.

SCENE is a name in `scenes.py`, or `MODULE:NAME` for one elsewhere. The scene runs on the program's own loop, with the window in its hands, and ends by closing it.
What it says comes out on standard output, one line each; a scene that fails ends with code 3.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from importlib import import_module

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from typing_extensions import override

from novita_desktop import app, command_line
from novita_desktop.ui import start_failure
from novita_desktop.ui.main_window import MainWindow
from novita_desktop.ui.start_failure import StartFailure

SCENE_FAILED = 3
failures: list[BaseException] = []


class StrayWindows(QObject):
    """Notes windows that come up besides those that a person may expect."""

    EXPECTED = (MainWindow, StartFailure, QDialog, QMenu)

    @override
    def eventFilter(self, watched, event):
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, self.EXPECTED)
        ):
            failures.append(AssertionError(f"a window of its own: {watched}"))
            sys.stderr.write(f"a window of its own: {watched}\n")
        return False


async def play(scene, window) -> None:
    try:
        await scene(window)
    except asyncio.CancelledError:
        return  # the program ends while the scene goes on
    except BaseException as error:  # noqa: BLE001  # told by the exit code
        failures.append(error)
        traceback.print_exc()
        window.close()


def main() -> int:
    module, _, name = sys.argv[1].rpartition(":")
    scenes = import_module(module or "tests.journeys.scenes")
    scene = getattr(scenes, name)
    decide = getattr(scenes, f"{name}_decides", None)

    class PlayedWindow(MainWindow):
        def open_at(self, page: str) -> None:
            self.strays = StrayWindows(self)
            QApplication.instance().installEventFilter(self.strays)
            super().open_at(page)
            self.playing = asyncio.ensure_future(play(scene, self))

        async def prepare_to_close(self) -> None:
            self.playing.cancel()
            await asyncio.wait({self.playing})
            await super().prepare_to_close()

    class PlayedFailure(StartFailure):
        async def choice(self):
            self.playing = asyncio.ensure_future(play(decide, self))
            return await super().choice()

    app.MainWindow = PlayedWindow
    start_failure.StartFailure = PlayedFailure
    code = command_line.main(sys.argv[2:])
    return SCENE_FAILED if failures else code


if __name__ == "__main__":
    sys.exit(main())
