"""How fast the history is read however long it is: the `history` row, as far as it is built.

First page, pages at every depth, one run in full, the money spent in a month, and searching: newest
first and while it is typed, for words that nearly every run has and for words that few have.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks._stored_runs import FIRST_MOMENT, fill_in_bulk, texts
from novita_desktop.domain.history_search import parsed
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore

MONTH_MICROSECONDS = 30 * 24 * 3600 * 1_000_000
MOST_COUNTED = 10_001
LETTERS = 3
TODAY = date(2026, 11, 24)


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
    for name, typed in _searches().items():
        query = parsed(typed, TODAY)
        found[f"search: {name}"] = await _milliseconds(partial(store.search, query), repeats)
        found[f"count: {name}"] = await _milliseconds(
            partial(store.count_found, query, MOST_COUNTED), repeats
        )
    common = parsed(_searches()["a common word"], TODAY)
    found["search: a common word, at the end"] = await _milliseconds(
        lambda: store.search(common, count // 50), repeats
    )
    await database.close()
    return found


def _searches() -> dict[str, str]:
    """Return what is searched for, made of the words that the runs hold."""
    counted = Counter(
        word for _, text in zip(range(2_000), texts(7), strict=False) for word in text.split()
    )
    by_number = [word for word, _ in counted.most_common() if len(word) > LETTERS]
    common, rare = by_number[0], by_number[-1]
    return {
        "a common word": f"{common} ",
        "a rare word": f"{rare} ",
        "three letters of a common word": common[:LETTERS],
        "two words": f"{common} {by_number[1]} ",
        "a phrase": f'"{common} {by_number[1]}"',
        "a model and a word": f"model:deepseek {common} ",
        "a status that is rare": "status:failed",
        "a cost that none has": "cost:>100",
        "days long gone": "before:2001",
    }


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
            asyncio.run(fill_in_bulk(path, size))
            columns.append(asyncio.run(_measured(path, size, repeats)))
    print(f"{'milliseconds':<40}{count // 10:>12,}{count:>12,}{'ratio':>8}")
    for name, small in columns[0].items():
        large = columns[1][name]
        print(f"{name:<40}{small:>12.2f}{large:>12.2f}{large / small:>8.1f}")
