"""A batch at work: paused, stopped, begun anew and retried at any moment, on a disk that fills up.

Whatever happens, the host sees no row more often than there are runs of it, and what is counted is
what the data file says.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.domain.batches import (
    Batch,
    BatchState,
    PauseReason,
    RowState,
    Source,
    SourceKind,
    TableOrigin,
)
from novita_desktop.domain.errors import DiskFull
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.tables import TableRow
from novita_desktop.services.batch_feed import MOST_FED
from novita_desktop.services.batch_tables import TakenTable
from novita_desktop.services.events import BatchChanged, RunAdded, RunEnded, TroubleReported
from novita_desktop.storage.database import Database
from tests.services.batch_stage import COLUMNS, made, over, reviews, states
from tests.services.stage import MODEL, Stage, eventually, open_stage

LONG = random.Random(7).randbytes(40_000).hex()
"""More than the file's free pages hold, and nothing that could be compressed away."""

UNKNOWN = "nobody/no-such-model"
MODEL_COLUMN = Source(SourceKind.COLUMN, "id")
ANY_MODEL = PromptForm(message="Sum up: {{ review }}")


@pytest.fixture
def gated_host() -> Iterator[DemoHost]:
    """A host that holds every answer until its gate is released."""
    with DemoThread(speed=0) as running:
        running.play_always("gate; gate_after=0; tokens=3")
        yield running


def database_of(stage: Stage) -> Database:
    return stage.workspace.batches._parts.store._database


async def limit_pages(stage: Stage, *, is_full: bool) -> None:
    """Make the disk full for real, or give it room: SQLite's page limit fails as a disk does."""

    def work(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}")

    await database_of(stage).read(work)


async def stored_counts(stage: Stage, batch: Batch) -> Counter[RowState]:
    return Counter(await stage.workspace.batches._parts.store.counts(batch.id))


async def counts(stage: Stage, batch: Batch) -> Counter[RowState]:
    return +Counter((await stage.workspace.batches.progress(batch.id)).counts)


async def reason(stage: Stage, batch: Batch) -> PauseReason | None:
    return (await stage.workspace.batches.progress(batch.id)).pause_reason


def sent(host: DemoHost) -> Counter[str]:
    """Return how often the host was asked for each row, by its message."""
    return Counter(json.loads(chat.body)["messages"][-1]["content"] for chat in host.chats)


async def runs_begun(stage: Stage, count: int = 1) -> None:
    await stage.watch.until(lambda: len(stage.watch.all(RunAdded)) >= count)


def test_a_pause_right_after_the_start_sends_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(100))
            await asyncio.gather(batches.start(batch.id), batches.pause(batch.id))
            assert await over(stage, batch) is BatchState.PAUSED
            assert await reason(stage, batch) is PauseReason.ASKED
            assert await stored_counts(stage, batch) == {RowState.PLANNED: 100}
            assert host.chats == []

    asyncio.run(journey())


def test_a_pause_while_rows_are_handed_over_sends_none_of_the_rest(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(400))
            await batches.start(batch.id)
            await runs_begun(stage)
            await batches.pause(batch.id)
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.PAUSED
            # The first is sent alone, and the rest of its handful only if nobody paused.
            assert len(stage.watch.all(RunAdded)) == 1
            assert await stored_counts(stage, batch) == {RowState.DONE: 1, RowState.PLANNED: 399}

    asyncio.run(journey())


def test_a_batch_goes_on_while_rows_of_before_the_pause_still_run(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(MOST_FED + 50))
            await batches.start(batch.id)
            await runs_begun(stage, MOST_FED)
            await batches.pause(batch.id)
            await batches.start(batch.id)
            assert (await batches.get(batch.id)).state is BatchState.RUNNING
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.DONE
            assert await stored_counts(stage, batch) == {RowState.DONE: MOST_FED + 50}
            assert set(sent(gated_host).values()) == {1}

    asyncio.run(journey())


def test_stop_ends_also_what_is_handed_over_meanwhile(tmp_path: Path, gated_host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(300))
            await batches.start(batch.id)
            await runs_begun(stage, 2)
            async with asyncio.timeout(5):
                await batches.stop(batch.id)
            found = await stored_counts(stage, batch)
            assert found == await counts(stage, batch)
            assert set(found) == {RowState.STOPPED, RowState.PLANNED}
            assert stage.runs.live_count == 0

    asyncio.run(journey())


