"""Batches through the workspace: a table is run, paused, stopped, cut off, and goes on."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.domain.batches import (
    BatchState,
    PauseReason,
    RowState,
    Source,
    SourceKind,
)
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.services.events import BatchChanged
from tests.services.batch_stage import made, over, reviews, states
from tests.services.stage import MODEL, open_stage

UNKNOWN = "nobody/no-such-model"


@pytest.fixture
def slow_host() -> Iterator[DemoHost]:
    with DemoThread(speed=0, ttft_ms=200) as running:
        yield running


def test_every_row_is_run_once_and_kept(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batches = stage.workspace.batches
            batch = await made(stage, reviews(150))
            assert (await batches.progress(batch.id)).counts == {RowState.PLANNED: 150}
            await batches.start(batch.id)
            await batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            progress = await batches.progress(batch.id)
            assert +Counter(progress.counts) == {RowState.DONE: 150}
            assert progress.cost is not None
            assert await stage.workspace.history.count() == 150
        async with open_stage(tmp_path, host) as stage:
            (kept,) = await stage.workspace.batches.recent(5)
            assert replace(kept, state=batch.state) == batch
            assert kept.state is BatchState.DONE
            results = await stage.workspace.batches.results(batch.id, 100, 10)
            assert [result.row.number for result in results] == list(range(101, 111))
            assert all(result.answer and result.cost for result in results)
            assert await stage.workspace.batches.progress(batch.id) == replace(
                progress, counts={RowState.DONE: 150}
            )
            run_id = results[0].row.run_id
            assert run_id is not None
            assert await stage.workspace.batches.of_run(run_id) == batch.id
            detail = await stage.runs.detail(run_id)
            assert "Sum up: review number 101" in detail.request_body

    asyncio.run(journey())


def test_rows_without_a_value_are_skipped_and_named(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batch = await made(stage, [("1", "good"), ("2", " "), ("3", "bad")])
            preview = await stage.workspace.batches.preview(batch.id)
            assert (preview.rows, preview.number, preview.faulty_rows) == (3, 2, 1)
            assert isinstance(preview.problem, InputError)
            await stage.workspace.batches.start(batch.id)
            await over(stage, batch)
            found = await stage.workspace.batches.results(batch.id, 0, 10)
            assert [each.row.state for each in found] == ["done", "skipped", "done"]
            assert found[1].row.problem == "variable:review missing"
            only = await stage.workspace.batches.results(batch.id, 0, 10, RowState.SKIPPED)
            assert [each.row.number for each in only] == [2]

    asyncio.run(journey())


def test_the_price_of_a_table_is_told_before(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.catalogue.refresh()
            batch = await made(stage, reviews(500))
            few = await made(stage, reviews(5))
            many_cost = (await stage.workspace.batches.preview(batch.id)).estimate
            few_cost = (await stage.workspace.batches.preview(few.id)).estimate
            assert many_cost is not None
            assert few_cost is not None
            assert many_cost.likely_units is not None
            assert few_cost.likely_units is not None
            assert 95 < many_cost.likely_units / few_cost.likely_units < 105

    asyncio.run(journey())


def test_a_few_are_tried_first(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batch = await made(stage, reviews(10))
            await stage.workspace.batches.start(batch.id, most=3)
            assert await over(stage, batch) is BatchState.PAUSED
            progress = await stage.workspace.batches.progress(batch.id)
            assert progress.pause_reason is PauseReason.TRIED
            assert await states(stage, batch) == ["done"] * 3 + ["planned"] * 7
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert await stage.workspace.history.count() == 10

    asyncio.run(journey())


def test_a_batch_is_paused_and_goes_on(tmp_path: Path, slow_host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, slow_host) as stage:
            batch = await made(stage, reviews(300))
            await stage.workspace.batches.start(batch.id)
            await stage.watch.until(lambda: len(stage.watch.all(BatchChanged)) > 1)
            await stage.workspace.batches.pause(batch.id)
            assert await over(stage, batch) is BatchState.PAUSED
            found = Counter(await states(stage, batch))
            assert set(found) <= {"done", "planned"}
            assert found["planned"] > 0
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert Counter(await states(stage, batch)) == {"done": 300}
            assert await stage.workspace.history.count() == 300

    asyncio.run(journey())


def test_stopping_ends_what_runs_and_keeps_what_is_done(
    tmp_path: Path, slow_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, slow_host) as stage:
            batch = await made(stage, reviews(200))
            await stage.workspace.batches.start(batch.id)
            await stage.watch.until(lambda: len(stage.watch.all(BatchChanged)) > 1)
            await stage.workspace.batches.stop(batch.id)
            found = Counter(await states(stage, batch))
            assert found["running"] == 0
            assert found["planned"] + found["stopped"] > 0
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert Counter(await states(stage, batch)) == {"done": 200}

    asyncio.run(journey())


def test_what_failed_is_retried_alone(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            form = PromptForm(message="Sum up: {{ review }}")
            rows = [(MODEL if n % 2 else UNKNOWN, f"review {n}") for n in range(6)]
            batch = await made(stage, rows, form, model=Source(SourceKind.COLUMN, "id"))
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert await states(stage, batch) == ["failed", "done"] * 3
            assert await stage.workspace.batches.change_row(batch.id, 1, (MODEL, "review 0"))
            await stage.workspace.batches.retry_failed(batch.id)
            await over(stage, batch)
            assert await states(stage, batch) == [
                "done",
                "done",
                "failed",
                "done",
                "failed",
                "done",
            ]
            assert await stage.workspace.history.count() == 6 + 3
            (first,) = await stage.workspace.batches.results(batch.id, 0, 1)
            assert first.row.run_id is not None
            assert (await stage.runs.detail(first.row.run_id)).summary.retry_of is not None

    asyncio.run(journey())


def test_the_end_of_the_program_pauses_a_batch_and_no_done_row_is_sent_again(
    tmp_path: Path, slow_host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, slow_host) as stage:
            batch = await made(stage, reviews(120))
            await stage.workspace.batches.start(batch.id)
            await stage.watch.until(lambda: len(stage.watch.all(BatchChanged)) > 2)
        async with open_stage(tmp_path, slow_host) as stage:
            progress = await stage.workspace.batches.progress(batch.id)
            assert (progress.state, progress.pause_reason) == ("paused", "ended")
            found = Counter(await states(stage, batch))
            assert found["running"] == 0
            before = await stage.workspace.history.count()
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.DONE
            assert Counter(await states(stage, batch)) == {"done": 120}
            after = await stage.workspace.history.count()
            assert after - before == found["planned"] + found["stopped"]

    asyncio.run(journey())


def test_the_daily_limit_pauses_until_it_is_confirmed(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.catalogue.refresh()
            await stage.run()
            await stage.workspace.settings.change(daily_limit_units=1)
            batch = await made(stage, reviews(5))
            await stage.workspace.batches.start(batch.id)
            assert await over(stage, batch) is BatchState.PAUSED
            progress = await stage.workspace.batches.progress(batch.id)
            assert progress.pause_reason is PauseReason.LIMIT
            assert await states(stage, batch) == ["planned"] * 5
            await stage.workspace.batches.start(batch.id, confirmed_over_limit=True)
            assert await over(stage, batch) is BatchState.DONE

    asyncio.run(journey())


def test_a_cell_is_never_a_template(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            batch = await made(stage, [("1", "{{ today }} {% raw %}")])
            await stage.workspace.batches.start(batch.id)
            await over(stage, batch)
            (found,) = await stage.workspace.batches.results(batch.id, 0, 1)
            assert found.row.run_id is not None
            body = json.loads((await stage.runs.detail(found.row.run_id)).request_body)
            assert body["messages"][0]["content"] == "Sum up: {{ today }} {% raw %}"

    asyncio.run(journey())
