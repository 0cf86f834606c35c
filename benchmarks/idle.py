"""Memory and processor time of the program when nothing runs: the `idle` row. Linux only.

At most 90 MB (PSS) with the demo's catalogue and 100,000 runs, and no processor time at all.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks._program import BARE_WINDOW, STAMPED_PROGRAM, data_folder, painted


def _pss_megabytes(process_id: int) -> float:
    text = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _processor_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _measured(code: str, *arguments: str, settle: float, watch: float) -> tuple[float, float]:
    with painted(code, *arguments) as (process, _):
        time.sleep(settle)  # a benchmark has no window to hold up
        before = _processor_seconds(process.pid)
        time.sleep(watch)
        spent = _processor_seconds(process.pid) - before
        return _pss_megabytes(process.pid), spent / watch * 100


def main(argv: Sequence[str]) -> None:
    """Print memory and share of one core for the bare window and the program."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks idle", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000, help="runs in the data file")
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    if not sys.platform.startswith("linux"):
        print("not measured: needs /proc")
        return
    runs, settle, watch = (100, 2.0, 1.0) if options.smoke else (options.runs, 60.0, 20.0)
    print(f"{'':<20}{'PSS MB':>10}{'CPU %':>10}")
    with data_folder(runs) as folder:
        for name, code, arguments in (
            ("bare window", BARE_WINDOW, ()),
            ("Novita Desktop", STAMPED_PROGRAM, ("--data-dir", str(folder))),
        ):
            memory, share = _measured(code, *arguments, settle=settle, watch=watch)
            print(f"{name:<20}{memory:>10.1f}{share:>10.2f}")
