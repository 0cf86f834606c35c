"""The one path of every run, against the demo host and a real data file."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import DailyLimitReached, InputError, NotConnected
from novita_desktop.domain.requests import (
    FormatKind,
    Parameters,
    ResponseFormat,
    RetryPolicy,
)
from novita_desktop.domain.runs import GroupKind, RunDetail, RunGroup, RunPhase, RunStatus
from novita_desktop.services.clock import Clock
from novita_desktop.services.events import QueueChanged, RunAdded, RunEnded, RunGrew
from novita_desktop.services.live_run import LiveSnapshot
from tests.services.stage import (
    MODEL,
    OTHER_MODEL,
    SetClock,
    Stage,
    eventually,
    open_stage,
    request,
)


def test_a_run_is_recorded_streamed_and_finished(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request("Hello"))
            assert started.status is RunStatus.QUEUED
            summary = await stage.watch.ended(started.id)
            assert summary.status is RunStatus.SUCCEEDED
            assert summary.usage is not None
            assert summary.cost is not None
            assert not summary.cost.is_estimate
            assert summary.charged is True
            detail = await stage.detail(started.id)
            grown = "".join(event.text for event in stage.watch.all(RunGrew))
            assert detail.text == grown != ""
            assert detail.raw_response
            assert [a.status for a in detail.attempts] == [200]
            assert [e.summary.id for e in stage.watch.all(RunAdded)] == [started.id]
            assert [p.phase for p in stage.watch.phases(started.id)] == [
                RunPhase.CONNECTING,
                RunPhase.WAITING_FOR_FIRST_WORD,
                RunPhase.WRITING,
            ]
            assert host.chats[0].body.decode() == detail.request_body

    asyncio.run(journey())


def test_a_run_is_in_the_data_file_before_anything_is_sent(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host, key=None) as stage:
            await stage.workspace.account.restore()
            with pytest.raises(NotConnected):
                await stage.runs.submit(request())
            assert await stage.workspace.history.count() == 0
        async with open_stage(tmp_path, host) as stage:
            added_before_sending = []
            stage.workspace.events.listen(
                lambda event: (
                    added_before_sending.append(len(host.chats))
                    if isinstance(event, RunAdded)
                    else None
                )
            )
            started = await stage.runs.submit(request())
            assert [run.id for run in await stage.workspace.history.page()] == [started.id]
            await stage.watch.ended(started.id)
            assert added_before_sending == [0]

    asyncio.run(journey())


def test_the_price_in_force_is_stored_with_the_run(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            model = stage.workspace.catalogue.find(MODEL)
            assert model is not None
            before = host.account.balance_units
            summary = await stage.run()
            assert (await stage.detail(summary.id)).prices == model.prices
            assert summary.cost is not None
            assert before - host.account.balance_units == summary.cost.units
            unknown = await stage.run(model="no/such-model")
            assert unknown.cost is None
            assert (await stage.detail(unknown.id)).prices is None

    asyncio.run(journey())


def test_a_group_of_several_runs_is_recorded_once(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        group = RunGroup(GroupKind.COMPARISON, "Two models")
        async with open_stage(tmp_path, host) as stage:
            opened = await stage.runs.open_group(group)
            both = [await stage.runs.submit(request(f"{n}"), opened) for n in range(2)]
            assert {run.group_id for run in both} == {opened.id}
            for run in both:
                await stage.watch.ended(run.id)

    asyncio.run(journey())


def test_half_a_surrogate_pair_does_not_break_a_run(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            summary = await stage.run("broken \ud83d pair")
            assert summary.status is RunStatus.SUCCEEDED
            assert host.chats[0].body.decode() == (await stage.detail(summary.id)).request_body

    asyncio.run(journey())


# Stopping.


async def wait_for_phase(stage: Stage, run_id: int, phase: RunPhase) -> None:
    await stage.watch.until(lambda: phase in [p.phase for p in stage.watch.phases(run_id)])


def test_stopping_while_writing_keeps_the_part_and_estimates_its_cost(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("gate; gate_after=3; text=One two three four five six")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_phase(stage, started.id, RunPhase.WRITING)
            await stage.runs.stop(started.id)
            await stage.runs.stop(started.id)
            ends = [e.summary for e in stage.watch.all(RunEnded)]
            assert [(s.status, s.charged) for s in ends] == [(RunStatus.STOPPED, True)]
            assert ends[0].usage_is_estimate
            assert ends[0].cost is not None
            assert ends[0].cost.is_estimate
            detail = await stage.detail(started.id)
            assert detail.text == "".join(e.text for e in stage.watch.all(RunGrew)) != ""
            assert len(detail.attempts) == 1
            await eventually(lambda: host.chats[0].hung_up)
            assert len(host.chats) == 1

    asyncio.run(journey())


def test_stopping_before_the_host_answered_cannot_tell_the_charge(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("hang")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await eventually(lambda: host.chats)
            await stage.runs.stop(started.id)
            summary = await stage.watch.ended(started.id)
            assert (summary.status, summary.charged) == (RunStatus.STOPPED, None)

    asyncio.run(journey())


def test_a_run_stopped_before_its_task_began_is_recorded(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            stopping: list[asyncio.Task[None]] = []
            stage.workspace.events.listen(
                lambda event: (
                    stopping.append(asyncio.create_task(stage.runs.stop(event.summary.id)))
                    if isinstance(event, RunAdded)
                    else None
                )
            )
            started = await stage.runs.submit(request())
            summary = await stage.watch.ended(started.id)
            assert (summary.status, summary.charged) == (RunStatus.STOPPED, False)
            assert summary.cost is None
            await asyncio.gather(*stopping)
            assert host.chats == []

    asyncio.run(journey())


def test_stopping_in_the_queue_sends_nothing(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("hang")
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.settings.change(interactive_runs=1)
            first = await stage.runs.submit(request("first"))
            await eventually(lambda: host.chats)
            second = await stage.runs.submit(request("second"))
            await stage.runs.stop(second.id)
            assert (await stage.watch.ended(second.id)).status is RunStatus.STOPPED
            assert len(host.chats) == 1
            await stage.runs.stop(first.id)

    asyncio.run(journey())


def test_stopping_in_a_back_off_ends_it_at_once(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_phase(stage, started.id, RunPhase.BACKING_OFF)
            await stage.runs.stop(started.id)
            summary = await stage.watch.ended(started.id)
            assert (summary.status, summary.charged) == (RunStatus.STOPPED, False)
            assert len(host.chats) == 1
            snapshot = await stage.runs.follow(started.id)
            assert isinstance(snapshot, RunDetail)

    asyncio.run(journey())


def test_sixty_four_streams_are_closed_within_a_tenth_of_a_second(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> float:
        host.play_always("long; speed=200; ttft_ms=0")
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.settings.change(interactive_runs=64)
            runs = [await stage.runs.submit(request(f"{n}")) for n in range(64)]
            await stage.watch.until(lambda: len({e.run_id for e in stage.watch.all(RunGrew)}) == 64)
            began = time.monotonic()
            await stage.runs.stop_all()
            await asyncio.to_thread(host.wait_for_hang_ups, 64)
            for run in runs:
                assert (await stage.watch.ended(run.id)).status is RunStatus.STOPPED
                assert (await stage.detail(run.id)).text
            return max(entry.hung_up_at or began + 99 for entry in host.chats) - began

    # The bound is 100 ms; a busy machine with two cores gets more. `benchmarks/engine.py` measures.
    assert asyncio.run(journey()) < 0.5


def test_a_run_held_back_by_a_pause_says_so_and_try_now_passes_it(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:
            await stage.run(retry_policy=RetryPolicy.NONE)
            held = await stage.runs.submit(request("second"))
            await wait_for_phase(stage, held.id, RunPhase.SLOWED)
            await stage.watch.until(
                lambda: QueueChanged(0, 1, (MODEL,)) in stage.watch.all(QueueChanged)
            )
            assert len(host.chats) == 1
            assert (await stage.run("other", model=OTHER_MODEL)).status is RunStatus.SUCCEEDED
            await stage.runs.try_now(held.id)
            assert (await stage.watch.ended(held.id)).status is RunStatus.SUCCEEDED
            await stage.runs.try_now(held.id)  # nothing to hurry any more

    asyncio.run(journey())


# Following.


def test_who_joins_late_misses_nothing_and_gets_nothing_twice(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("plain; speed=400; tokens=60")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            for wanted in (1, 3, 6):
                await stage.watch.until(
                    lambda wanted=wanted: len(stage.watch.all(RunGrew)) >= wanted
                )
                snapshot = await stage.runs.follow(started.id)
                if isinstance(snapshot, RunDetail):
                    break
                place = len(stage.watch.seen)
                assert snapshot.phase is RunPhase.WRITING
                assert snapshot.request_body
                joined = (snapshot.text, place)
            await stage.watch.ended(started.id)
            text, place = joined
            later = [e for e in stage.watch.seen[place:] if isinstance(e, RunGrew)]
            detail = await stage.runs.follow(started.id)
            assert isinstance(detail, RunDetail)
            assert text + "".join(event.text for event in later) == detail.text
            with pytest.raises(LookupError):
                await stage.runs.follow(999)

    asyncio.run(journey())


def test_a_snapshot_tells_attempt_and_wait(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["rate-limited; retry_after=600"])
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_phase(stage, started.id, RunPhase.BACKING_OFF)
            snapshot = await stage.runs.follow(started.id)
            assert isinstance(snapshot, LiveSnapshot)
            assert (snapshot.attempt, snapshot.attempts_allowed) == (2, 5)
            assert snapshot.error_code == "rate_limited"
            assert snapshot.wait_seconds is not None
            assert snapshot.wait_seconds >= 600
            assert 0 <= snapshot.phase_seconds < 60
            await stage.runs.stop(started.id)
            assert stage.runs.snapshot(started.id) is None

    asyncio.run(journey())


# Retries and variants.


def test_a_retry_sends_the_same_bytes_and_is_linked(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["server-error"])
        async with open_stage(tmp_path, host) as stage:
            odd = request(
                "Ünïcode “quotes”\n",
                retry_policy=RetryPolicy.NONE,
                extra={"b": 1, "a": 2},
                variables={"wort": "Ünïcode"},
            )
            first = await stage.watch.ended((await stage.runs.submit(odd)).id)
            assert first.status is RunStatus.FAILED
            second = await stage.runs.retry(first.id)
            assert second.retry_of == first.id
            assert (await stage.watch.ended(second.id)).status is RunStatus.SUCCEEDED
            assert host.chats[0].body == host.chats[1].body
            old, new = await stage.detail(first.id), await stage.detail(second.id)
            assert old.summary.status is RunStatus.FAILED
            assert (new.retry_policy, new.time_limits) == (old.retry_policy, old.time_limits)
            assert new.variables == old.variables == {"wort": "Ünïcode"}

    asyncio.run(journey())


def test_an_answer_that_was_cut_is_continued(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.script(["truncated"])
        async with open_stage(tmp_path, host) as stage:
            first = await stage.run("Tell me a long story")
            assert (first.status, first.finish_reason) == (RunStatus.SUCCEEDED, "length")
            rest = await stage.runs.continue_run(first.id)
            assert rest.continues == first.id
            assert rest.retry_of is None
            assert rest.message_head == "Tell me a long story"
            await stage.watch.ended(rest.id)
            sent = json.loads(host.chats[1].body)["messages"]
            assert [m["role"] for m in sent] == ["user", "assistant", "user"]
            assert sent[1]["content"] == (await stage.detail(first.id)).text
            form = await stage.workspace.history.form_of(rest.id)
            assert form.message == "Tell me a long story"

    asyncio.run(journey())


def test_an_answer_that_was_cut_is_run_again_with_twice_the_tokens(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            model = stage.workspace.catalogue.find(MODEL)
            assert model is not None
            assert model.output_limit is not None
            first = await stage.run(parameters=Parameters(max_tokens=10))
            second = await stage.runs.raise_and_rerun(first.id)
            assert second.retry_of == first.id
            await stage.watch.ended(second.id)
            assert json.loads(host.chats[1].body)["max_tokens"] == 20
            highest = await stage.run(parameters=Parameters(max_tokens=model.output_limit))
            with pytest.raises(InputError):
                await stage.runs.raise_and_rerun(highest.id)

    asyncio.run(journey())


def test_a_refused_max_tokens_makes_way_for_what_the_host_allows(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            host.script(["max-tokens; message=max_tokens must be between 0 and 700 "])
            refused = await stage.run(parameters=Parameters(max_tokens=5_000))
            assert refused.error_code == "max_tokens_too_high"
            again = await stage.runs.run_without(refused.id, "max_tokens")
            await stage.watch.ended(again.id)
            assert json.loads(host.chats[1].body)["max_tokens"] == 700

    asyncio.run(journey())


def test_a_refused_format_falls_back_step_by_step(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        schema = ResponseFormat(FormatKind.JSON_SCHEMA, '{"type": "object"}')
        async with open_stage(tmp_path, host) as stage:
            run = await stage.run(parameters=Parameters(response_format=schema, max_tokens=5))
            for _ in range(2):
                run = await stage.runs.run_without(run.id, "response_format")
                await stage.watch.ended(run.id)
            sent = [json.loads(entry.body).get("response_format") for entry in host.chats]
            assert sent[0]["type"] == "json_schema"
            assert sent[1:] == [{"type": "json_object"}, None]

    asyncio.run(journey())


# Money.


def test_the_daily_limit_asks_before_a_run_and_is_passed_when_confirmed(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.settings.change(daily_limit_units=1)
            first = await stage.run()
            assert first.cost is not None
            with pytest.raises(DailyLimitReached):
                await stage.runs.submit(request())
            with pytest.raises(DailyLimitReached):
                await stage.runs.retry(first.id)
            assert len(host.chats) == 1
            confirmed = await stage.runs.retry(first.id, confirmed_over_limit=True)
            assert (await stage.watch.ended(confirmed.id)).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


# Faults of the machine and of ourselves.


def test_the_wall_clock_may_jump_in_the_middle_of_a_run(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("gate; gate_after=1; text=One two three")
        wall = SetClock(1_795_000_000_000_000)
        async with open_stage(tmp_path, host, clock=wall.clock()) as stage:
            started = await stage.runs.submit(request())
            await wait_for_phase(stage, started.id, RunPhase.WRITING)
            wall.now -= 7_200_000_000
            host.release("gate")
            summary = await stage.watch.ended(started.id)
            assert summary.duration_ms is not None
            assert 0 <= summary.duration_ms < 60_000
            assert summary.first_word_ms is not None
            assert summary.first_word_ms <= summary.duration_ms
            assert summary.ended_at == wall.now

    asyncio.run(journey())


def test_a_fault_of_the_program_fails_the_run_and_is_reported(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        def broken() -> float:
            if asyncio.current_task() is not None and "run-" in str(
                asyncio.current_task().get_name()  # type: ignore[union-attr]
            ):
                raise ZeroDivisionError("sk_secret_words")
            return time.monotonic()

        reported: list[object] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: reported.append(context.get("exception"))
        )
        async with open_stage(tmp_path, host, clock=Clock(monotonic=broken)) as stage:
            summary = await stage.run()
            assert summary.status is RunStatus.FAILED
            detail = await stage.detail(summary.id)
            assert detail.error is not None
            assert detail.error.reply.message == "ZeroDivisionError"
            assert [type(error) for error in reported] == [ZeroDivisionError]
            assert stage.runs.live_count == 0

    asyncio.run(journey())


def test_a_fault_in_the_books_does_not_leave_a_run_without_an_end(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        def broken() -> int:
            task = asyncio.current_task()
            if task is not None and task.get_name().startswith("end-"):
                raise ZeroDivisionError
            return 1_795_000_000_000_000

        reported: list[object] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: reported.append(context.get("exception"))
        )
        async with open_stage(tmp_path, host, clock=Clock(now=broken)) as stage:
            summary = await stage.run()
            assert (summary.status, summary.error_code) == (RunStatus.FAILED, "error")
            assert stage.runs.live_count == 0
            assert [type(error) for error in reported] == [ZeroDivisionError]

    asyncio.run(journey())


def test_closing_ends_live_runs_as_interrupted_with_their_words(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        host.play_always("gate; gate_after=3; text=One two three four five")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await wait_for_phase(stage, started.id, RunPhase.WRITING)
        async with open_stage(tmp_path, host) as stage:
            detail = await stage.detail(started.id)
            assert detail.summary.status is RunStatus.INTERRUPTED
            assert detail.summary.ended_at is not None
            assert detail.text

    asyncio.run(journey())


def test_a_cancelled_caller_does_not_leave_a_run_that_never_starts(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            submitting = asyncio.create_task(stage.runs.submit(request()))
            await asyncio.sleep(0)
            submitting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await submitting
            await stage.watch.until(
                lambda: len(stage.watch.all(RunEnded)) == len(stage.watch.all(RunAdded)) == 1
            )

    asyncio.run(journey())


def test_a_run_that_is_recorded_while_closing_is_not_sent(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            submitting = asyncio.create_task(stage.runs.submit(request()))
            await asyncio.sleep(0)
            await stage.runs.close()
            late = await submitting
            assert late.status is RunStatus.QUEUED
        async with open_stage(tmp_path, host) as stage:
            assert (await stage.detail(late.id)).summary.status is RunStatus.INTERRUPTED
            assert host.chats == []

    asyncio.run(journey())