def test_a_run_that_a_person_stops_is_not_sent_again_before_the_batch_is(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(3))
            await batches.start(batch.id)
            await runs_begun(stage, 3)
            await stage.runs.stop(stage.watch.all(RunAdded)[1].summary.id)
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.PAUSED
            assert await states(stage, batch) == ["done", "stopped", "done"]
            assert len(stage.watch.all(RunAdded)) == 3
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert await states(stage, batch) == ["done"] * 3

    asyncio.run(journey())


def test_what_failed_is_retried_while_the_rest_goes_on(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            rows = [(UNKNOWN, "first"), *((MODEL, f"review {n}") for n in range(200))]
            batch = await made(stage, rows, ANY_MODEL, model=MODEL_COLUMN)
            await batches.start(batch.id)
            await stage.watch.until(lambda: stage.watch.all(RunEnded))
            assert not await batches.change_row(batch.id, 1, (MODEL, "first"))
            sources = {name: each for name, each in batch.sources.items() if name != "model"}
            await batches.set_plan(batch.id, replace(ANY_MODEL, model=MODEL), sources)
            await eventually(lambda: 1 not in batches._feeds[batch.id]._unsaved)
            await batches.retry_failed(batch.id)
            assert (await counts(stage, batch))[RowState.FAILED] == 0
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.DONE
            assert await stored_counts(stage, batch) == {RowState.DONE: 201}
            assert await counts(stage, batch) == {RowState.DONE: 201}
            assert set((sent(gated_host) - Counter(["Sum up: first"])).values()) == {1}

    asyncio.run(journey())


def test_the_last_of_a_few_that_are_tried_end_the_batch(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batch = await made(stage, reviews(3))
            await stage.workspace.batches.start(batch.id, most=3)
            await over(stage, batch)
            assert (await stage.workspace.batches.get(batch.id)).state is BatchState.DONE

    asyncio.run(journey())


def test_a_plan_that_changes_meanwhile_counts_for_what_is_not_sent(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(MOST_FED + 2))
            await batches.start(batch.id)
            await runs_begun(stage, MOST_FED)
            form = PromptForm(MODEL, message="Translate: {{ review }}")
            await batches.set_plan(batch.id, form, batch.sources)
            gated_host.release("gate")
            await over(stage, batch)
            seen = sent(gated_host)
            for number in (MOST_FED + 1, MOST_FED + 2):
                assert seen[f"Translate: review number {number}"] == 1
            assert sum(message.startswith("Sum up") for message in seen) == MOST_FED

    asyncio.run(journey())


async def not_stored(stage: Stage) -> None:
    """Wait until a batch pauses because nothing can be stored."""

    def is_told() -> bool:
        return stage.watch.all(BatchChanged)[-1].progress.pause_reason is PauseReason.NOT_STORED

    await stage.watch.until(is_told)


def test_a_full_disk_pauses_and_costs_no_row_a_second_run(
    tmp_path: Path, gated_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, [(str(n), f"review {n} " * 200) for n in range(400)])
            await batches.start(batch.id)
            await runs_begun(stage, MOST_FED)
            await limit_pages(stage, is_full=True)
            gated_host.release("gate")
            await not_stored(stage)
            troubles = [event.error for event in stage.watch.all(TroubleReported)]
            assert {type(error) for error in troubles} == {DiskFull}
            feed = batches._feeds[batch.id]
            await eventually(lambda: not feed._submitting and not feed._running)
            async with asyncio.timeout(5):
                await batches.stop(batch.id)
            await limit_pages(stage, is_full=False)
            await eventually(lambda: batch.id not in batches._feeds)
            await eventually(lambda: not stage.runs._parts.recorder.unsaved_count)
            assert await stored_counts(stage, batch) == await counts(stage, batch)
            assert (await stored_counts(stage, batch))[RowState.RUNNING] == 0
            assert (await batches.get(batch.id)).state is BatchState.PAUSED
            done_before = (await stored_counts(stage, batch))[RowState.DONE]
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert await stored_counts(stage, batch) == {RowState.DONE: 400}
            assert done_before > 0
            assert set(sent(gated_host).values()) == {1}

    asyncio.run(journey())


def test_a_batch_that_begins_on_a_full_disk_pauses(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, [(str(n), f"{n} {LONG}") for n in range(5)])
            await limit_pages(stage, is_full=True)
            await batches.start(batch.id)
            await not_stored(stage)
            async with asyncio.timeout(5):
                await batches.stop(batch.id)
            assert host.chats == []
            await limit_pages(stage, is_full=False)
            await eventually(lambda: batch.id not in batches._feeds)
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert set(sent(host).values()) == {1}

    asyncio.run(journey())


def test_without_a_key_nothing_is_sent(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host, key=None) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(50))
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.PAUSED
            assert await reason(stage, batch) is PauseReason.NOT_CONNECTED
            assert await stored_counts(stage, batch) == {RowState.PLANNED: 50}

    asyncio.run(journey())


def test_a_key_that_goes_in_the_middle_pauses(tmp_path: Path, gated_host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(400))
            await batches.start(batch.id)
            await runs_begun(stage, 10)
            await stage.workspace.account.forget()
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.PAUSED
            # What was on its way is refused by the host, what comes later is not even recorded.
            gone = {PauseReason.NOT_CONNECTED, PauseReason.REFUSED}
            assert await reason(stage, batch) in gone
            found = await stored_counts(stage, batch)
            assert found == await counts(stage, batch)
            assert found[RowState.RUNNING] == 0
            assert found[RowState.PLANNED] > 0

    asyncio.run(journey())


def test_an_account_without_credit_does_not_fail_every_row(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("no-balance")
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(1_000))
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.PAUSED
            assert await reason(stage, batch) is PauseReason.REFUSED
            found = await stored_counts(stage, batch)
            assert 0 < found[RowState.FAILED] <= 2 * MOST_FED
            host.play_always("plain; tokens=3")
            await batches.retry_failed(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert await stored_counts(stage, batch) == {RowState.DONE: 1_000}

    asyncio.run(journey())


def test_the_end_of_the_program_sends_nothing_further(tmp_path: Path, gated_host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, gated_host) as stage:
            batch = await made(stage, reviews(500))
            await stage.workspace.batches.start(batch.id)
            await runs_begun(stage)
        added = len(stage.watch.all(RunAdded))
        async with open_stage(tmp_path, gated_host) as stage:
            # Those that were being recorded as the program ended are there, and no more.
            assert added <= await stage.workspace.history.count() <= MOST_FED
            found = await stored_counts(stage, batch)
            assert found[RowState.RUNNING] == 0
            assert found.total() == 500
            assert await reason(stage, batch) is PauseReason.ENDED
            await stage.workspace.batches.start(batch.id)
            gated_host.release("gate")
            assert await over(stage, batch) is BatchState.DONE

    asyncio.run(journey())


def test_a_run_that_is_retried_from_the_history_leaves_its_row_alone(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(40))
            await batches.start(batch.id, most=2)
            await over(stage, batch)
            (first, *_) = await batches.results(batch.id, 0, 1)
            assert first.row.run_id is not None
            await batches.start(batch.id)
            again = await stage.runs.retry(first.row.run_id)
            await stage.watch.ended(again.id)
            assert await over(stage, batch) is BatchState.DONE
            assert (await batches.results(batch.id, 0, 1)) == [first]
            assert await stored_counts(stage, batch) == {RowState.DONE: 40}

    asyncio.run(journey())


def test_runs_that_are_removed_while_the_batch_goes_on_change_no_count(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(200))
            await batches.start(batch.id, most=3)
            await over(stage, batch)
            store = stage.workspace.history._store
            run_ids = [run.id for run in await stage.workspace.history.page()]
            await store.delete(run_ids, 1)
            await store.empty_bin(2)
            assert await stored_counts(stage, batch) == {RowState.DONE: 3, RowState.PLANNED: 197}
            await batches.start(batch.id)
            await stage.watch.until(lambda: len(stage.watch.all(RunEnded)) > 20)
            ended = [event.summary.id for event in stage.watch.all(RunEnded)][3:15]
            await store.delete(ended, 1)
            await store.empty_bin(2)
            assert await over(stage, batch) is BatchState.DONE
            assert await stored_counts(stage, batch) == {RowState.DONE: 200}

    asyncio.run(journey())


def test_a_table_that_breaks_off_leaves_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def broken() -> AsyncIterator[Sequence[TableRow]]:
        yield [TableRow(1, ("1", "a"))]
        raise OSError("the file went")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            with pytest.raises(OSError, match="the file went"):
                await batches.create(TakenTable(TableOrigin("t.csv"), COLUMNS, broken()))
            assert await batches.recent(1) == []

            def left(connection: sqlite3.Connection) -> tuple[int, int]:
                return connection.execute(
                    "SELECT (SELECT count(*) FROM batch_rows), (SELECT count(*) FROM run_groups)"
                ).fetchone()

            assert await database_of(stage).read(left) == (0, 0)

    asyncio.run(journey())


class Step(Enum):
    """What a person may do to a batch."""

    START = auto()
    TRY = auto()
    PAUSE = auto()
    STOP = auto()
    RETRY = auto()
    WAIT = auto()


STEPS = st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 30)), max_size=14)


