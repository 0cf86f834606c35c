"""Comparisons through the workspace: started, stopped, run again, judged, kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.comparisons import (
    Column,
    Comparison,
    ComparisonPlan,
    Verdict,
)
from novita_desktop.domain.errors import DailyLimitReached, InputError, NotConnected
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.services.column_reruns import Again, AgainKind
from tests.services.stage import MODEL, OTHER_MODEL, Stage, open_stage

UNKNOWN = "nobody/no-such-model"
COLUMNS = (Column(1, MODEL), Column(2, OTHER_MODEL), Column(3, MODEL, "Be brief", {"seed": "7"}))
PLAN = ComparisonPlan(PromptForm(message="Hello {{ name }}", values={"name": "Ann"}), COLUMNS)


async def ends(stage: Stage, comparison: Comparison) -> dict[int, RunSummary]:
    """Wait until every cell is over; return how each column ended."""
    cells = comparison.rounds[0].cells
    return {key: await stage.watch.ended(cell.run_id) for key, cell in cells.items()}


def test_every_column_runs_as_one_group_and_is_kept(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            started = await stage.workspace.comparisons.start(PLAN)
            ended = await ends(stage, started)
            assert [ended[key].model for key in (1, 2, 3)] == [MODEL, OTHER_MODEL, MODEL]
            assert {run.group_id for run in ended.values()} == {started.id}
            assert {run.status for run in ended.values()} == {RunStatus.SUCCEEDED}
            detail = await stage.runs.detail(ended[3].id)
            assert '"content":"Be brief"' in detail.request_body
            assert '"seed":7' in detail.request_body
            assert '"content":"Hello Ann"' in detail.request_body
            assert "seed" not in (await stage.runs.detail(ended[1].id)).request_body
        async with open_stage(tmp_path, host) as stage:
            kept = await stage.workspace.comparisons.get(started.id)
            assert kept is not None
            assert replace(kept, rounds=()) == replace(started, rounds=())
            assert kept.live_runs() == []
            runs = {key: cell.run_id for key, cell in kept.rounds[0].cells.items()}
            assert runs == {key: run.id for key, run in ended.items()}
            assert await stage.workspace.comparisons.of_run(ended[2].id) == started.id

    asyncio.run(journey())


def test_a_wrong_input_in_any_column_sends_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            columns = (Column(1, MODEL), Column(2, MODEL, inputs={"temperature": "warm"}))
            with pytest.raises(InputError):
                await stage.workspace.comparisons.start(replace(PLAN, columns=columns))
            assert await stage.workspace.history.count() == 0

    asyncio.run(journey())


def test_a_failed_column_leaves_the_others_alone_and_runs_again(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            columns = (Column(1, MODEL), Column(2, UNKNOWN))
            started = await comparisons.start(replace(PLAN, columns=columns))
            ended = await ends(stage, started)
            assert [ended[key].status for key in (1, 2)] == ["succeeded", "failed"]
            again = await comparisons.run_again(started.id, 1, 2, Again())
            cells = again.rounds[0].cells
            assert cells[1].run_id == started.rounds[0].cells[1].run_id
            new = await stage.watch.ended(cells[2].run_id)
            assert (new.retry_of, new.group_id) == (ended[2].id, started.id)

    asyncio.run(journey())


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (Again(AgainKind.RAISE), '"max_tokens":8192'),
        (Again(AgainKind.WITHOUT, "seed"), '"max_tokens":4096'),
        (Again(AgainKind.CONTINUE), "Continue exactly"),
    ],
)
def test_a_column_is_mended_inside_its_comparison(
    tmp_path: Path, host: DemoHost, again: Again, expected: str
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(PLAN)
            await ends(stage, started)
            after = await comparisons.run_again(started.id, 1, 3, again)
            run = await stage.watch.ended(after.rounds[0].cells[3].run_id)
            assert run.group_id == started.id
            body = (await stage.runs.detail(run.id)).request_body
            assert expected in body
            assert ("seed" in body) == (again.kind is not AgainKind.WITHOUT)

    asyncio.run(journey())


def test_stop_ends_all_and_keeps_what_arrived(tmp_path: Path, host: DemoHost) -> None:
    host.play_always("gate; gate=half; gate_after=3; text=One two three four five")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            columns = tuple(replace(column, model=MODEL) for column in COLUMNS)
            started = await comparisons.start(replace(PLAN, columns=columns))
            runs = [cell.run_id for cell in started.rounds[0].cells.values()]

            def all_write() -> bool:
                found = [stage.runs.snapshot(run_id) for run_id in runs]
                return all(run is not None and run.text for run in found)

            await stage.watch.until(all_write)
            await comparisons.stop(runs)
            ended = await ends(stage, started)
            assert {run.status for run in ended.values()} == {RunStatus.STOPPED}
            assert "One" in (await stage.runs.detail(runs[0])).text

    asyncio.run(journey())


def test_added_columns_run_in_the_same_comparison(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(replace(PLAN, columns=COLUMNS[:2]))
            await comparisons.set_columns(started.id, COLUMNS)
            grown = await comparisons.run_missing(started.id)
            assert grown.rounds[0].order == (1, 2, 3)
            assert (await ends(stage, grown))[3].status == "succeeded"
            assert grown.rounds[0].cells[1].run_id == started.rounds[0].cells[1].run_id

    asyncio.run(journey())


def test_a_blind_verdict_says_so_and_one_taken_back_does_not_hide_again(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(replace(PLAN, is_blind=True))
            assert started.hides_names(1)
            judged = await comparisons.judge(started.id, 1, Verdict.BEST, 2)
            found = judged.rounds[0].judgement
            assert found is not None
            assert (found.verdict, found.best, found.was_blind) == (Verdict.BEST, 2, True)
            assert not judged.hides_names(1)
            back = await comparisons.judge(started.id, 1, None)
            assert not back.hides_names(1)
            seen = await comparisons.judge(started.id, 1, Verdict.ALL_BAD)
            assert seen.rounds[0].judgement is not None
            assert not seen.rounds[0].judgement.was_blind

    asyncio.run(journey())


def test_names_thumbs_and_notes(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(replace(PLAN, is_blind=True))
            assert not (await comparisons.show_names(started.id)).hides_names(1)
            thumbed = await comparisons.set_thumb(started.id, 1, 3, 1)
            assert thumbed.rounds[0].cells[3].thumb == 1
            await comparisons.set_note(started.id, 1, "  clear ")
            kept = await comparisons.get(started.id)
            assert kept is not None
            assert kept.rounds[0].note == "clear"

    asyncio.run(journey())


def test_the_price_is_the_sum_and_unknown_with_one_unknown(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            one = (await comparisons.preview(replace(PLAN, columns=COLUMNS[:1]))).estimate
            two = (await comparisons.preview(replace(PLAN, columns=COLUMNS[1:2]))).estimate
            both = (await comparisons.preview(replace(PLAN, columns=COLUMNS[:2]))).estimate
            assert one is not None
            assert two is not None
            assert both is not None
            assert one.at_most_units is not None
            assert two.at_most_units is not None
            assert both.at_most_units == one.at_most_units + two.at_most_units > 0
            columns = (*COLUMNS[:1], Column(2, UNKNOWN))
            unknown = (await comparisons.preview(replace(PLAN, columns=columns))).estimate
            assert unknown is not None
            assert unknown.at_most_units is None
            empty = await comparisons.preview(replace(PLAN, form=PromptForm()))
            assert empty.problem is not None
            assert (await comparisons.preview(ComparisonPlan())).estimate is None

    asyncio.run(journey())


def test_a_plan_survives_a_restart(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            assert await stage.workspace.comparisons.load_plan() is None
            await stage.workspace.comparisons.save_plan(replace(PLAN, is_blind=True, shown=4))
        async with open_stage(tmp_path, host) as stage:
            kept = await stage.workspace.comparisons.load_plan()
            assert kept == replace(PLAN, is_blind=True, shown=4)

    asyncio.run(journey())


def test_nothing_starts_without_a_key_or_over_the_limit(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host, key=None) as stage:
            with pytest.raises(NotConnected):
                await stage.workspace.comparisons.start(PLAN)
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            first = await comparisons.start(PLAN)
            await ends(stage, first)
            await stage.workspace.settings.change(daily_limit_units=1)
            with pytest.raises(DailyLimitReached):
                await comparisons.start(PLAN)
            confirmed = await comparisons.start(PLAN, confirmed_over_limit=True)
            assert len(await ends(stage, confirmed)) == 3

    asyncio.run(journey())


async def all_started(stage: Stage, comparison_id: int) -> Comparison:
    """Wait until every cell has a run."""
    async with asyncio.timeout(30):
        while True:
            kept = await stage.workspace.comparisons.get(comparison_id)
            if kept is not None and not kept.missing():
                return kept
            await asyncio.sleep(0.01)


INPUTS = tuple({"name": name} for name in ("Ann", "Ben", "Cem", "Dao"))


def test_every_input_runs_in_every_column(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            started = await comparisons.start(replace(PLAN, inputs=INPUTS))
            assert [each.values for each in started.rounds] == list(INPUTS)
            assert set(started.rounds[0].cells) == {1, 2, 3}

            kept = await all_started(stage, started.id)
            for each in kept.rounds:
                for cell in each.cells.values():
                    await stage.watch.ended(cell.run_id)
                    body = (await stage.runs.detail(cell.run_id)).request_body
                    assert f"Hello {each.values['name']}" in body
            assert await stage.workspace.history.count() == 12

    asyncio.run(journey())


def test_a_stopped_comparison_goes_on_with_what_is_missing(tmp_path: Path, host: DemoHost) -> None:
    host.play_always("gate; gate=half; gate_after=3; text=One two three four five")

    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons = stage.workspace.comparisons
            columns = tuple(replace(column, model=MODEL) for column in COLUMNS)
            plan = replace(PLAN, columns=columns, inputs=INPUTS * 8)
            started = await comparisons.start(plan)
            stopped = await comparisons.stop_all(started.id)
            assert stopped.live_runs() == []
            assert stopped.missing()
            host.play_always(None)
            await comparisons.run_missing(stopped.id)

            kept = await all_started(stage, started.id)
            runs = [cell.run_id for each in kept.rounds for cell in each.cells.values()]
            assert len(runs) == len(set(runs)) == 96
            for run_id in runs:
                await stage.watch.ended(run_id)

    asyncio.run(journey())


def test_a_wrong_value_in_any_input_sends_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            form = PromptForm(message="Hello", inputs={"temperature": "{{ warmth }}"})
            inputs = ({"warmth": "1"}, {"warmth": "hot"})
            with pytest.raises(InputError):
                await stage.workspace.comparisons.start(replace(PLAN, form=form, inputs=inputs))
            assert await stage.workspace.history.count() == 0

    asyncio.run(journey())


def test_the_history_keeps_a_blind_round_to_itself_until_the_verdict(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            comparisons, history = stage.workspace.comparisons, stage.workspace.history
            started = await comparisons.start(replace(PLAN, is_blind=True))
            await ends(stage, started)
            run_ids = await history.ids_of_group(started.id)

            async def told() -> str:
                details = [await history.detail(run_id) for run_id in run_ids]
                families = [await history.family(run_id) for run_id in run_ids]
                return repr((await history.listed_at(0), await history.page(), details, families))

            before = await told()
            assert not any(name in before for name in (MODEL, OTHER_MODEL, "Be brief", "units="))
            assert [detail async for detail in history.details(run_ids)] == []
            with pytest.raises(LookupError):
                await history.form_of(run_ids[0])
            await comparisons.judge(started.id, 1, Verdict.TIE)
            after = await told()
            assert all(name in after for name in (MODEL, OTHER_MODEL, "Be brief", "units="))
            assert len([detail async for detail in history.details(run_ids)]) == len(run_ids)

    asyncio.run(journey())
