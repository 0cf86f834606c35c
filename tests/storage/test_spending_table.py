"""Spending, added up while runs are written: exact, and the same as adding up the runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.runs import RunStatus
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import NOW, add_runs, new_run, run_end, with_runs

QUARTER = 900_000_000


def test_spending_keeps_exact_and_estimated_apart_and_ignores_what_was_not_charged(
    tmp_path: Path,
) -> None:
    async def work(runs: RunStore) -> None:
        ids = await add_runs(runs, 5, model="a")
        start = NOW // QUARTER * QUARTER
        ends = [
            run_end(cost=Cost(7), ended_at=start),
            run_end(cost=Cost(5), ended_at=start + QUARTER - 1, status=RunStatus.STOPPED),
            run_end(cost=Cost(11, is_estimate=True), ended_at=start, charged=None),
            run_end(cost=Cost(100), ended_at=start, charged=False),
            run_end(cost=None, ended_at=start),
        ]
        for run_id, end in zip(ids, ends, strict=True):
            await runs.finish(run_id, end)
        assert await runs.spent_between(start, start + QUARTER) == (12, 11)
        assert await runs.spent_between(start + QUARTER, start + 9 * QUARTER) == (0, 0)
        assert await runs.spent_between(start - 9 * QUARTER, start) == (0, 0)

    with_runs(tmp_path / "novita.db", work)


def test_an_end_recorded_again_is_booked_once(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        (run_id,) = await add_runs(runs, 1)
        await runs.finish(run_id, run_end(cost=Cost(40)))
        assert await runs.spent_between(0, NOW + 10 * QUARTER) == (40, 0)
        await runs.finish(run_id, run_end(cost=Cost(3, is_estimate=True)))
        assert await runs.spent_between(0, NOW + 10 * QUARTER) == (0, 3)
        await runs.finish(run_id, run_end(cost=Cost(3), charged=False))
        assert await runs.spent_between(0, NOW + 10 * QUARTER) == (0, 0)

    with_runs(tmp_path / "novita.db", work)


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 400), st.integers(0, 10**15), st.booleans(), st.sampled_from("ab")
        ),
        max_size=12,
    ),
    st.integers(-60, 60).map(lambda quarters: quarters * QUARTER),
)
def test_any_local_day_adds_up_to_its_runs(costs, offset) -> None:
    start = 10**9 * QUARTER + offset
    end = start + 96 * QUARTER
    wanted = [0, 0]
    for minutes, units, is_estimate, _ in costs:
        if 0 <= minutes * 6 * 60_000_000 < end - start:
            wanted[is_estimate] += units

    async def work(runs: RunStore) -> tuple[int, int]:
        for minutes, units, is_estimate, model in costs:
            run = await runs.add(new_run(model=model))
            at = start + minutes * 6 * 60_000_000
            await runs.finish(run.id, run_end(ended_at=at, cost=Cost(units, is_estimate)))
        return await runs.spent_between(start, end)

    with TemporaryDirectory() as folder:
        assert with_runs(Path(folder) / "novita.db", work) == tuple(wanted)
