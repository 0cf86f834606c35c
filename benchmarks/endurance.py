"""What many runs in a row leave behind: memory, file handles, tasks, threads. Nothing should grow.

The host answers at once and everything is stored, in the order and lane of a batch. Figures are
taken at ten places on the way, each after the garbage was collected.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks._demo_process import KEY, DemoProcess, demo_process
from novita_desktop.domain.requests import Lane, Message, Parameters, Role, RunRequest
from novita_desktop.domain.runs import GroupKind, RunGroup, RunStatus
from novita_desktop.engine import Engine
from novita_desktop.services.events import Event, Events, RunEnded
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions

MODEL = "meta-llama/llama-3.1-8b-instruct"
AT_ONCE = 64
PLACES = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What the process holds; memory in bytes, None where the system does not tell."""

    runs: int
    memory: int | None
    handles: int | None
    tasks: int
    threads: int


def figures(runs: int) -> Figures:
    """Return what is held now. On the engine's loop."""
    gc.collect()
    memory = handles = None
    if Path("/proc/self/statm").exists():
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        memory = pages * os.sysconf("SC_PAGE_SIZE")
        handles = len(list(Path("/proc/self/fd").iterdir()))
    return Figures(runs, memory, handles, len(asyncio.all_tasks()), threading.active_count())


class _Counted:
    """Waits for ends without keeping any."""

    def __init__(self, events: Events) -> None:
        self.failed = 0
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._early: set[int] = set()
        events.listen(self._note)

    def _note(self, event: Event) -> None:
        if not isinstance(event, RunEnded):
            return
        self.failed += event.summary.status is not RunStatus.SUCCEEDED
        waiting = self._waiting.pop(event.summary.id, None)
        if waiting is None:
            self._early.add(event.summary.id)
        else:
            waiting.set_result(None)

    async def ended(self, run_id: int) -> None:
        """Wait until a run is over."""
        if run_id in self._early:
            self._early.remove(run_id)
            return
        self._waiting[run_id] = asyncio.get_running_loop().create_future()
        await self._waiting[run_id]


async def run_in_a_row(folder: Path, base_url: str, count: int) -> tuple[list[Figures], int]:
    """Run `count` requests and return the figures on the way, and how many runs failed."""
    events = Events()
    counted = _Counted(events)
    options = WorkspaceOptions(folder, base_url=base_url, is_demo=True, demo_key=KEY)
    workspace = await Workspace.open(options, events, pace=Pace(background_slots=AT_ONCE))
    group = await workspace.runs.open_group(RunGroup(GroupKind.BATCH, "row", Lane.BACKGROUND))
    found = []

    async def some(numbers: Sequence[int]) -> None:
        for number in numbers:
            words = (Message(Role.USER, f"Row {number}: answer in one sentence."),)
            request = RunRequest(MODEL, words, Parameters(max_tokens=100))
            await counted.ended((await workspace.runs.submit(request, group)).id)

    for place in range(PLACES):
        numbers = range(place * count // PLACES, (place + 1) * count // PLACES)
        await asyncio.gather(*(some(numbers[start::AT_ONCE]) for start in range(AT_ONCE)))
        found.append(figures(numbers.stop))
    await workspace.close()
    return found, counted.failed


def _measured(host: DemoProcess, count: int) -> tuple[list[Figures], int]:
    def report(error: BaseException) -> None:
        print(f"reported: {error!r}")

    engine = Engine(report)
    engine.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            work = run_in_a_row(Path(folder), host.base_url, count)
            return engine.submit(work).result()
    finally:
        engine.stop()


def main(argv: Sequence[str]) -> None:
    """Print the figures on the way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks endurance", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    count = 500 if options.smoke else options.runs
    started = time.perf_counter()
    with demo_process() as host:
        host.play_always("plain; latency_ms=0; tokens=20")
        found, failed = _measured(host, count)
    print(f"{'runs':>10}{'memory MB':>12}{'handles':>10}{'tasks':>8}{'threads':>9}")
    for one in found:
        memory = "-" if one.memory is None else f"{one.memory / 1e6:.1f}"
        handles = "-" if one.handles is None else str(one.handles)
        print(f"{one.runs:>10,}{memory:>12}{handles:>10}{one.tasks:>8}{one.threads:>9}")
    seconds = time.perf_counter() - started
    print(f"{count / seconds:,.0f} runs a second, {failed} failed")
