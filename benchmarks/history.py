"""How fast the history is read however long it is: the `history` row, as far as it is built.

First page, pages at every depth, one run in full, and the money spent in a month.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks._stored_runs import fill
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore

MONTH_MICROSECONDS = 30 * 24 * 3600 * 1_000_000
FIRST_MOMENT = 1_790_000_000_000_000


async def _milliseconds(work: Callable[[], Awaitable[object]], repeats: int) -> float:
    found = []
    for _ in range(repeats):
        started = time.perf_counter()
        await work()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


async def _measured(path: Path, count: int, repeats: int) -> dict[str, float]:
    started = time.perf_counter()
    database = await Database.open(path)
    store = RunStore(database)
    await store.page()
    opened = (time.perf_counter() - started) * 1000
    month = FIRST_MOMENT + MONTH_MICROSECONDS
    found = {
        "open the file and read the first page": opened,
        "first page": await _milliseconds(store.page, repeats),
        "page in the middle": await _milliseconds(lambda: store.page(count // 2), repeats),
        "page at the end": await _milliseconds(lambda: store.page(201), repeats),
        "one run in full": await _milliseconds(lambda: store.detail(count // 3), repeats),
        "spent in a month": await _milliseconds(
            lambda: store.spent_between(FIRST_MOMENT, month), repeats
        ),
    }
    await database.close()
    return found


def main(argv: Sequence[str]) -> None:
    """Print medians in milliseconds at a tenth of the size and at the whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks history", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    count, repeats = (2_000, 3) if options.smoke else (options.runs, options.repeats)
    columns: list[dict[str, float]] = []
    for size in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "novita.db"
            asyncio.run(fill(path, size))
            columns.append(asyncio.run(_measured(path, size, repeats)))
    print(f"{'milliseconds':<40}{count // 10:>12,}{count:>12,}{'ratio':>8}")
    for name, small in columns[0].items():
        large = columns[1][name]
        print(f"{name:<40}{small:>12.2f}{large:>12.2f}{large / small:>8.1f}")
