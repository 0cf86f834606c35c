"""Reads and writes batches: the rows of their tables, and which run each row has."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Sequence
from functools import partial
from typing import Final

from novita_desktop.domain.batches import (
    TABLE_PROBLEM,
    UNFINISHED,
    Batch,
    BatchRow,
    BatchState,
    PauseReason,
    RowResult,
    RowState,
    Sources,
    sources_to_saved,
    state_after,
)
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.json_values import as_whole
from novita_desktop.domain.prompt_form import PromptForm, to_saved
from novita_desktop.domain.records import record
from novita_desktop.domain.runs import RunStatus
from novita_desktop.storage.batch_records import (
    batch_of,
    origin_to_saved,
    packed_cells,
    result_of,
    row_of,
)
from novita_desktop.storage.database import Database
from novita_desktop.storage.database_jobs import Work
from novita_desktop.storage.stored_text import json_text, storable

_BATCH: Final = (
    "SELECT group_id, title, created_at, origin, columns, form, sources, state, pause_reason"
    " FROM batches JOIN run_groups ON run_groups.id = group_id"
)
_ROW: Final = "SELECT number, cells_codec, cells, batch_rows.state, batch_rows.run_id, problem"
_RESULT: Final = (
    f"{_ROW}, text_codec, text, attempt_count, cost_units, cost_is_estimate, error_code"
    " FROM batch_rows LEFT JOIN runs ON runs.id = batch_rows.run_id"
    " LEFT JOIN run_answers ON run_answers.run_id = batch_rows.run_id"
    " WHERE batch_rows.group_id = ?"
)


_TAKING_IN: Final = "taking_in"
"""The state of a batch whose table is not read to its end. Nobody sees it, and after a crash it goes."""


@record(frozen=True, slots=True)
class RowChange:
    """What becomes of a row; without a `run_id` it keeps the run that it has."""

    number: int
    state: RowState
    run_id: int | None = None
    problem: str = ""


class BatchStore:
    """The batches of one data file. Every method raises StorageError; each change is whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, batch: Batch) -> None:
        """Add a batch, whose group is recorded, without rows yet; `complete` ends that."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO batches (group_id, origin, columns, form, sources, state)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    batch.id,
                    json_text(origin_to_saved(batch.origin)),
                    json_text(list(batch.columns)),
                    json_text(to_saved(batch.form)),
                    json_text(sources_to_saved(batch.sources)),
                    _TAKING_IN,
                ),
            )

        await self._database.call(work)

    async def add_rows(self, batch_id: int, rows: Sequence[BatchRow]) -> None:
        """Add rows behind those that are there."""
        written = [
            (batch_id, row.number, *packed_cells(row.cells), row.state, storable(row.problem))
            for row in rows
        ]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT INTO batch_rows (group_id, number, cells_codec, cells, state, problem)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                written,
            )

        await self._database.call(work)

    async def complete(self, batch_id: int) -> None:
        """Note that all rows of a batch are there: it is ready."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE batches SET state = ? WHERE group_id = ?", (BatchState.READY, batch_id)
            )

        await self._database.call(work)

    async def remove(self, batch_id: int) -> None:
        """Remove a batch that has no runs."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM run_groups WHERE id = ?", (batch_id,))

        await self._database.call(work)

    async def get(self, batch_id: int) -> Batch | None:
        """Return a batch, None when there is no such."""

        def work(connection: sqlite3.Connection) -> Batch | None:
            row = connection.execute(f"{_BATCH} WHERE group_id = ?", (batch_id,)).fetchone()
            return batch_of(row) if row else None

        return await self._database.read(work)

    async def recent(self, limit: int) -> list[Batch]:
        """Return the batches that were made last, the newest first."""

        def work(connection: sqlite3.Connection) -> list[Batch]:
            rows = connection.execute(
                f"{_BATCH} WHERE state <> ? ORDER BY group_id DESC LIMIT ?", (_TAKING_IN, limit)
            )
            return list(map(batch_of, rows))

        return await self._database.read(work)

    async def of_run(self, run_id: int) -> int | None:
        """Return the id of the batch that a run belongs to, None for any other run."""

        def work(connection: sqlite3.Connection) -> int | None:
            row = connection.execute(
                "SELECT batches.group_id FROM batches JOIN runs USING (group_id) WHERE runs.id = ?",
                (run_id,),
            ).fetchone()
            return as_whole(row[0]) if row else None

        return await self._database.read(work)

    async def set_plan(self, batch_id: int, form: PromptForm, sources: Sources) -> None:
        """Change what the rows are run with."""
        saved = (json_text(to_saved(form)), json_text(sources_to_saved(sources)), batch_id)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE batches SET form = ?, sources = ? WHERE group_id = ?", saved)

        await self._database.call(work)

    async def set_cells(self, batch_id: int, number: int, cells: Sequence[str]) -> None:
        """Change what stands in a row's cells; what was wrong with it is no longer known."""
        codec, data = packed_cells(cells)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE batch_rows SET cells_codec = ?, cells = ?, problem = ''"
                " WHERE group_id = ? AND number = ?",
                (codec, data, batch_id, number),
            )

        await self._database.call(work)

    async def note(
        self,
        batch_id: int,
        state: BatchState,
        reason: PauseReason | None,
        rows: Sequence[RowChange] = (),
    ) -> None:
        """Note what a batch does now, and what became of rows, at most 250 ms from now.

        After a crash both follow from the runs (`settle`).
        """
        writes: dict[Hashable, Work] = {
            ("batch row", batch_id, row.number): partial(_change_row, batch_id, row) for row in rows
        }

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE batches SET state = ?, pause_reason = ? WHERE group_id = ?",
                (state, reason, batch_id),
            )

        writes["batch", batch_id] = work
        await self._database.call_late(writes)

    async def note_run(self, batch_id: int, number: int, run_id: int) -> None:
        """Note which run a row has now, at most 250 ms from now, and no later than the run's end."""
        change = partial(_change_row, batch_id, RowChange(number, RowState.RUNNING, run_id))
        await self._database.call_late({("batch row", batch_id, number): change})

    async def plan_again(self, batch_id: int, states: Sequence[RowState]) -> dict[RowState, int]:
        """Plan the rows in these states anew; return how many were in each.

        Rows that are broken in their table stay skipped until their cells are changed.
        """
        wanted = (batch_id, json_text(list(states)), f"{TABLE_PROBLEM} %")

        def work(connection: sqlite3.Connection) -> dict[RowState, int]:
            rows = connection.execute(
                "SELECT state, count(*) FROM batch_rows"
                " WHERE group_id = ? AND state IN (SELECT value FROM json_each(?))"
                " AND problem NOT LIKE ? GROUP BY state",
                wanted,
            ).fetchall()
            connection.execute(
                "UPDATE batch_rows SET state = ?, problem = ''"
                " WHERE group_id = ? AND state IN (SELECT value FROM json_each(?))"
                " AND problem NOT LIKE ?",
                (RowState.PLANNED, *wanted),
            )
            return {RowState(state): count for state, count in rows}

        return await self._database.call(work)

    async def unfinished(self, batch_id: int, after: int, limit: int) -> list[BatchRow]:
        """Return the first rows behind the `after`-th that are to be sent."""

        def work(connection: sqlite3.Connection) -> list[BatchRow]:
            found: list[BatchRow] = []
            for state in UNFINISHED:
                rows = connection.execute(
                    f"{_ROW} FROM batch_rows WHERE group_id = ? AND state = ? AND number > ?"
                    " ORDER BY number LIMIT ?",
                    (batch_id, state, after, limit),
                )
                found.extend(map(row_of, rows))
            return sorted(found, key=lambda row: row.number)[:limit]

        return await self._database.read(work)

    async def counts(self, batch_id: int) -> dict[RowState, int]:
        """Return how many rows are in each state."""

        def work(connection: sqlite3.Connection) -> dict[RowState, int]:
            rows = connection.execute(
                "SELECT state, count(*) FROM batch_rows WHERE group_id = ? GROUP BY state",
                (batch_id,),
            )
            return {RowState(state): count for state, count in rows if state in list(RowState)}

        return await self._database.read(work)

    async def cost(self, batch_id: int) -> Cost | None:
        """Return what all runs of a batch cost together, None before the first has a cost."""

        def work(connection: sqlite3.Connection) -> Cost | None:
            units, is_estimate = connection.execute(
                "SELECT sum(cost_units), max(cost_is_estimate) FROM runs WHERE group_id = ?",
                (batch_id,),
            ).fetchone()
            return None if units is None else Cost(int(units), bool(is_estimate))

        return await self._database.read(work)

    async def results(
        self, batch_id: int, place: int, limit: int, state: RowState | None = None
    ) -> list[RowResult]:
        """Return up to `limit` rows with what their runs brought, from the `place`-th on.

        Of all rows, or of those in one state.
        """

        def work(connection: sqlite3.Connection) -> list[RowResult]:
            if state is None:
                rows = connection.execute(
                    f"{_RESULT} AND number > ? ORDER BY number LIMIT ?", (batch_id, place, limit)
                )
            else:
                rows = connection.execute(
                    f"{_RESULT} AND batch_rows.state = ? ORDER BY number LIMIT ? OFFSET ?",
                    (batch_id, state, limit, place),
                )
            return list(map(result_of, rows))

        return await self._database.read(work)

    async def settle(self) -> list[int]:
        """Give rows whose runs ended unseen the state of their runs; pause what was running.

        Tables that were not read to their end are removed. Called at start, when no run is going
        on. Returns the ids of the batches that were running.
        """

        def work(connection: sqlite3.Connection) -> list[int]:
            connection.execute(
                "DELETE FROM run_groups WHERE id IN (SELECT group_id FROM batches WHERE state = ?)",
                (_TAKING_IN,),
            )
            rows = connection.execute(
                "SELECT batch_rows.group_id, number, runs.status FROM batches"
                " JOIN batch_rows USING (group_id) LEFT JOIN runs ON runs.id = batch_rows.run_id"
                " WHERE batch_rows.state = ?",
                (RowState.RUNNING,),
            ).fetchall()
            ended = [(_settled(status), group_id, number) for group_id, number, status in rows]
            connection.executemany(
                "UPDATE batch_rows SET state = ? WHERE group_id = ? AND number = ?", ended
            )
            running = connection.execute(
                "SELECT group_id FROM batches WHERE state = ?", (BatchState.RUNNING,)
            ).fetchall()
            connection.execute(
                "UPDATE batches SET state = ?, pause_reason = ? WHERE state = ?",
                (BatchState.PAUSED, PauseReason.ENDED, BatchState.RUNNING),
            )
            return [int(group_id) for (group_id,) in running]

        return await self._database.call(work)


def _change_row(batch_id: int, row: RowChange, connection: sqlite3.Connection) -> None:
    # The run may be removed for good meanwhile.
    connection.execute(
        "UPDATE batch_rows SET state = ?, problem = ?,"
        " run_id = coalesce((SELECT id FROM runs WHERE id = ?), run_id)"
        " WHERE group_id = ? AND number = ?",
        (row.state, storable(row.problem), row.run_id, batch_id, row.number),
    )


def _settled(status: object) -> RowState:
    if not isinstance(status, str) or status not in list(RunStatus):
        return RowState.PLANNED
    state = state_after(RunStatus(status))
    return RowState.STOPPED if state is RowState.RUNNING else state
