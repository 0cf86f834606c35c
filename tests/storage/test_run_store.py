"""Runs in the data file: recorded before they are sent, whole afterwards, and added up."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.errors import HostReply, StorageError
from novita_desktop.domain.runs import (
    Attempt,
    GroupKind,
    RunDetail,
    RunError,
    RunGroup,
    RunProgress,
    RunStatus,
    message_head,
)
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import (
    BASE_URL,
    MODEL,
    NOW,
    PRICES,
    add_runs,
    attempts,
    new_run,
    new_runs,
    python,
    run_end,
    run_ends,
    run_python,
    with_runs,
)

QUARTER = 900_000_000


def test_a_new_run_is_queued_and_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"

    async def add(runs: RunStore) -> int:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
        run = await runs.add(new_run(group, "Hello\n  world " + "x" * 300))
        assert (run.status, run.model, run.base_url) == (RunStatus.QUEUED, MODEL, BASE_URL)
        assert run.message_head == ("Hello world " + "x" * 300)[:120]
        return run.id

    run_id = with_runs(path, add)
    detail = with_runs(path, lambda runs: runs.detail(run_id))
    assert detail is not None
    assert detail.request_body == new_run().request_body
    assert detail.prices == PRICES


def test_an_unknown_run_is_none_and_cannot_be_finished(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        assert await runs.summary(7) is None
        assert await runs.detail(7) is None
        assert await runs.text_of(7) == ("", "")
        with pytest.raises(LookupError):
            await runs.finish(7, run_end())
        with pytest.raises(StorageError):
            await runs.add(new_run(RunGroup(GroupKind.PROMPT, id=99)))
        assert await runs.count() == 0

    with_runs(tmp_path / "novita.db", work)


@settings(max_examples=25)
@given(
    run=new_runs, end=run_ends, tries=st.lists(attempts, max_size=2, unique_by=lambda a: a.number)
)
def test_everything_about_a_run_comes_back_as_it_was(run, end, tries) -> None:
    async def work(runs: RunStore) -> RunDetail | None:
        await runs.add_group(RunGroup(GroupKind.BATCH, "title"), NOW)
        run_id = (await runs.add(run)).id
        progress = RunProgress(run_id, RunStatus.RUNNING, end.text[:10], end.reasoning)
        await runs.save_progress([progress])
        for attempt in tries:
            await runs.add_attempt(run_id, attempt)
        summary = await runs.finish(run_id, end)
        assert summary == await runs.summary(run_id)
        return await runs.detail(run_id)

    with TemporaryDirectory() as folder:
        detail = with_runs(Path(folder) / "novita.db", work)
    assert detail is not None
    assert detail == RunDetail(
        summary=replace(
            detail.summary,
            status=end.status,
            created_at=run.created_at,
            model=run.model,
            base_url=run.base_url,
            message_head=message_head(run.message),
            ended_at=end.ended_at,
            duration_ms=end.duration_ms,
            first_word_ms=end.first_word_ms,
            usage=end.usage,
            usage_is_estimate=end.usage_is_estimate,
            cost=end.cost,
            charged=end.charged,
            finish_reason=end.finish_reason,
            error_code=end.error.code if end.error else "",
            retry_of=None,
            continues=None,
            attempt_count=max((attempt.number for attempt in tries), default=0),
        ),
        request_body=run.request_body,
        text=end.text,
        reasoning=end.reasoning,
        raw_response=end.raw_response,
        prices=run.prices,
        error=end.error,
        attempts=tuple(sorted(tries, key=lambda attempt: attempt.number)),
        retry_policy=run.retry_policy,
        time_limits=run.time_limits,
        variables=run.variables,
    )


def test_a_hosts_absurd_numbers_and_broken_texts_are_kept_within_bounds(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> RunDetail | None:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT, "\ud800"), NOW)
        run = await runs.add(new_run(group, "\ud83d", model="\udfff"))
        end = run_end(
            "\ud800 text", usage=Usage(10**30, 1), cost=Cost(10**30), finish_reason="\ud8aa"
        )
        await runs.finish(run.id, end)
        assert await runs.spent_between(0, NOW + 4 * QUARTER) == (2**63 - 1, 0)
        return await runs.detail(run.id)

    detail = with_runs(tmp_path / "novita.db", work)
    assert detail is not None
    assert detail.summary.usage == Usage(2**63 - 1, 1)
    assert (detail.text, detail.summary.message_head) == ("\ud800 text", "?")


def test_links_to_earlier_runs_are_kept(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        (first,) = await add_runs(runs, 1)
        retry = await runs.add(new_run(retry_of=first))
        more = await runs.add(new_run(continues=retry.id))
        assert (retry.retry_of, retry.continues) == (first, None)
        assert (more.retry_of, more.continues) == (None, retry.id)

    with_runs(tmp_path / "novita.db", work)


def test_an_attempt_is_replaced_by_its_number(tmp_path: Path) -> None:
    error = RunError(
        "rate_limited", HostReply(429, "RATE_LIMIT", body="slow down"), is_retryable=True
    )
    first = Attempt(1, NOW, 10, status=429, error=error)

    async def work(runs: RunStore) -> RunDetail | None:
        group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
        run_id = (await runs.add(new_run(group))).id
        await runs.add_attempt(run_id, first)
        await runs.add_attempt(run_id, replace(first, wait_after_ms=4000))
        await runs.add_attempt(run_id, Attempt(2, NOW + 1, 20, status=200))
        return await runs.detail(run_id)

    detail = with_runs(tmp_path / "novita.db", work)
    assert detail is not None
    assert detail.attempts[0] == replace(first, wait_after_ms=4000)
    assert (len(detail.attempts), detail.summary.attempt_count) == (2, 2)


def test_progress_and_status_never_change_a_run_that_is_over(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        (run_id,) = await add_runs(runs, 1)
        attempt = Attempt(9, NOW, 1)
        late = RunProgress(run_id, RunStatus.RUNNING, "late", "late", attempt)
        await runs.save_progress([late])
        detail = await runs.detail(run_id)
        assert detail is not None
        assert (detail.summary.status, detail.text) == (RunStatus.SUCCEEDED, "An answer.")
        assert detail.attempts == ()

    with_runs(tmp_path / "novita.db", work)


def test_runs_that_were_not_over_become_interrupted_with_their_text(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"

    async def leave(runs: RunStore) -> list[int]:
        await add_runs(runs, 1)
        ids = []
        for status in (RunStatus.QUEUED, RunStatus.WAITING, RunStatus.RUNNING):
            run = await runs.add(new_run())
            await runs.save_progress([RunProgress(run.id, status, f"part of {status}", "why")])
            ids.append(run.id)
        return ids

    ids = with_runs(path, leave)

    async def start(runs: RunStore) -> None:
        assert await runs.interrupt_unfinished(NOW + 5) == 3
        assert await runs.interrupt_unfinished(NOW + 6) == 0
        for run_id, status in zip(ids, ("queued", "waiting", "running"), strict=True):
            summary = await runs.summary(run_id)
            assert summary is not None
            assert (summary.status, summary.ended_at) == (RunStatus.INTERRUPTED, NOW + 5)
            assert await runs.text_of(run_id) == (f"part of {status}", "why")
        statuses = [run.status for run in await runs.page()]
        assert statuses == [RunStatus.INTERRUPTED] * 3 + [RunStatus.SUCCEEDED]

    with_runs(path, start)


def test_pages_go_newest_first_without_gaps_while_runs_are_added(tmp_path: Path) -> None:
    async def work(runs: RunStore) -> None:
        ids = await add_runs(runs, 25)
        seen = [run.id for run in await runs.page(limit=10)]
        await add_runs(runs, 3)
        while page := await runs.page(before=seen[-1], limit=10):
            seen += [run.id for run in page]
        assert seen == sorted(ids, reverse=True)
        assert await runs.count() == 28

    with_runs(tmp_path / "novita.db", work)


def test_what_thousands_of_runs_share_is_kept_once_and_raw_answers_cost_little(
    tmp_path: Path,
) -> None:
    path = tmp_path / "novita.db"
    answer = " ".join(f"word{number * 7919 % 10007}" for number in range(300))
    raw = '{"id":"x","choices":[{"message":{"content":"' + answer + '"}}]}'

    async def work(runs: RunStore) -> None:
        group = await runs.add_group(RunGroup(GroupKind.BATCH), NOW)
        added = await asyncio.gather(*(runs.add(new_run(group)) for _ in range(300)))
        end = run_end(answer, raw_response=raw)
        await asyncio.gather(*(runs.finish(run.id, end) for run in added))

    with_runs(path, work)
    with closing(sqlite3.connect(path)) as file:  # the words' index, which is apart, aside
        (kept,) = file.execute("SELECT sum(length(text) + length(raw)) FROM run_answers").fetchone()
    assert kept < 300 * (len(answer) + len(raw)) * 0.5
    assert path.stat().st_size < 300 * (len(answer) + len(raw))


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_at_any_moment_every_run_that_was_recorded_is_there(tmp_path: Path) -> None:
    path = tmp_path / "novita.db"
    code = """
