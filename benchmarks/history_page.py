"""How fast the window shows stored runs and the catalogue: part of two quality rows.

The History page's first rows, jumps to both ends, a search while it is typed, one run opened, what
scrolling through all of it takes, and how late the window's timer is meanwhile; and, for a catalogue
of ten thousand models, filtering by each letter typed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks._stored_runs import fill_in_bulk, texts
from novita_desktop.domain.catalogue import Model, ModelFilter
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.domain.history_search import FEWEST_LETTERS
from novita_desktop.engine import Engine
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.event_loop import create_event_loop
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.pages.history.run_list import RunList
from novita_desktop.ui.pages.history.shown_run import ShownRun
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tables.models_rows import PLAN, ModelRowPainter
from novita_desktop.ui.tables.models_table import ModelsTable
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.search_field import SearchField

TICK_MS = 5
STEPS = 500
"""In so many steps the whole list is scrolled through."""

_MODELS = 10_000
_TYPED = ("m", "mo", "mod", "mode", "model", "model-", "model-9", "model-99")


def _processor_ms(work: Callable[[], object], repeats: int) -> float:
    """Return the processor time of `work` in this thread: a busy machine does not count."""
    found = []
    for _ in range(repeats):
        started = time.thread_time()
        work()
        found.append((time.thread_time() - started) * 1000)
    return statistics.median(found)


@contextmanager
def _opened(theme: Theme, folder: Path) -> Iterator[PageContext]:
    """Yield what a page needs, on the data file in `folder`."""
    engine, events = Engine(_fail), Events()
    engine.start()
    options = WorkspaceOptions(folder, base_url="http://127.0.0.1:9/v1", is_demo=True)
    workspace = engine.submit(Workspace.open(options, events)).result()
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


class _Lateness:
    """How late a 5 ms timer in the window's thread fires, in milliseconds.

    `busy` is the processor time that the thread took between two ticks: a busy machine makes ticks
    late, but not that longer.
    """

    def __init__(self) -> None:
        self.found: list[float] = []
        self.busy: list[float] = []
        self._last, self._spent = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._note)

    def __enter__(self) -> _Lateness:
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _note(self) -> None:
        now = time.perf_counter()
        self.found.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now
        spent = time.thread_time()
        self.busy.append((spent - self._spent) * 1000)
        self._spent = spent


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]


async def _until(fact: Callable[[], object]) -> None:
    """Wait for what the window shows; it goes on working meanwhile."""
    deadline = time.perf_counter() + 60
    while not fact():
        if time.perf_counter() > deadline:
            raise TimeoutError("the window did not get there within a minute")
        await asyncio.sleep(0.001)


async def _timed(act: Callable[[], object], fact: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    await _until(fact)
    return (time.perf_counter() - started) * 1000


async def _history(theme: Theme, folder: Path, repeats: int) -> dict[str, float]:
    with _opened(theme, folder) as context, _Lateness() as lateness:
        started, begun = time.perf_counter(), time.thread_time()
        page = HistoryPage(context)
        page.resize(1252, 840)
        page.show()
        runs = page.findChild(RunList)
        field = page.findChild(SearchField)
        assert runs is not None  # the page has one list
        assert field is not None  # and one search
        await _until(lambda: runs.table.entry_at(0))
        found = {"open, with its first rows": (time.perf_counter() - started) * 1000}
        found["open: processor time of the window"] = (time.thread_time() - begun) * 1000
        await context.tasks.settled()
        await asyncio.sleep(0.5)  # the rest of the page is drawn
        found["paint a frame"] = _processor_ms(runs.view.viewport().grab, repeats)
        found |= await _places(runs, repeats)
        found["open a run"] = await _opening(page, repeats)
        await context.tasks.settled()
        found |= await _typing(runs, field, repeats)
        await _shown_whole(runs, field)
        found["memory grown by scrolling from end to end, MB"] = await _scrolling(runs)
        await context.tasks.settled()
        page.close()
    late = lateness.found
    found["ticks later than 16 ms, %"] = 100 * sum(each > 16 for each in late) / len(late)
    found["tick lateness, p99"] = _percentile(late, 99)
    found["tick lateness, most"] = max(late)
    busy = lateness.busy
    found["processor time at once above 16 ms, % of ticks"] = (
        100 * sum(each > 16 for each in busy) / len(busy)
    )
    found["processor time at once, p99"] = _percentile(busy, 99)
    found["processor time at once, most"] = max(busy)
    return {f"history: {name}": value for name, value in found.items()}


async def _shown_whole(runs: RunList, field: SearchField) -> None:
    """Leave a search, and wait for the whole list."""
    reset = _Once(runs.table.first_page_shown)
    field.clear()
    field.returnPressed.emit()
    await _until(lambda: reset.has_come and runs.is_whole)


async def _read_anew(runs: RunList) -> None:
    """Have nothing in memory but the newest rows."""
    reset = _Once(runs.table.first_page_shown)
    runs.table.reload()
    await _until(lambda: reset.has_come)


async def _places(runs: RunList, repeats: int) -> dict[str, float]:
    """Jump to the end and into the middle; what is in view has to be read and drawn."""
    last = runs.table.rowCount() - 1
    took: dict[str, list[float]] = {}
    for turn in range(repeats):
        for name, row in (("end", last), ("middle", (last // 2 + 997 * turn) % last)):
            await _read_anew(runs)
            took.setdefault(f"jump to the {name}", []).append(
                await _timed(partial(runs.view.choose_row, row), partial(_is_drawn, runs, row))
            )
            await asyncio.sleep(0.05)
    return {name: statistics.median(values) for name, values in took.items()}


def _is_drawn(runs: RunList, row: int) -> bool:
    return runs.table.entry_at(row) is not None and runs.view.rowViewportPosition(row) >= 0


async def _opening(page: HistoryPage, repeats: int) -> float:
    """Choose one run after the other; the panel has to have its answer."""
    runs, shown = page.findChild(RunList), page.findChild(ShownRun)
    assert runs is not None  # the page has both
    assert shown is not None
    runs.view.choose_row(0)
    took = []
    for row in range(1, repeats + 1):
        run = runs.table.run_at(row)
        assert run is not None  # the first page is there

        def is_shown(run_id: int = run.id) -> bool:
            return shown.detail is not None and shown.detail.summary.id == run_id

        took.append(await _timed(partial(runs.view.choose_row, row), is_shown))
        await asyncio.sleep(0.02)
    return statistics.median(took)


async def _typing(runs: RunList, field: SearchField, repeats: int) -> dict[str, float]:
    """Type words letter by letter; from the third on each has to show what it finds."""
    took = []
    words = [text.split()[0] for _, text in zip(range(repeats), texts(7), strict=False)]
    for word in words:
        field.clear()
        await _until(lambda: runs.is_whole)
        for length in range(1, len(word) + 1):
            before = runs.query
            field.setText(word[:length])
            if length < FEWEST_LETTERS:
                continue
            started = time.perf_counter()
            reset = _Once(runs.table.first_page_shown)
            await _until(lambda before=before: runs.query != before)
            await _until(lambda reset=reset: reset.has_come)
            took.append((time.perf_counter() - started) * 1000)
    return {
        "search while it is typed, median": statistics.median(took),
        "search while it is typed, p95": _percentile(took, 95),
    }


class _Once:
    """Whether a signal has come."""

    def __init__(self, signal: SignalInstance) -> None:
        self.has_come = False
        signal.connect(self._note, Qt.ConnectionType.SingleShotConnection)

    def _note(self) -> None:
        self.has_come = True


def _memory_mb() -> float:
    """Return this process's proportional share of memory, in MB."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1_000 for line in text.splitlines() if "Pss:" in line)


