"""Batches on a host in another process, run where the program runs them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from benchmarks._demo_process import KEY, DemoProcess
from novita_desktop.domain.batches import Batch, BatchState, Source, SourceKind, TableOrigin
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.tables import TableRow
from novita_desktop.engine import Engine
from novita_desktop.services.batch_tables import TakenTable
from novita_desktop.services.events import BatchChanged, Event, Events
from novita_desktop.services.workspace import Pace, Workspace, WorkspaceOptions

T = TypeVar("T")

MODEL = "meta-llama/llama-3.1-8b-instruct"
CHUNK = 500


async def opened(folder: Path, host: DemoProcess, at_once: int) -> Workspace:
    """Open a workspace that is connected to the host."""
    options = WorkspaceOptions(folder, base_url=host.base_url, is_demo=True, demo_key=KEY)
    return await Workspace.open(options, Events(), pace=Pace(background_slots=at_once))


async def made(workspace: Workspace, rows: int) -> Batch:
    """Keep a table of so many rows, ready to run."""

    async def chunks() -> AsyncIterator[Sequence[TableRow]]:
        for first in range(1, rows + 1, CHUNK):
            numbers = range(first, min(first + CHUNK, rows + 1))
            yield [TableRow(number, (f"Product {number}",)) for number in numbers]

    batch = await workspace.batches.create(TakenTable(TableOrigin("rows"), ("product",), chunks()))
    form = PromptForm(MODEL, message="What is {{ product }} good for? Answer in one sentence.")
    sources = {"variable:product": Source(SourceKind.COLUMN, "product")}
    return await workspace.batches.set_plan(batch.id, form, sources)


async def run(workspace: Workspace, batch: Batch) -> None:
    """Run a batch to its end."""
    done = asyncio.Event()

    def note(event: Event) -> None:
        if isinstance(event, BatchChanged) and event.progress.state is BatchState.DONE:
            done.set()

    stop_listening = workspace.events.listen(note)
    await workspace.batches.start(batch.id)
    await done.wait()
    stop_listening()


def in_engine(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` where the program runs it."""

    def report(error: BaseException) -> None:
        print(f"reported: {error!r}")

    engine = Engine(report)
    engine.start()
    try:
        return engine.submit(work).result()
    finally:
        engine.stop()
