"""What the tests of batches share: tables, batches made of them, and waits for their end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from novita_desktop.domain.batches import (
    Batch,
    BatchState,
    RowState,
    Source,
    TableOrigin,
    guessed_sources,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.tables import TableRow
from novita_desktop.services.batch_tables import TakenTable
from novita_desktop.services.events import BatchChanged
from tests.services.stage import MODEL, Stage

FORM = PromptForm(MODEL, message="Sum up: {{ review }}")
COLUMNS = ("id", "review")


async def chunks(rows: Sequence[Sequence[str]]) -> AsyncIterator[Sequence[TableRow]]:
    yield [TableRow(number, tuple(cells)) for number, cells in enumerate(rows, 1)]


def reviews(count: int) -> list[tuple[str, str]]:
    return [(str(n), f"review number {n}") for n in range(1, count + 1)]


async def made(
    stage: Stage, rows: Sequence[Sequence[str]], form: PromptForm = FORM, **more: Source
) -> Batch:
    batches = stage.workspace.batches
    origin = TableOrigin("reviews.csv", "/somewhere/reviews.csv", 5, 7)
    batch = await batches.create(TakenTable(origin, COLUMNS, chunks(rows)))
    return await batches.set_plan(batch.id, form, {**guessed_sources(form, COLUMNS), **more})


async def over(stage: Stage, batch: Batch) -> BatchState:
    """Wait until nothing of a batch runs; return what it does then."""

    def is_over() -> bool:
        told = [e.progress for e in stage.watch.all(BatchChanged)]
        last = [each for each in told if each.batch_id == batch.id][-1:]
        return bool(last) and last[0].state is not BatchState.RUNNING

    await stage.watch.until(is_over, 30)
    if (work := stage.workspace.batches._works.get(batch.id)) is not None:
        await asyncio.wait({work})
    return (await stage.workspace.batches.get(batch.id)).state


async def states(stage: Stage, batch: Batch) -> list[RowState]:
    found = await stage.workspace.batches.results(batch.id, 0, 1_000)
    return [result.row.state for result in found]
