"""How smoothly a comparison streams: eight columns of the real page, fed by a demo host.

A "stall" is how late a 5 ms timer in the window's thread fires while the columns stream, with the
run engine, the data file and the figures under each answer at work. The idle page shows what the
machine itself adds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks._demo_process import KEY, DemoProcess, demo_process
from novita_desktop.domain.comparisons import MOST_COLUMNS, Column, ComparisonPlan
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.engine import Engine
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.event_loop import create_event_loop
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare import ComparePage
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme

_TICK_MS = 5
_MODEL = "meta-llama/llama-3.1-8b-instruct"


@contextmanager
def _opened(theme: Theme, folder: Path, base_url: str) -> Iterator[PageContext]:
    """Yield what a page needs, connected to the demo host."""
    engine, events = Engine(_fail), Events()
    engine.start()
    options = WorkspaceOptions(folder, base_url=base_url, is_demo=True, demo_key=KEY)
    workspace = engine.submit(Workspace.open(options, events)).result()
    engine.submit(workspace.go_online()).result()
    bridge = Bridge(engine, events)
    state = SessionState(
        bridge,
        account=workspace.account.account,
        catalogue=workspace.catalogue.current,
        settings=workspace.settings.current,
    )
    window = QWidget()
    yield PageContext(
        workspace, bridge, state, Tasks(_fail), theme, Icons(theme), Toast(window), folder
    )
    engine.submit(workspace.close()).result()
    bridge.close()
    engine.stop()


def _fail(error: BaseException) -> None:
    raise error


class _Stalls:
    """Notes how late a 5 ms timer fires, in milliseconds."""

    def __init__(self) -> None:
        self.lateness: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    async def watch(self, seconds: float) -> list[float]:
        """Return what was seen in so many seconds."""
        self.lateness = []
        self._last = time.perf_counter()
        self._timer.start(_TICK_MS)
        await asyncio.sleep(seconds)
        self._timer.stop()
        return self.lateness

    def _tick(self) -> None:
        now = time.perf_counter()
        self.lateness.append(max(0.0, (now - self._last) * 1000 - _TICK_MS))
        self._last = now


async def _measure(
    theme: Theme, folder: Path, demo: DemoProcess, rate: int, seconds: float
) -> tuple[list[float], list[float]]:
    """Return the lateness of the idle page, and while all of its columns stream."""
    demo.play_always(f"tokens={round(rate * seconds * 2)}; speed={rate}")
    with _opened(theme, folder, demo.base_url) as context:
        page = ComparePage(context)
        page.resize(1440, 900)
        page.show()
        await context.tasks.settled()
        idle = await _Stalls().watch(seconds / 2)
        columns = tuple(Column(key, _MODEL) for key in range(1, MOST_COLUMNS + 1))
        work = context.workspace.comparisons.start(
            ComparisonPlan(PromptForm(message="Write a long answer."), columns)
        )
        started = await context.bridge.call(work)
        page.show_comparison(started.id)
        await _until(lambda: bool(list(page.board)) and all(c.answer.text for c in page.board))
        await asyncio.sleep(0.5)
        streaming = await _Stalls().watch(seconds)
        page.stop()
        await _until(lambda: not page.board.is_live)
        await page.leave()
        page.close()
        await context.tasks.settled()
    return idle, streaming


async def _until(fact: Callable[[], bool]) -> None:
    while not fact():  # noqa: ASYNC110  # nothing tells it
        await asyncio.sleep(0.05)


def main(argv: Sequence[str]) -> None:
    """Print the lateness of the window's timer, idle and with eight columns."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks compare", description=__doc__)
    parser.add_argument("--rate", type=int, default=100, help="tokens a second in each column")
    parser.add_argument("--seconds", type=float, default=30, help="how long the columns stream")
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    seconds = 3.0 if options.smoke else options.seconds
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # made here, or by another benchmark
    app.setQuitOnLastWindowClosed(False)  # the page is closed while the loop is still needed
    theme = Theme(app)
    loop = create_event_loop(app)
    with tempfile.TemporaryDirectory() as folder, demo_process() as demo:
        found = loop.run_until_complete(_measure(theme, Path(folder), demo, options.rate, seconds))
    loop.close()
    print(
        f"{'8 columns on Compare':<24}{'p50':>8}{'p99':>8}{'max ms':>9}{'> 16 ms':>10}{'> 50 ms':>10}"
    )
    for name, late in zip(("idle page", f"{options.rate} tokens/s each"), found, strict=True):
        ordered = sorted(late)
        over = [sum(each > limit for each in late) / len(late) for limit in (16, 50)]
        p99 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.99))]
        print(
            f"{name:<24}{ordered[len(ordered) // 2]:>8.1f}{p99:>8.1f}{ordered[-1]:>9.1f}"
            f"{over[0]:>10.2%}{over[1]:>10.2%}"
        )
