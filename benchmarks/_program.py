"""The program, started as a person starts it, with a stamp when its first page is painted."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._stored_runs import fill_in_bulk

STAMPED_PROGRAM = """
import sys, time
from novita_desktop import command_line, quick_start
quick_start.prepare()
from novita_desktop import app
warm_up = app.Program._warm_up
def stamped(self, window):
    print(time.monotonic(), time.process_time(), flush=True)
    warm_up(self, window)
app.Program._warm_up = stamped
sys.exit(command_line.main(sys.argv[1:]))
"""

BARE_WINDOW = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), time.process_time(), flush=True)
app = QApplication([])
window = Window()
window.resize(1200, 800)
window.show()
app.exec()
"""


def environment() -> dict[str, str]:
    """Return the environment for a window: offscreen where there is no display."""
    found = dict(os.environ)
    # An installed program has its bytecode; one that must not write any compiles at every start.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    if not (found.get("DISPLAY") or found.get("WAYLAND_DISPLAY")):
        found["QT_QPA_PLATFORM"] = "offscreen"
    return found


@contextmanager
def data_folder(runs: int) -> Iterator[Path]:
    """Give a data folder with so many finished runs."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(fill_in_bulk(Path(folder) / "novita.db", runs))
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from a process's start to its first paint, and its processor time until then."""

    seconds: float
    processor_seconds: float


@contextmanager
def painted(code: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Start]]:
    """Start `code` and give the process once it has painted."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the program ended before it painted anything")
        moment, processor_seconds = map(float, line.split())
        yield process, Start(moment - started, processor_seconds)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
