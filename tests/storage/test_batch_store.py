"""Batches and their rows come back as they were kept, and follow their runs."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from novita_desktop.domain.batches import (
    TABLE_PROBLEM,
    Batch,
    BatchRow,
    BatchState,
    PauseReason,
    RowState,
    Source,
    SourceKind,
    TableOrigin,
)
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import Lane
from novita_desktop.domain.runs import GroupKind, RunGroup, RunStatus
from novita_desktop.storage.batch_store import BatchStore, RowChange
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, new_run, run_end, with_database

FORM = PromptForm(message="Describe {{ house }}")
SOURCES = {"variable:house": Source(SourceKind.COLUMN, "house")}
ORIGIN = TableOrigin("Häuser.csv", "/tables/Häuser.csv", 120, 7)


async def added(database: Database, count: int = 4, *, is_complete: bool = True) -> Batch:
    """Keep a batch of `count` planned rows."""
    group = await RunStore(database).add_group(
        RunGroup(GroupKind.BATCH, "Häuser.csv", Lane.BACKGROUND), NOW
    )
    assert group.id is not None
    batch = Batch(group.id, "Häuser.csv", NOW, ORIGIN, ("id", "house"), FORM, SOURCES)
    store = BatchStore(database)
    await store.add(batch)
    await store.add_rows(
        batch.id, [BatchRow(n, (str(n), f"Haus {n} " * 60)) for n in range(1, count + 1)]
    )
    if is_complete:
        await store.complete(batch.id)
    return batch


async def run_of(database: Database, batch: Batch, status: RunStatus | None = None) -> int:
    """Add a run to a batch's group, over if a `status` is given; return its id."""
    runs = RunStore(database)
    run = await runs.add(new_run(RunGroup(GroupKind.BATCH, lane=Lane.BACKGROUND, id=batch.id)))
    if status is not None:
        await runs.finish(run.id, run_end("Ein Haus.", status=status))
    return run.id


async def states(database: Database, batch: Batch) -> list[RowState]:
    return [each.row.state for each in await BatchStore(database).results(batch.id, 0, 99)]


def test_a_batch_and_its_rows_come_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    batch = with_database(path, added)

    async def look(database: Database) -> None:
        store = BatchStore(database)
        assert await store.get(batch.id) == batch
        assert await store.get(99) is None
        assert [each.id for each in await store.recent(5)] == [batch.id]
        assert await store.counts(batch.id) == {RowState.PLANNED: 4}
        found = await store.results(batch.id, 2, 5)
        assert [each.row for each in found] == [
            BatchRow(n, (str(n), f"Haus {n} " * 60)) for n in (3, 4)
        ]

    with_database(path, look)


