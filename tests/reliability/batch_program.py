"""A program of the services alone that runs a batch until it is done, or killed.

`python -m tests.reliability.batch_program FOLDER BASE_URL KEY ROWS` goes on with the batch that the
folder has, or makes one. It prints `running` when the first row is over, and `done` at the end.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from novita_desktop.domain.batches import (
    Batch,
    BatchState,
    Source,
    SourceKind,
    TableOrigin,
)
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.tables import TableRow
from novita_desktop.services.batch_tables import TakenTable
from novita_desktop.services.events import BatchChanged, Event, Events, RunEnded
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets

FORM = PromptForm("meta-llama/llama-3.1-8b-instruct", message="Sum up: {{ review }}")


async def _made(workspace: Workspace, rows: int) -> Batch:
    async def chunks() -> AsyncIterator[Sequence[TableRow]]:
        yield [TableRow(number, (f"review {number}",)) for number in range(1, rows + 1)]

    table = TakenTable(TableOrigin("reviews.csv"), ("review",), chunks())
    batch = await workspace.batches.create(table)
    source = Source(SourceKind.COLUMN, "review")
    return await workspace.batches.set_plan(batch.id, FORM, {"variable:review": source})


async def main(folder: Path, base_url: str, key: str, rows: int) -> None:
    """Run the batch to its end."""
    events = Events()
    done = asyncio.Event()
    has_told = False

    def note(event: Event) -> None:
        nonlocal has_told
        if isinstance(event, RunEnded) and not has_told:
            has_told = True
            os.write(1, b"running\n")
        if isinstance(event, BatchChanged) and event.progress.state is BatchState.DONE:
            done.set()

    options = WorkspaceOptions(data_folder=folder, base_url=base_url, key=key)
    workspace = await Workspace.open(options, events, keychain=SessionSecrets())
    await workspace.account.restore()
    kept = await workspace.batches.recent(1)
    batch = kept[0] if kept else await _made(workspace, rows)
    events.listen(note)
    await workspace.batches.start(batch.id)
    await done.wait()
    await workspace.close()
    os.write(1, b"done\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
