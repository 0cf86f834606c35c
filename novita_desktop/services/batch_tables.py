"""Tables of batches: taken from files and pasted texts, and written out with their results."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from novita_desktop.domain.batches import Batch, RowResult, TableOrigin
from novita_desktop.domain.costs import UNITS_PER_USD
from novita_desktop.domain.records import record
from novita_desktop.domain.tables import TableChoice, TableRow
from novita_desktop.storage.batch_store import BatchStore

if TYPE_CHECKING:  # loaded when a table is written
    from novita_desktop.storage.tables.writing import Cell, TableWriter

CHUNK_ROWS: Final = 500
"""So many rows are read, kept or written at once."""

RESULT_COLUMNS: Final = ("status", "answer", "tries", "cost_usd", "error")
"""What an export has beside the table's own columns; not translated, for other programs read it."""


@record(frozen=True, slots=True)
class TakenTable:
    """A table that is about to become a batch; `chunks` are its rows."""

    origin: TableOrigin
    columns: tuple[str, ...]
    chunks: AsyncIterator[Sequence[TableRow]]


async def table_in_file(path: Path, choice: TableChoice | None = None) -> TakenTable:
    """Return the table in a file, read as `choice` says. Raises TableRefused."""
    from novita_desktop.storage.tables import reading  # noqa: PLC0415  # when a table is opened

    shape = await asyncio.to_thread(reading.examine, path, choice)
    origin = TableOrigin(path.name, str(path), shape.size_bytes, shape.modified_at)
    return TakenTable(origin, shape.columns, _chunks(reading.rows(path, shape)))


async def pasted(text: str, title: str) -> TakenTable:
    """Return the table in a text that was copied elsewhere. Raises TableRefused."""
    from novita_desktop.storage.tables.pasted import (  # noqa: PLC0415  # when a table is pasted
        pasted_table,
    )

    table = await asyncio.to_thread(pasted_table, text)
    return TakenTable(TableOrigin(title), table.columns, _chunks(iter(table.rows)))


async def has_changed(origin: TableOrigin) -> bool:
    """Return whether the file that a table came from is another one now, or gone."""
    if not origin.path:
        return False

    def look() -> bool:
        try:
            found = Path(origin.path).stat()
        except OSError:
            return True
        return (found.st_size, found.st_mtime_ns // 1_000) != (origin.size, origin.modified_at)

    return await asyncio.to_thread(look)


async def export(store: BatchStore, batch: Batch, path: Path) -> int:
    """Write every row with what there is of its results; return how many rows.

    The suffix of `path` says in which form. Raises StorageError.
    """
    from novita_desktop.storage.tables.columns import unique_names  # noqa: PLC0415  # see above
    from novita_desktop.storage.tables.writing import open_writer  # noqa: PLC0415  # see above

    columns = unique_names([*batch.columns, *RESULT_COLUMNS])
    place = 0
    async with _in_threads(open_writer(path, columns)) as writer:
        while results := await store.results(batch.id, place, CHUNK_ROWS):
            place += len(results)
            rows = [_cells(batch, result) for result in results]
            await asyncio.to_thread(_write, writer, rows)
    return place


@asynccontextmanager
async def _in_threads(block: AbstractContextManager[TableWriter]) -> AsyncIterator[TableWriter]:
    """Enter and leave `block` off the loop: both touch the disk."""
    writer = await asyncio.to_thread(block.__enter__)
    try:
        yield writer
    except BaseException as error:
        # Not awaited in a thread when it was cancelled: the file has to be gone all the same.
        if not block.__exit__(type(error), error, error.__traceback__):
            raise
    else:
        await asyncio.to_thread(block.__exit__, None, None, None)


def _write(writer: TableWriter, rows: Sequence[Sequence[Cell]]) -> None:
    for row in rows:
        writer.write(row)


async def answers_as_cells(store: BatchStore, batch: Batch) -> str:
    """Return every row's answer as cells for the clipboard, to be pasted beside the source."""
    place, lines = 0, list[str]()
    while results := await store.results(batch.id, place, CHUNK_ROWS):
        place += len(results)
        lines.extend(_quoted(result.answer) for result in results)
    return "\n".join(lines)


async def _chunks(rows: Iterator[TableRow]) -> AsyncIterator[Sequence[TableRow]]:
    while chunk := await asyncio.to_thread(lambda: list(islice(rows, CHUNK_ROWS))):
        yield chunk


def _cells(batch: Batch, result: RowResult) -> list[Cell]:
    width = len(batch.columns)
    own = [*result.row.cells, *[""] * (width - len(result.row.cells))][:width]
    cost = None if result.cost is None else Decimal(result.cost.units) / UNITS_PER_USD
    problem = result.error_code or result.row.problem
    return [
        *own,
        result.row.state.value,
        result.answer,
        result.attempt_count or None,
        cost,
        problem,
    ]


def _quoted(text: str) -> str:
    """Return a cell as spreadsheets take it from the clipboard: line ends need quotes."""
    if not any(sign in text for sign in '\t\n\r"'):
        return text
    return '"' + text.replace('"', '""') + '"'
