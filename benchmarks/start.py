"""From process start to the first painted, usable page, beside a bare PySide6 window.

The `start` row: at most 2.0 x the bare window, with 100,000 runs in the data file. Processor time
is given too: on a busy machine it says more than the clock.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence

from benchmarks._program import BARE_WINDOW, STAMPED_PROGRAM, Start, data_folder, painted


def _print(name: str, starts: Sequence[Start]) -> None:
    clock = sorted(1000 * start.seconds for start in starts)
    processor = sorted(1000 * start.processor_seconds for start in starts)
    print(
        f"{name:<20}{statistics.median(clock):>8.0f}{clock[0]:>8.0f}"
        f"{statistics.median(processor):>14.0f}{processor[0]:>8.0f}"
    )


def _ratio(
    program: Sequence[Start], bare: Sequence[Start], measure: Callable[[Start], float]
) -> float:
    """Return the median of the ratios of neighbours, which the machine treated alike."""
    return statistics.median(measure(a) / measure(b) for a, b in zip(program, bare, strict=True))


def main(argv: Sequence[str]) -> None:
    """Print times of both and their ratio, from interleaved starts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks start", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000, help="runs in the data file")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    runs, repeats = (100, 1) if options.smoke else (options.runs, options.repeats)
    bare: list[Start] = []
    program: list[Start] = []
    with data_folder(runs) as folder:
        # The first start fills the file cache and writes bytecode; it is not counted.
        for _ in range(repeats + 1):
            with painted(BARE_WINDOW) as (_process, start):
                bare.append(start)
            with painted(STAMPED_PROGRAM, "--data-dir", str(folder)) as (_process, start):
                program.append(start)
    bare, program = bare[1:], program[1:]
    print(f"{'ms':<20}{'median':>8}{'least':>8}{'processor med.':>16}{'least':>6}")
    _print("bare window", bare)
    _print("Novita Desktop", program)
    clock = _ratio(program, bare, lambda start: start.seconds)
    processor = _ratio(program, bare, lambda start: start.processor_seconds)
    print(f"{'ratio':<20}{clock:>8.2f} x (aim: 2.0){processor:>8.2f} x in processor time")
