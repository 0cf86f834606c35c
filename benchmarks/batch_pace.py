"""How near a batch comes to what a host allows a minute, without being told, and what it is refused.

The host takes so many requests within any minute and answers 429 to the others, without
`Retry-After`, as Novita's does.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks._batches import in_engine, made, opened, run
from benchmarks._demo_process import DemoProcess, demo_process
from novita_desktop.domain.batches import RowState

MINUTE = 60.0


async def _run(folder: Path, host: DemoProcess, rows: int) -> tuple[float, float, int]:
    """Return when a batch began and ended, and how many of its rows are done."""
    workspace = await opened(folder, host, 64)
    batch = await made(workspace, rows)
    began = time.monotonic()
    await run(workspace, batch)
    ended = time.monotonic()
    counts = (await workspace.batches.progress(batch.id)).counts
    await workspace.close()
    return began, ended, counts.get(RowState.DONE, 0)


def _shares(host: DemoProcess, since: float) -> tuple[int, int]:
    """Return how many requests the host has answered and refused since a moment."""
    statuses = [status for moment, status in host.answers() if moment >= since]
    return statuses.count(200), statuses.count(429)


def main(argv: list[str] | None = None) -> None:
    """Print what was answered and refused, in all and after the first minute."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks batch_pace", description=__doc__)
    parser.add_argument("--per-minute", type=int, default=300)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--latency-ms", type=int, default=250)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    allowed = options.per_minute
    rows = 200 if options.smoke else allowed * options.minutes
    print(f"{rows} rows, {allowed} requests a minute, host latency {options.latency_ms} ms")
    with demo_process() as host, tempfile.TemporaryDirectory() as folder:
        host.play_always(f"limit; rpm={allowed}; latency_ms={options.latency_ms}; tokens=40")
        began, ended, done = in_engine(_run(Path(folder), host, rows))
        answered, refused = _shares(host, began)
        print(f"done {done}, answered {answered}, refused {refused}, in {ended - began:.0f} s")
        later, refused = _shares(host, began + MINUTE)
    seconds = ended - began - MINUTE
    if later and seconds > 0:
        print(
            f"after the first minute: {later / seconds * MINUTE / allowed:.1%} of what is allowed,"
            f" {refused / (later + refused):.2%} refused (bars 90 %, 5 %)"
        )
