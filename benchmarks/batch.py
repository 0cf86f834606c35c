"""How much of a host's pace a batch keeps, from its rows in the data file to their answers in it.

The host answers after 250 ms, so `at once / 0.25` rows a second is the ceiling. Memory is that of
the whole process, before and after, each when the garbage was collected.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks._batches import in_engine, made, opened, run
from benchmarks._demo_process import DemoProcess, demo_process
from benchmarks.endurance import figures
from novita_desktop.domain.batches import RowState

LATENCY_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Figures:
    """What one batch took; a share is of the ceiling, CPU seconds are of this process."""

    share: float
    cpu_per_thousand: float
    grown_bytes: int | None


async def _measured(folder: Path, host: DemoProcess, rows: int, at_once: int) -> Figures:
    host.forget()
    host.play_always(f"plain; latency_ms={LATENCY_SECONDS * 1000:.0f}; tokens=40")
    workspace = await opened(folder, host, at_once)
    await run(workspace, await made(workspace, at_once * 2))  # slots grow, libraries are loaded
    batch = await made(workspace, rows)
    memory = figures(0).memory
    began, cpu = time.perf_counter(), time.process_time()
    await run(workspace, batch)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    after = figures(rows).memory
    counts = (await workspace.batches.progress(batch.id)).counts
    await workspace.close()
    if counts != {RowState.DONE: rows} or host.requests() != rows + at_once * 2:
        raise RuntimeError(f"{counts} of {rows} rows, {host.requests()} requests")
    ceiling = rows / (at_once / LATENCY_SECONDS)
    grown = None if memory is None or after is None else after - memory
    return Figures(ceiling / seconds, cpu / rows * 1000, grown)


def main(argv: list[str] | None = None) -> None:
    """Print a line for each number of rows at once."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks batch", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, nargs="*", default=[64])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    rows, repeats = (300, 1) if options.smoke else (options.rows, options.repeats)
    print(f"{rows} rows, host latency {LATENCY_SECONDS * 1000:.0f} ms, everything stored")
    with demo_process() as host, tempfile.TemporaryDirectory() as folder:
        for at_once in options.at_once:
            found = [
                in_engine(_measured(Path(folder) / f"{at_once}-{number}", host, rows, at_once))
                for number in range(repeats)
            ]
            grown = [one.grown_bytes for one in found if one.grown_bytes is not None]
            print(
                f"{at_once:4} at once: {statistics.median(one.share for one in found):6.1%} of the"
                f" ceiling, {statistics.median(one.cpu_per_thousand for one in found):.2f} CPU s"
                f" per 1,000; memory {[f'{size / 1e6:+.1f} MB' for size in grown]}"
            )
