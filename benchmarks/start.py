"""From process start to the first painted, usable page, beside a bare PySide6 window.

The `start` row: at most 2.0 x the bare window, with 100,000 runs in the data file.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence

from benchmarks._program import BARE_WINDOW, STAMPED_PROGRAM, data_folder, painted


def main(argv: Sequence[str]) -> None:
    """Print both medians and their ratio, from interleaved starts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks start", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000, help="runs in the data file")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    runs, repeats = (100, 1) if options.smoke else (options.runs, options.repeats)
    times: dict[str, list[float]] = {"bare window": [], "Novita Desktop": []}
    with data_folder(runs) as folder:
        for _ in range(repeats):
            with painted(BARE_WINDOW) as (_, seconds):
                times["bare window"].append(seconds)
            with painted(STAMPED_PROGRAM, "--data-dir", str(folder)) as (_, seconds):
                times["Novita Desktop"].append(seconds)
    for name, found in times.items():
        print(
            f"{name:<20}{statistics.median(found) * 1000:>8.0f} ms (least {min(found) * 1000:.0f})"
        )
    ratio = statistics.median(times["Novita Desktop"]) / statistics.median(times["bare window"])
    print(f"{'ratio':<20}{ratio:>8.2f} x (aim: 2.0)")