def test_plan_state_and_cells_are_changed(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        await store.set_plan(batch.id, PromptForm("c/d"), {})
        await store.set_cells(batch.id, 2, ("2", "Hütte"))
        await store.note(batch.id, BatchState.PAUSED, PauseReason.TRIED)
        found = await store.get(batch.id)
        assert found is not None
        assert (found.form, found.sources) == (PromptForm("c/d"), {})
        assert (found.state, found.pause_reason) == (BatchState.PAUSED, PauseReason.TRIED)
        rows = await store.unfinished(batch.id, 0, 9)
        assert [row.cells[1][:5] for row in rows] == ["Haus ", "Hütte", "Haus ", "Haus "]

    with_database(tmp_path / "novita.db", work)


def test_a_row_has_what_its_newest_run_brought(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        assert await store.cost(batch.id) is None
        first = await run_of(database, batch, RunStatus.FAILED)
        second = await run_of(database, batch, RunStatus.SUCCEEDED)
        await store.note(
            batch.id, BatchState.RUNNING, None, [RowChange(2, RowState.RUNNING, first)]
        )
        await store.note(batch.id, BatchState.RUNNING, None, [RowChange(2, RowState.DONE, second)])
        (found,) = await store.results(batch.id, 0, 9, RowState.DONE)
        assert (found.row.number, found.row.run_id, found.answer) == (2, second, "Ein Haus.")
        assert found.cost == Cost(1_000)
        assert await store.cost(batch.id) == Cost(2_000)
        assert await store.of_run(first) == batch.id
        assert await store.of_run(99) is None

    with_database(tmp_path / "novita.db", work)


def test_the_state_of_a_row_leaves_its_run_alone(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        run_id = await run_of(database, batch)
        await store.note(batch.id, BatchState.RUNNING, None, [RowChange(1, RowState.DONE, run_id)])
        skipped = RowChange(1, RowState.SKIPPED, problem="variable:house missing")
        await store.note(batch.id, BatchState.RUNNING, None, [skipped])
        (found,) = await store.results(batch.id, 0, 1)
        assert found.row.run_id == run_id
        assert found.row.problem == "variable:house missing"

    with_database(tmp_path / "novita.db", work)


def test_what_is_left_is_read_on_from_a_row(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database, 6), BatchStore(database)
        changes = [RowChange(2, RowState.STOPPED), RowChange(3, RowState.DONE)]
        await store.note(batch.id, BatchState.PAUSED, None, changes)
        assert [row.number for row in await store.unfinished(batch.id, 0, 3)] == [1, 2, 4]
        assert [row.number for row in await store.unfinished(batch.id, 2, 3)] == [4, 5, 6]

    with_database(tmp_path / "novita.db", work)


def test_planning_again_says_how_many_were_in_which_state(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        changes = [
            RowChange(1, RowState.FAILED),
            RowChange(2, RowState.FAILED),
            RowChange(3, RowState.SKIPPED, problem="message missing"),
            RowChange(4, RowState.DONE),
        ]
        await store.note(batch.id, BatchState.DONE, None, changes)
        moved = await store.plan_again(batch.id, (RowState.FAILED, RowState.SKIPPED))
        assert moved == {RowState.FAILED: 2, RowState.SKIPPED: 1}
        assert await states(database, batch) == ["planned"] * 3 + ["done"]
        assert (await store.results(batch.id, 2, 1))[0].row.problem == ""
        assert await store.plan_again(batch.id, (RowState.FAILED,)) == {}

    with_database(tmp_path / "novita.db", work)


def test_a_row_that_is_broken_in_its_table_is_planned_once_its_cells_are_changed(
    tmp_path: Path,
) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database, 1), BatchStore(database)
        broken = RowChange(1, RowState.SKIPPED, problem=f"{TABLE_PROBLEM} too_few_cells")
        await store.note(batch.id, BatchState.DONE, None, [broken])
        assert await store.plan_again(batch.id, (RowState.SKIPPED,)) == {}
        await store.set_cells(batch.id, 1, ("1", "Hütte"))
        assert await store.plan_again(batch.id, (RowState.SKIPPED,)) == {RowState.SKIPPED: 1}

    with_database(tmp_path / "novita.db", work)


def test_after_a_crash_rows_follow_their_runs_and_the_batch_pauses(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"

    async def cut_off(database: Database) -> Batch:
        batch, store = await added(database), BatchStore(database)
        statuses = (RunStatus.SUCCEEDED, RunStatus.FAILED, None)
        run_ids = [await run_of(database, batch, status) for status in statuses]
        changes = [RowChange(n, RowState.RUNNING, run) for n, run in enumerate(run_ids, start=1)]
        await store.note(batch.id, BatchState.RUNNING, None, changes)
        return batch

    batch = with_database(path, cut_off)

    async def look(database: Database) -> None:
        await RunStore(database).interrupt_unfinished(NOW)
        store = BatchStore(database)
        assert await store.settle() == [batch.id]
        assert await states(database, batch) == ["done", "failed", "stopped", "planned"]
        found = await store.get(batch.id)
        assert found is not None
        assert (found.state, found.pause_reason) == (BatchState.PAUSED, PauseReason.ENDED)
        assert await store.settle() == []

    with_database(path, look)


def test_a_table_that_was_not_read_to_its_end_is_forgotten(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        whole = await added(database)
        part = await added(database, is_complete=False)
        store = BatchStore(database)
        assert [each.id for each in await store.recent(5)] == [whole.id]
        await store.settle()
        assert await store.get(part.id) is None
        assert await store.counts(part.id) == {}
        assert await store.get(whole.id) == whole
        other = await added(database, is_complete=False)
        await store.remove(other.id)
        assert await store.get(other.id) is None

    with_database(tmp_path / "novita.db", work)


async def emptied(database: Database, run_ids: list[int]) -> None:
    runs = RunStore(database)
    await runs.delete(run_ids, NOW)
    await runs.empty_bin(NOW + 1)


def test_a_row_stays_when_its_run_is_removed(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        run_id = await run_of(database, batch, RunStatus.SUCCEEDED)
        done = [RowChange(1, RowState.DONE, run_id)]
        await store.note(batch.id, BatchState.PAUSED, None, done)
        await emptied(database, [run_id])
        (found,) = await store.results(batch.id, 0, 1)
        assert (found.row.state, found.row.run_id, found.answer) == (RowState.DONE, None, "")
        assert await states(database, batch) == ["done"] + ["planned"] * 3

    with_database(tmp_path / "novita.db", work)


def test_a_batch_goes_with_the_last_of_its_runs_when_no_row_is_planned(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database, 1), BatchStore(database)
        run_id = await run_of(database, batch, RunStatus.SUCCEEDED)
        done = [RowChange(1, RowState.DONE, run_id)]
        await store.note(batch.id, BatchState.DONE, None, done)
        await emptied(database, [run_id])
        assert await store.get(batch.id) is None

        def left(connection: sqlite3.Connection) -> int:
            (found,) = connection.execute("SELECT count(*) FROM batch_rows").fetchone()
            return int(found)

        assert await database.read(left) == 0

    with_database(tmp_path / "novita.db", work)


def test_a_run_that_is_removed_before_its_row_is_noted_costs_nothing(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        batch, store = await added(database), BatchStore(database)
        run_id = await run_of(database, batch, RunStatus.SUCCEEDED)
        await emptied(database, [run_id])
        await store.note(batch.id, BatchState.PAUSED, None, [RowChange(1, RowState.DONE, run_id)])
        assert (await states(database, batch))[0] is RowState.DONE

    with_database(tmp_path / "novita.db", work)


def test_what_is_noted_is_kept_by_a_clean_end(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"

    async def noted(database: Database) -> Batch:
        batch, store = await added(database), BatchStore(database)
        both = (
            store.note(batch.id, BatchState.RUNNING, None, [RowChange(1, RowState.FAILED)]),
            store.note(batch.id, BatchState.DONE, None, [RowChange(1, RowState.DONE)]),
        )
        await asyncio.gather(*both)
        return batch

    batch = with_database(path, noted)
    assert with_database(path, lambda database: states(database, batch))[0] is RowState.DONE
