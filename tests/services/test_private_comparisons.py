"""A private comparison leaves nothing on the disk but what it cost, and is one like any other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.comparisons import Column, Comparison, ComparisonPlan, Verdict
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.requests import PresetUse
from novita_desktop.services import private_comparisons, private_runs
from novita_desktop.services.column_reruns import Again
from tests.services.stage import MODEL, OTHER_MODEL, Stage, open_stage

SECRETS = ("zanzibarite", "flugelhorn", "quinquagenarian", "brobdingnagian", "antimacassar")
MESSAGE, VALUE, PRESET, ANSWER, NOTE = SECRETS
FORM = PromptForm(message=f"Tell me of {MESSAGE} {{{{ name }}}}", preset=PresetUse(1, 1, PRESET))
PLAN = ComparisonPlan(
    FORM,
    (Column(1, MODEL), Column(2, OTHER_MODEL)),
    is_blind=True,
    inputs=({"name": VALUE}, {"name": "Ann"}),
    is_private=True,
)


def leaks(folder: Path) -> list[str]:
    """Return where in the folder one of the secret words stands."""
    return [
        f"{word} in {path.name}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in SECRETS
        if word.encode() in path.read_bytes().lower()
    ]


async def to_end(stage: Stage, comparison: Comparison) -> Comparison:
    """Wait until every cell of every round has a run that is over, and return what is kept."""
    comparisons = stage.workspace.comparisons

    async def whole() -> Comparison | None:
        found = await comparisons.get(comparison.id)
        assert found is not None
        is_whole = all(len(each.cells) == len(found.columns) for each in found.rounds)
        return found if is_whole and not found.live_runs() else None

    while (found := await whole()) is None:
        seen = len(stage.watch.seen)
        await stage.watch.until(lambda seen=seen: len(stage.watch.seen) > seen)
    return found


def test_it_is_judged_noted_and_exported_and_leaves_only_its_cost(
    tmp_path: Path, host: DemoHost
) -> None:
    data = tmp_path / "data"

    async def journey() -> None:
        async with open_stage(data, host) as stage:
            host.play_always(f"text={ANSWER} is the answer")
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(PLAN)
            assert started.is_private
            whole = await to_end(stage, started)
            runs = [cell.run_id for each in whole.rounds for cell in each.cells.values()]
            summaries = [(await stage.runs.detail(run_id)).summary for run_id in runs]
            assert {run.group_id for run in summaries} == {started.id}
            assert [await comparisons.of_run(run_id) for run_id in runs] == [started.id] * 4
            assert whole.hides_names(1)
            await comparisons.set_thumb(started.id, 1, 2, -1)
            await comparisons.set_note(started.id, 1, NOTE)
            await comparisons.rename(started.id, "Named")
            judged = await comparisons.judge(started.id, 1, Verdict.BEST, 2)
            first = judged.rounds[0]
            assert first.judgement is not None
            assert first.judgement.was_blind
            assert (first.note, first.cells[2].thumb, judged.title) == (NOTE, -1, "Named")
            await comparisons.export(started.id, tmp_path / "out.md")
            assert ANSWER in (tmp_path / "out.md").read_text("utf-8")
            assert await comparisons.standings() == []
            assert await stage.workspace.history.count() == 0
            exact, estimated = await stage.workspace.spending.today()
            assert exact + estimated == sum(run.cost.units for run in summaries if run.cost) > 0
            assert leaks(data) == []

    asyncio.run(journey())
    assert leaks(data) == []


def test_columns_are_added_run_again_and_taken_back(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            plan = replace(PLAN, inputs=({"name": VALUE},))
            started = await to_end(stage, await comparisons.start(plan))
            grown = (*plan.columns, Column(3, MODEL, "Be brief"))
            await comparisons.set_columns(started.id, grown)
            more = await to_end(stage, await comparisons.run_missing(started.id))
            assert set(more.rounds[0].cells) == {1, 2, 3}
            again = await to_end(stage, await comparisons.run_again(started.id, 1, 1, Again()))
            assert again.rounds[0].cells[1].run_id != more.rounds[0].cells[1].run_id
            assert again.rounds[0].cells[1].run_id < 0
            shown = await comparisons.show_names(started.id)
            assert not shown.hides_names(1)
            ordered = await comparisons.set_columns(started.id, grown[::-1])
            assert ordered.rounds[0].order == (3, 2, 1)
            assert await stage.workspace.history.count() == 0

    asyncio.run(journey())
    assert leaks(tmp_path) == []


def test_private_and_kept_ones_are_apart(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            kept = await comparisons.start(replace(PLAN, is_private=False))
            secret = await comparisons.start(PLAN)
            assert kept.id > 0 > secret.id
            plan = replace(PLAN, columns=(*PLAN.columns, Column(3, MODEL)))
            assert secret.goes_on_with(replace(plan, is_blind=False), 1) is False
            await comparisons.show_names(secret.id)
            shown = await comparisons.get(secret.id)
            assert shown is not None
            assert shown.goes_on_with(plan, 1)
            assert not shown.goes_on_with(replace(plan, is_private=False), 1)
            assert await comparisons.get(-99) is None
            assert await comparisons.of_run(-99) is None
            for one in (kept, secret):
                await comparisons.stop_all(one.id)

    asyncio.run(journey())


def test_the_oldest_are_forgotten(
    tmp_path: Path, host: DemoHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_comparisons, "MOST_REMEMBERED", 2)
    monkeypatch.setattr(private_runs, "MOST_REMEMBERED", 2)

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            found = [await to_end(stage, await comparisons.start(PLAN)) for _ in range(3)]
            assert await comparisons.get(found[0].id) is None
            assert await comparisons.get(found[1].id) == found[1]
            for comparison, is_there in zip(found, (False, True, True), strict=True):
                for each in comparison.rounds:
                    for cell in each.cells.values():
                        assert await _is_there(stage, cell.run_id) is is_there

    asyncio.run(journey())


async def _is_there(stage: Stage, run_id: int) -> bool:
    try:
        await stage.runs.detail(run_id)
    except LookupError:
        return False
    return True


def test_the_plan_that_was_kept_is_forgotten(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            await comparisons.save_plan(replace(PLAN, is_private=False))
            await comparisons.forget_plan()
            assert await comparisons.load_plan() is None

    asyncio.run(journey())


def test_its_checks_and_what_its_inputs_expect_are_kept_in_memory(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            started = await stage.workspace.comparisons.start(PLAN)
            await to_end(stage, started)
            checks = stage.workspace.checks
            await checks.set_checks(started.id, ("at least 1 word",))
            wanted = tuple({**each, "expected answer": VALUE} for each in PLAN.inputs)
            taken = await checks.take_values(started.id, wanted)
            assert taken is not None
            found = await stage.workspace.comparisons.get(started.id)
            assert found is not None
            assert found.checks == ("at least 1 word",)
            assert [each.values for each in found.rounds] == list(wanted)
            assert await checks.tallies() == {}
        assert leaks(tmp_path) == []

    asyncio.run(journey())
