"""How fast finished runs are stored, and how large the file gets: the `storing` row.

Each run is recorded before it is sent, gets one attempt, and is finished: three writes.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks._stored_runs import fill


def _measured(count: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "novita.db"
        started = time.perf_counter()
        text_bytes = asyncio.run(fill(path, count))
        seconds = time.perf_counter() - started
        return count / seconds, path.stat().st_size / text_bytes


def main(argv: Sequence[str]) -> None:
    """Print runs per second, the file's size beside its text, and how both grow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks storing", description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    count, repeats = (1_000, 1) if options.smoke else (options.runs, options.repeats)
    rates: dict[int, float] = {}
    print(f"{'runs':>10}{'runs/s':>12}{'file / text':>14}")
    for size in (count // 10, count):
        found = [_measured(size) for _ in range(repeats)]
        rates[size] = statistics.median(rate for rate, _ in found)
        share = statistics.median(share for _, share in found)
        print(f"{size:>10,}{rates[size]:>12,.0f}{share:>14.2f}")
    small, large = rates[count // 10], rates[count]
    print(f"time grows with the runs to the power of {1 + math.log10(small / large):.2f}")
