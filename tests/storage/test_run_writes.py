"""Many runs with one statement for each table: each is written as if it were alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import StorageError
from novita_desktop.domain.requests import Lane, PresetUse
from novita_desktop.domain.runs import Attempt, GroupKind, RunEnd, RunGroup, RunStatus
from novita_desktop.storage import run_writes, search_index
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from novita_desktop.storage.run_writes import Ending
from tests.storage.samples import NOW, PRICES, new_run, run_end, with_database, with_runs
from tests.storage.test_run_search import found

BATCH = RunGroup(GroupKind.BATCH, lane=Lane.BACKGROUND)


def ends(count: int) -> list[RunEnd]:
    return [run_end(f"Answer number{number}", cost=Cost(number)) for number in range(count)]


def test_every_run_of_a_bundle_gets_its_own_number_request_and_group(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = RunStore(database)
        shared = await store.add_group(BATCH, NOW)
        runs = [
            new_run(
                shared if number % 3 else RunGroup(GroupKind.PROMPT, f"title {number}"),
                f"Message {number}",
                request_body=f'{{"number":{number}}}',
                base_url=f"http://127.0.0.1:{number % 2}",
                prices=PRICES if number % 2 else None,
                variables={"name": str(number)},
            )
            for number in range(20)
        ]
        added = await database.call(lambda connection: run_writes.add_all(connection, runs))
        assert [run.id for run in added] == list(range(1, 21))
        assert all(run.group_id == shared.id for run in added if (run.id - 1) % 3)
        assert len({run.group_id for run in added}) == 8
        for number, run in enumerate(added):
            assert await store.summary(run.id) == run
            detail = await store.detail(run.id)
            assert detail is not None
            assert detail.request_body == f'{{"number":{number}}}'
            assert detail.prices == (PRICES if number % 2 else None)
            assert detail.variables == {"name": str(number)}

    with_database(tmp_path / "novita.db", work)


def test_every_end_of_a_bundle_is_stored_indexed_and_booked(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store = RunStore(database)
        runs = [new_run(request_body=f'{{"messages":[{{"content":"ask{n}"}}]}}') for n in range(9)]
        added = await database.call(lambda connection: run_writes.add_all(connection, runs))
        endings = [
            Ending(run.id, end, Attempt(1 + run.id % 2, NOW, 5))
            for run, end in zip(added, ends(9), strict=True)
        ]
        ended = await database.call(lambda connection: run_writes.finish_all(connection, endings))
        for number, run in enumerate(ended):
            assert await store.summary(run.id) == run
            assert await store.text_of(run.id) == (f"Answer number{number}", "")
            assert await found(store, f"number{number}") == [run.id]
            assert await found(store, f"ask{number}") == [run.id]
            detail = await store.detail(run.id)
            assert detail is not None
            assert detail.attempts == (Attempt(1 + run.id % 2, NOW, 5),)
        assert await store.spent_between(0, 2**60) == (sum(range(9)), 0)
        taken = await database.call(
            lambda connection: [search_index.take_out(connection, run.id) for run in added]
        )
        assert all(taken)
        assert await found(store, "answer") == []

    with_database(tmp_path / "novita.db", work)


def test_runs_of_a_batch_are_written_together_and_a_bad_one_fails_alone(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(BATCH, NOW)
        nowhere = RunGroup(GroupKind.BATCH, lane=Lane.BACKGROUND, id=99)
        given = [new_run(group), new_run(nowhere), new_run(group)]
        added = await asyncio.gather(*map(runs.add, given), return_exceptions=True)
        assert isinstance(added[1], StorageError)
        first, second = (run for run in added if not isinstance(run, BaseException))
        results = await asyncio.gather(
            runs.finish(first.id, run_end()),
            runs.finish(77, run_end()),
            runs.finish(second.id, run_end()),
            return_exceptions=True,
        )
        assert isinstance(results[1], LookupError)
        statuses = [run.status for run in await runs.page()]
        assert statuses == [RunStatus.SUCCEEDED] * 2

    with_runs(tmp_path / "novita.db", work)


def test_an_end_that_comes_twice_in_a_bundle_is_the_later_one(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(BATCH, NOW)
        run = await runs.add(new_run(group))
        await asyncio.gather(
            runs.finish(run.id, run_end("early words", cost=Cost(5))),
            runs.finish(run.id, run_end("later words", cost=Cost(7))),
        )
        assert await runs.text_of(run.id) == ("later words", "")
        assert await found(runs, "early") == []
        assert await found(runs, "later") == [run.id]
        assert await runs.spent_between(0, 2**60) == (7, 0)

    with_runs(tmp_path / "novita.db", work)


def test_what_changed_while_a_run_went_on_is_in_its_end(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(BATCH, NOW)
        noted, tried = [await runs.add(new_run(group)) for _ in range(2)]
        await runs.set_note(noted.id, "remarkable")
        await runs.set_star([noted.id], is_starred=True)
        await runs.add_attempt(tried.id, Attempt(1, NOW, 10, status=429))
        ended = await asyncio.gather(
            runs.finish(noted.id, run_end()), runs.finish(tried.id, run_end(), Attempt(2, NOW, 9))
        )
        assert (ended[0].note, ended[0].is_starred) == ("remarkable", True)
        assert ended[1].attempt_count == 2
        assert list(ended) == [await runs.summary(run.id) for run in (noted, tried)]
        assert await found(runs, "remarkable") == [noted.id]

    with_runs(tmp_path / "novita.db", work)


def test_a_note_written_while_an_end_waits_is_found(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        group = await runs.add_group(BATCH, NOW)
        run = await runs.add(new_run(group))
        ending = asyncio.ensure_future(runs.finish(run.id, run_end()))
        await asyncio.sleep(0)
        await runs.set_note(run.id, "remarkable")
        await ending
        assert await found(runs, "remarkable") == [run.id]

    with_runs(tmp_path / "novita.db", work)


def test_uses_of_a_preset_are_counted_once_a_run(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        used = PresetUse(1, 1, "One")
        await database.call(
            lambda connection: (
                connection.execute(
                    "INSERT INTO presets (id, name, folder, position, version) VALUES (1,'One','',0,1)"
                ).rowcount
            )
        )
        store = RunStore(database)
        await asyncio.gather(*(store.add(new_run(BATCH, preset=used)) for _ in range(5)))
        (count,) = await database.read(
            lambda connection: connection.execute("SELECT use_count FROM presets").fetchone()
        )
        assert count == 5

    with_database(tmp_path / "novita.db", work)


@pytest.mark.parametrize("lane", Lane)
def test_a_run_in_either_lane_survives_once_it_is_told(tmp_path: Path, lane: Lane) -> None:
    path = tmp_path / "novita.db"

    async def leave(database: Database) -> int:
        run = await RunStore(database).add(new_run(RunGroup(GroupKind.BATCH, lane=lane)))
        return await RunStore(await Database.open(path)).count() * run.id

    assert with_database(path, leave) == 1