async def take(stage: Stage, batch: Batch, step: Step, value: int) -> None:
    """Do one thing to a batch; `value` is its rows, or milliseconds."""
    batches = stage.workspace.batches
    match step:
        case Step.START:
            await batches.start(batch.id)
        case Step.TRY:
            await batches.start(batch.id, most=value)
        case Step.PAUSE:
            await batches.pause(batch.id)
        case Step.STOP:
            await batches.stop(batch.id)
        case Step.RETRY:
            await batches.retry_failed(batch.id)
        case Step.WAIT:
            await asyncio.sleep(value / 1_000)


@settings(max_examples=6)
@given(STEPS, st.integers(0, 30), st.booleans())
def test_every_row_ends_once_whatever_is_pressed(
    steps: list[tuple[Step, int]], latency: int, together: bool
) -> None:
    """Of 150 rows every tenth fails for good, two are skipped, and all others succeed once."""
    rows = [
        (UNKNOWN if n % 10 == 0 else MODEL, "" if n in {33, 77} else f"review {n}")
        for n in range(1, 151)
    ]

    async def journey(folder: Path, host: DemoHost) -> None:
        async with open_stage(folder, host) as stage:
            batch = await made(stage, rows, ANY_MODEL, model=MODEL_COLUMN)
            work = [take(stage, batch, *step) for step in steps]
            if together:
                await asyncio.gather(*work)
            else:
                for each in work:
                    await each
            await stage.workspace.batches.stop(batch.id)
            assert await counts(stage, batch) == await stored_counts(stage, batch)
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            found = await stored_counts(stage, batch)
            assert found == await counts(stage, batch)
            expected = {RowState.DONE: 133, RowState.FAILED: 15, RowState.SKIPPED: 2}
            assert found == expected
            await once_each(stage, host, batch)

    with TemporaryDirectory() as folder, DemoThread(speed=0) as host:
        host.play_always(f"plain; latency_ms={latency}; tokens=3")
        asyncio.run(journey(Path(folder), host))


async def once_each(stage: Stage, host: DemoHost, batch: Batch) -> None:
    """Every row that is done has one run that succeeded; the host saw no more than there are."""

    def work(connection: sqlite3.Connection) -> tuple[int, int]:
        succeeded = "SELECT count(*) FROM runs WHERE group_id = ? AND status = 'succeeded'"
        (runs,) = connection.execute(succeeded, (batch.id,)).fetchone()
        (rows,) = connection.execute(
            "SELECT count(DISTINCT run_id) FROM batch_rows JOIN runs ON runs.id = run_id"
            " WHERE batch_rows.group_id = ? AND state = 'done' AND status = 'succeeded'",
            (batch.id,),
        ).fetchone()
        return int(runs), int(rows)

    assert await database_of(stage).read(work) == (133, 133)
    assert len(host.chats) <= await stage.workspace.history.count()