async def _scrolling(runs: RunList) -> float:
    """Scroll down the whole list in steps, each of them read; return how much memory that took."""
    before = _memory_mb()
    bar = runs.view.verticalScrollBar()
    for step in range(STEPS + 1):
        bar.setValue(bar.maximum() * step // STEPS)
        row = runs.view.rowAt(10)
        await _until(partial(runs.table.entry_at, row))
    return _memory_mb() - before


def _catalogue(theme: Theme, repeats: int) -> dict[str, float]:
    prices = Prices((PriceBand(0, 2_690, 4_000),))
    table = ModelsTable()
    table.set_models(
        [Model(f"maker{n % 40}/model-{n}", f"Model {n}", prices=prices) for n in range(_MODELS)],
        (),
    )
    paint = RowPaint(theme, Icons(theme))
    view = RowView(paint, ModelRowPainter(paint, table), PLAN)
    view.setModel(table)
    view.fit_columns()
    view.resize(900, 740)
    view.show()

    def type_letters() -> list[float]:
        took = []
        for words in _TYPED:
            started = time.thread_time()
            table.set_filter(ModelFilter(words=words))
            view.choose_row(0)
            view.viewport().repaint()
            took.append((time.thread_time() - started) * 1000)
        return took

    letters = [max(type_letters()) for _ in range(repeats)]
    frame = _processor_ms(view.viewport().grab, repeats)
    return {"models: slowest letter of 10,000": statistics.median(letters), "models: frame": frame}


def _store(folder: Path, count: int) -> None:
    with ThreadPoolExecutor(1) as pool:
        work: Coroutine[Any, Any, None] = fill_in_bulk(folder / "novita.db", count)
        pool.submit(asyncio.run, work).result()


def main(argv: Sequence[str]) -> None:
    """Print medians in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks history_page", description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--folder", type=Path, help="a data folder that is filled already")
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    count, repeats = (1_000, 3) if options.smoke else (options.runs, options.repeats)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # made here, or by another benchmark
    app.setQuitOnLastWindowClosed(False)  # the page is closed while the loop is still needed
    theme = Theme(app)
    loop = create_event_loop(app)
    with tempfile.TemporaryDirectory() as folder:
        if options.folder is None:
            _store(Path(folder), count)
        place = options.folder or Path(folder)
        found = loop.run_until_complete(_history(theme, place, repeats))
    found |= _catalogue(theme, repeats)
    loop.close()
    print(f"{'milliseconds':<56}{count:>12,} runs")
    for name, value in found.items():
        print(f"{name:<56}{value:>12.2f}")