import asyncio, sys
from pathlib import Path
from novita_desktop.domain.runs import RunGroup, GroupKind, RunProgress, RunStatus
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import new_run, run_end, NOW
async def one(runs, group):
    run = await runs.add(new_run(group))
    print("added", run.id, flush=True)
    await runs.save_progress([RunProgress(run.id, RunStatus.RUNNING, "part")])
    await runs.finish(run.id, run_end("whole " * 200))
    print("ended", run.id, flush=True)
async def main():
    runs = RunStore(await Database.open(Path(sys.argv[1])))
    group = await runs.add_group(RunGroup(GroupKind.BATCH), NOW)
    while True:
        await asyncio.gather(*(one(runs, group) for _ in range(8)))
asyncio.run(main())
"""
    told: dict[str, set[int]] = {"added": set(), "ended": set()}
    for moment in (0.005, 0.03, 0.07, 0.15, 0.4):
        process = python(code, path)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(moment)
        process.kill()
        lines = (first + process.stdout.read()).splitlines(keepends=True)
        process.communicate()
        for line in lines:
            if line.endswith("\n"):
                what, run_id = line.split()
                told[what].add(int(run_id))

    async def check(runs: RunStore) -> None:
        interrupted = await runs.interrupt_unfinished(NOW)
        stored = {run.id: run for run in await runs.page(limit=100_000)}
        assert told["added"] <= stored.keys()
        assert all(stored[run_id].status is RunStatus.SUCCEEDED for run_id in told["ended"])
        assert interrupted == sum(run.status is RunStatus.INTERRUPTED for run in stored.values())
        exact, _ = await runs.spent_between(0, 2**60)
        assert exact == 1_000 * (len(stored) - interrupted)

    with_runs(path, check)
    assert told["ended"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_a_file_that_may_not_grow_is_reported_and_stays_whole(tmp_path: Path) -> None:
    code = """
import asyncio, resource, sys
from pathlib import Path
from novita_desktop.domain.errors import StorageError
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore
from tests.storage.samples import add_runs
async def main():
    runs = RunStore(await Database.open(Path(sys.argv[1])))
    await add_runs(runs, 10)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, resource.RLIM_INFINITY))
    try:
        while True:
            await add_runs(runs, 20)
    except StorageError:
        print(await runs.count())
asyncio.run(main())
"""
    status, output, errors = run_python(code, tmp_path / "novita.db")
    assert (status, errors.count("Traceback")) == (0, 0)
    assert with_runs(tmp_path / "novita.db", lambda runs: runs.count()) == int(output) >= 10
