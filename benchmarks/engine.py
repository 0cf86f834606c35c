"""How much of a host's pace the run path keeps, with every run and attempt stored.

The host answers after 250 ms, so `at once / 0.25` runs a second is the ceiling. Also: how long
Stop takes with 64 streams, and how much later a person's run begins while a batch goes on.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks._demo_process import KEY, DemoProcess, demo_process
from novita_desktop.domain.requests import Lane, Message, Parameters, Role, RunRequest
from novita_desktop.domain.runs import GroupKind, RunGroup, RunStatus, RunSummary
from novita_desktop.engine import Engine
from novita_desktop.services.events import Event, Events, RunEnded, RunGrew
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions

T = TypeVar("T")

LATENCY_SECONDS = 0.25
STREAMS = 64
MODEL = "meta-llama/llama-3.1-8b-instruct"
BATCH = RunGroup(GroupKind.BATCH, "benchmark", Lane.BACKGROUND)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one batch took; a share is of the ceiling, CPU seconds are of this process."""

    share: float
    cpu_per_thousand: float
    failed: int
    host_requests: int


class Ends:
    """Who ended, who has a first word, and waiting for either."""

    def __init__(self, events: Events) -> None:
        self.summaries: dict[int, RunSummary] = {}
        self.first_words: dict[int, float] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._grown = asyncio.Event()
        events.listen(self._note)

    def _note(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            self.summaries[event.summary.id] = event.summary
            waiting = self._waiting.pop(event.summary.id, None)
            if waiting is not None:
                waiting.set_result(None)
        elif isinstance(event, RunGrew) and event.run_id not in self.first_words:
            self.first_words[event.run_id] = time.perf_counter()
            self._grown.set()

    async def ended(self, run_id: int) -> None:
        """Wait until a run is over."""
        if run_id not in self.summaries:
            self._waiting[run_id] = asyncio.get_running_loop().create_future()
            await self._waiting[run_id]

    async def first_word(self, run_id: int) -> float:
        """Wait for a run's first word; return when it came."""
        while run_id not in self.first_words:
            self._grown.clear()
            await self._grown.wait()
        return self.first_words[run_id]

    async def until_grown(self, count: int) -> None:
        """Wait until so many runs have a first word."""
        while len(self.first_words) < count:
            self._grown.clear()
            await self._grown.wait()


def _request(number: int, max_tokens: int = 400) -> RunRequest:
    message = f"Row {number}: what is this product good for? Answer in one sentence."
    return RunRequest(MODEL, (Message(Role.USER, message),), Parameters(max_tokens=max_tokens))


async def _opened(folder: Path, host: DemoProcess, at_once: int) -> tuple[Workspace, Ends]:
    events = Events()
    ends = Ends(events)
    options = WorkspaceOptions(folder, base_url=host.base_url, is_demo=True, demo_key=KEY)
    workspace = await Workspace.open(options, events, pace=Pace(background_slots=at_once))
    return workspace, ends


async def _feed(workspace: Workspace, ends: Ends, rows: int, at_once: int) -> None:
    """Submit rows as a batch does: at most twice the slots are under way."""
    group = await workspace.runs.open_group(BATCH)
    numbers = iter(range(rows))

    async def some() -> None:
        for number in numbers:
            run = await workspace.runs.submit(_request(number), group)
            await ends.ended(run.id)

    await asyncio.gather(*(some() for _ in range(at_once * 2)))


async def _batch(folder: Path, host: DemoProcess, rows: int, at_once: int) -> Figures:
    host.forget()
    host.play_always(f"plain; latency_ms={LATENCY_SECONDS * 1000:.0f}; tokens=40")
    workspace, ends = await _opened(folder, host, at_once)
    await ends.ended((await workspace.runs.submit(_request(-1))).id)  # libraries are loaded by it
    began, cpu = time.perf_counter(), time.process_time()
    await _feed(workspace, ends, rows, at_once)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    stored = await workspace.history.count()
    failed = sum(run.status is not RunStatus.SUCCEEDED for run in ends.summaries.values())
    await workspace.close()
    if stored != rows + 1:
        raise RuntimeError(f"{stored} runs stored of {rows + 1}")
    ceiling = rows / (at_once / LATENCY_SECONDS)
    return Figures(ceiling / seconds, cpu / rows * 1000, failed, host.requests() - 1)


async def _stop(folder: Path, host: DemoProcess) -> float:
    """Return the seconds from Stop until the host has seen the last of 64 connections close."""
    host.forget()
    host.play_always("long; speed=200; ttft_ms=0")
    workspace, ends = await _opened(folder, host, STREAMS)
    await workspace.settings.change(interactive_runs=STREAMS)
    for number in range(STREAMS):  # long enough that none ends before all have begun
        await workspace.runs.submit(_request(number, max_tokens=16_000))
    await ends.until_grown(STREAMS)
    began = time.monotonic()
    await workspace.runs.stop_all()
    hang_ups: list[float] = []
    while len(hang_ups) < STREAMS:
        hang_ups = await asyncio.to_thread(host.hang_ups)
    await workspace.close()
    return max(hang_ups) - began


async def _first_word(workspace: Workspace, ends: Ends) -> float:
    began = time.perf_counter()
    run = await workspace.runs.submit(_request(0))
    return await ends.first_word(run.id) - began


async def _queue(folder: Path, host: DemoProcess, rows: int, at_once: int) -> tuple[float, float]:
    """Return the median seconds to a person's first word: idle, and during a batch."""
    host.forget()
    host.play_always(f"plain; latency_ms={LATENCY_SECONDS * 1000:.0f}; tokens=40")
    workspace, ends = await _opened(folder, host, at_once)
    idle = [await _first_word(workspace, ends) for _ in range(5)]
    feeding = asyncio.ensure_future(_feed(workspace, ends, rows, at_once))
    await ends.until_grown(min(rows, at_once) // 2)
    busy = []
    while not feeding.done() and len(busy) < 9:
        busy.append(await _first_word(workspace, ends))
    await feeding
    await workspace.close()
    return statistics.median(idle), statistics.median(busy)


def _in_engine(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` where the program runs it."""

    def report(error: BaseException) -> None:
        print(f"reported: {error!r}")

    engine = Engine(report)
    engine.start()
    try:
        return engine.submit(work).result()
    finally:
        engine.stop()


def main(argv: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of a batch")
    parser.add_argument("--at-once", type=int, nargs="*", default=[64, 256])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a few seconds, for CI")
    options = parser.parse_args(argv)
    rows, repeats = (300, 1) if options.smoke else (options.rows, options.repeats)
    at_once = [64] if options.smoke else options.at_once
    print(f"{rows} rows, host latency {LATENCY_SECONDS * 1000:.0f} ms, everything stored")
    with demo_process() as host, tempfile.TemporaryDirectory() as folder:
        place = (Path(folder) / str(number) for number in range(1_000))
        for slots in at_once:
            found = []
            for _ in range(repeats):
                gc.collect()
                found.append(_in_engine(_batch(next(place), host, rows, slots)))
            share = statistics.median(one.share for one in found)
            cpu = statistics.median(one.cpu_per_thousand for one in found)
            print(
                f"{slots:4} at once: {share:6.1%} of the ceiling, {cpu:.2f} CPU s per 1,000;"
                f" failed {sum(one.failed for one in found)},"
                f" requests {[one.host_requests for one in found]}"
            )
        stops = [_in_engine(_stop(next(place), host)) for _ in range(1 if options.smoke else 5)]
        print(f"stop with {STREAMS} streams: {statistics.median(stops) * 1000:.0f} ms (bar 100)")
        idle, busy = _in_engine(_queue(next(place), host, min(rows, 3_000), at_once[-1]))
        print(
            f"a person's first word: idle {idle * 1000:.0f} ms, during a batch"
            f" {busy * 1000:.0f} ms: {(busy - idle) * 1000:+.0f} ms (bar +50)"
        )
