"""How fast the window shows stored runs and the catalogue: part of two quality rows.

The History page's first rows, pages fetched while scrolling, one frame painted and one run opened;
and, for a catalogue of ten thousand models, filtering by each letter typed.
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
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from benchmarks._stored_runs import fill_in_bulk, texts
from novita_desktop.domain.catalogue import Model, ModelFilter
from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.engine import Engine
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.ui.bridge import Bridge
from novita_desktop.ui.event_loop import create_event_loop
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import Toast
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.history import HistoryPage
from novita_desktop.ui.session_state import SessionState
from novita_desktop.ui.tables.models_rows import PLAN, ModelRowPainter
from novita_desktop.ui.tables.models_table import ModelsTable
from novita_desktop.ui.tables.row_paint import RowPaint
from novita_desktop.ui.tables.row_view import RowView
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.search_field import SearchField

TOP = QModelIndex()
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


async def _history(theme: Theme, folder: Path, repeats: int) -> dict[str, float]:
    with _opened(theme, folder) as context:
        started = time.perf_counter()
        page = HistoryPage(context)
        page.resize(1252, 840)
        page.show()
        await context.tasks.settled()
        found = {"history: open, with its first rows": (time.perf_counter() - started) * 1000}
        view = page.findChild(QTableView)
        assert isinstance(view, RowView)  # the page has one table
        found["history: paint a frame"] = _processor_ms(view.viewport().grab, repeats)

        await asyncio.sleep(0.1)  # the table learns how high all its rows are

        async def timed(act: Callable[[int], object]) -> float:
            took = []
            for step in range(1, repeats + 1):
                begun = time.perf_counter()
                act(step)
                await context.tasks.settled()
                took.append((time.perf_counter() - begun) * 1000)
            return statistics.median(took)

        found["history: fetch the next page"] = await timed(lambda _: view.model().fetchMore(TOP))
        found["history: open a run"] = await timed(view.choose_row)
        field = page.findChild(SearchField)
        assert field is not None  # the page has one search
        words = [text.split()[0] for _, text in zip(range(repeats + 1), texts(7), strict=False)]

        def search(step: int) -> None:
            field.setText(words[step])
            field.returnPressed.emit()

        found["history: search a word, with its first rows and its run"] = await timed(search)
        page.close()
    return found


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
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    count, repeats = (1_000, 3) if options.smoke else (options.runs, options.repeats)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # made here, or by another benchmark
    theme = Theme(app)
    loop = create_event_loop(app)
    with tempfile.TemporaryDirectory() as folder:
        _store(Path(folder), count)
        found = loop.run_until_complete(_history(theme, Path(folder), repeats))
    found |= _catalogue(theme, repeats)
    loop.close()
    print(f"{'milliseconds':<40}{count:>12,} runs")
    for name, value in found.items():
        print(f"{name:<40}{value:>12.2f}")
