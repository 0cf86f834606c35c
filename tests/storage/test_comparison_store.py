"""Comparisons, rounds, cells and verdicts come back as they were kept."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from novita_desktop.domain.comparisons import Cell, Column, Comparison, Judgement, Round, Verdict
from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.history_search import CostBound, HistoryQuery, parsed
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.runs import GroupKind, RunEnd, RunGroup, RunStatus
from novita_desktop.storage.comparison_store import ComparisonStore
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import MODEL, NOW, new_run, with_database

FORM = PromptForm(message="Grüße {{ a }}", values={"a": "x"}, preset=PresetUse(3, 2, "P"))
COLUMNS = (Column(1, "a/b"), Column(2, "a/b", "Kurz", {"seed": "7", "top_p": None}))


async def added(database: Database) -> tuple[ComparisonStore, Comparison]:
    """Keep a comparison of two runs."""
    runs, store = RunStore(database), ComparisonStore(database)
    first = await runs.add(new_run(RunGroup(GroupKind.COMPARISON, "Grüße")))
    group = RunGroup(GroupKind.COMPARISON, id=first.group_id)
    second = await runs.add(new_run(group))
    cells = {1: Cell(first.id), 2: Cell(second.id)}
    comparison = Comparison(
        first.group_id,
        "Grüße",
        NOW,
        FORM,
        COLUMNS,
        is_blind=True,
        rounds=(Round(1, (2, 1), {"a": "y"}, cells),),
    )
    await store.add(comparison)
    return store, comparison


def test_a_comparison_comes_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    _, kept = with_database(path, added)

    async def look(database: Database) -> None:
        store = ComparisonStore(database)
        assert await store.get(kept.id) == kept
        assert await store.newest(5) == [kept]
        assert await store.get(99) is None
        assert await store.of_run(2) == kept.id
        assert await store.of_run(99) is None

    with_database(path, look)


def test_a_run_whose_place_a_retry_took_is_found_too(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        group = RunGroup(GroupKind.COMPARISON, id=kept.id)
        earlier = await RunStore(database).add(new_run(group))
        assert await store.of_run(earlier.id) == kept.id

    with_database(tmp_path / "novita.db", work)


def test_verdicts_thumbs_notes_and_names_are_kept(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        judgement = Judgement(Verdict.BEST, 2, NOW, was_blind=True)
        await store.judge(kept.id, 1, judgement)
        await store.set_thumb(kept.id, 1, 2, -1)
        await store.set_note(kept.id, 1, "kürzer")
        await store.set_blind(kept.id, is_blind=False)
        await store.rename(kept.id, "Titel")
        await store.set_order(kept.id, 1, (1, 2))
        found = await store.get(kept.id)
        assert found is not None
        assert (found.title, found.is_blind) == ("Titel", False)
        assert found.rounds == (
            Round(1, (1, 2), {"a": "y"}, {1: Cell(1), 2: Cell(2, -1)}, judgement, "kürzer"),
        )
        await store.judge(kept.id, 1, None)
        again = await store.get(kept.id)
        assert again is not None
        assert again.rounds[0].judgement is None

    with_database(tmp_path / "novita.db", work)


def test_columns_and_rounds_are_added_and_a_new_run_takes_the_cell(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        run = await RunStore(database).add(new_run(RunGroup(GroupKind.COMPARISON, id=kept.id)))
        await store.set_thumb(kept.id, 1, 1, 1)
        await store.set_columns(kept.id, (*COLUMNS, Column(3, "c/d")))
        await store.set_cell(kept.id, 1, 1, run.id)
        await store.add_round(kept.id, Round(2, (1, 2, 3)))
        found = await store.get(kept.id)
        assert found is not None
        assert found.columns[2] == Column(3, "c/d")
        assert found.rounds[0].cells[1] == Cell(run.id)
        assert [each.number for each in found.rounds] == [1, 2]

    with_database(tmp_path / "novita.db", work)


def test_a_run_that_is_removed_leaves_its_cell_empty(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        await RunStore(database).interrupt_unfinished(NOW)
        await RunStore(database).delete([1], NOW)
        await RunStore(database).empty_bin(NOW + 1)
        found = await store.get(kept.id)
        assert found is not None
        assert found.rounds[0].cells == {2: Cell(2, is_over=True)}

    with_database(tmp_path / "novita.db", work)


def test_damage_is_told(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)

        def spoil(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE comparison_rounds SET verdict = 'perhaps'")

        await database.call(spoil)
        with pytest.raises(DatabaseDamaged):
            await store.get(kept.id)

    with_database(tmp_path / "novita.db", work)


def test_runs_of_a_blind_round_are_hidden_until_the_verdict(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        runs, named = RunStore(database), parsed(f"model:{MODEL.split('/')[-1]}", date(2026, 1, 1))
        alone = await runs.add(new_run())

        async def hidden() -> tuple[bool, ...]:
            page = await runs.listed_at(0, 10)
            summaries = await runs.page()
            assert [await runs.is_hidden(run.id) for run in summaries] == [
                run.is_hidden for run in summaries
            ]
            return (*(run.is_hidden for run in summaries), *(row.is_hidden for row in page.rows))

        assert alone.id == 3
        assert await hidden() == (False, True, True, False, True)
        for run_id in (1, 2, 3):
            await runs.finish(run_id, RunEnd(RunStatus.SUCCEEDED, NOW, 1, "Hi", cost=Cost(5)))
        while await runs.index_waiting(10):
            pass
        costly = HistoryQuery(costs=(CostBound(">", 1),))
        for query in (named, costly):
            assert [run.id for run in await runs.search(query)] == [alone.id]
        await store.judge(kept.id, 1, Judgement(Verdict.TIE, None, NOW, was_blind=True))
        assert await hidden() == (False,) * 5
        for query in (named, costly):
            assert [run.id for run in await runs.search(query)] == [3, 2, 1]

    with_database(tmp_path / "novita.db", work)


def test_checks_are_kept_beside_the_form_and_change(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        assert await store.with_checks() == []
        await store.set_checks(kept.id, ["valid JSON", 'contains “"checks"”'])
        found = await store.get(kept.id)
        checked = replace(kept, checks=("valid JSON", 'contains “"checks"”'))
        assert found == checked
        assert await store.with_checks() == await store.with_checks(3) == [checked]
        assert await store.with_checks(4) == []
        await RunStore(database).interrupt_unfinished(NOW)
        await RunStore(database).delete([1], NOW)
        (found,) = await store.with_checks()
        assert set(found.rounds[0].cells) == {2}
        await store.set_checks(kept.id, [])
        assert await store.with_checks() == []
        await store.set_checks(99, ["valid JSON"])

    with_database(tmp_path / "novita.db", work)


def test_a_comparison_is_added_with_its_checks(tmp_path: Path) -> None:
    async def work(database: Database) -> None:
        store, kept = await added(database)
        run = await RunStore(database).add(new_run(RunGroup(GroupKind.COMPARISON, "Second")))
        second = replace(kept, id=run.group_id, title="Second", rounds=(), checks=("valid JSON",))
        await store.add(second)
        assert await store.get(second.id) == second

    with_database(tmp_path / "novita.db", work)
