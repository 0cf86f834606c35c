"""The values of past runs' variables, of one preset or of all, without what must not be told."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.domain.comparisons import Cell, Column, Comparison, Judgement, Round, Verdict
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.domain.runs import GroupKind, RunEnd, RunGroup, RunStatus
from novita_desktop.storage.comparison_store import ComparisonStore
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, new_run, with_database

PRESET = PresetUse(3, 1, "Greet")


async def run_with(store: RunStore, name: str, **facts: object) -> int:
    group = RunGroup(GroupKind.PROMPT)
    values = {"name": name} if name else {}
    return (await store.add(new_run(group, variables=values, **facts))).id


def test_they_are_newest_first_and_of_the_preset(tmp_path: Path) -> None:
    async def journey(database: Database) -> None:
        store = RunStore(database)
        first = await run_with(store, "Ann", preset=PRESET)
        await run_with(store, "")
        other = await run_with(store, "Ben")
        gone = await run_with(store, "Cem", preset=PRESET)
        await store.finish(gone, RunEnd(RunStatus.STOPPED, NOW, 5, ""))
        assert await store.delete([gone], NOW) == [gone]
        last = await run_with(store, "Dan", preset=PRESET)
        found = await store.filled_values(PRESET.id, 10)
        assert [(each.run_id, each.values) for each in found] == [
            (last, {"name": "Dan"}),
            (first, {"name": "Ann"}),
        ]
        everywhere = await store.filled_values(None, 2)
        assert [each.run_id for each in everywhere] == [last, other]

    with_database(tmp_path / "novita.db", journey)


def test_a_blind_round_shows_nothing_before_its_verdict(tmp_path: Path) -> None:
    async def journey(database: Database) -> None:
        runs, store = RunStore(database), ComparisonStore(database)
        run = await runs.add(new_run(RunGroup(GroupKind.COMPARISON), variables={"name": "Ann"}))
        rounds = (Round(1, (1,), {"name": "Ann"}, {1: Cell(run.id)}),)
        columns = (Column(1, "a"),)
        await store.add(
            Comparison(run.group_id, "", NOW, PromptForm(), columns, is_blind=True, rounds=rounds)
        )
        assert await runs.filled_values(None, 10) == []
        await store.judge(run.group_id, 1, Judgement(Verdict.TIE, judged_at=NOW))
        assert [each.run_id for each in await runs.filled_values(None, 10)] == [run.id]

    with_database(tmp_path / "novita.db", journey)
