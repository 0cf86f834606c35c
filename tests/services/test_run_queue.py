"""Who may send, proved on virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.requests import Lane
from novita_desktop.services.events import Events, QueueChanged
from novita_desktop.services.model_limits import FIRST_BACKGROUND_SLOTS, ModelKey
from novita_desktop.services.run_queue import RunQueue, Ticket
from tests.services.virtual_time import run_virtually

A, B = ModelKey("https://host", "a"), ModelKey("https://host", "b")


def quiet(_: bool) -> None:
    """Take no notice of being slowed."""


def queue(events: Events | None = None, **changes: int) -> RunQueue:
    facts = {"interactive_slots": 4, "background_slots": 8, **changes}
    return RunQueue(events or Events(), **facts)


@dataclass(slots=True)
class Job:
    key: ModelKey = A
    lane: Lane = Lane.BACKGROUND
    seconds: float = 1.0
    start: float = 0.0
    refusal: float | None = None
    is_refused: bool = False
    cancel_after: float | None = None
    began_at: float | None = None
    ended_at: float = 0.0
    was_cancelled: bool = False
    slowed: list[bool] = field(default_factory=list)


async def work(place: RunQueue, job: Job) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(job.start)
    async with place.ticket(job.key, job.lane, job.slowed.append) as ticket:
        job.began_at = loop.time()
        try:
            await asyncio.sleep(job.seconds)
        finally:
            job.ended_at = loop.time()
        if job.is_refused:
            ticket.refused(job.refusal, is_rate_limit=True)
        else:
            ticket.succeeded()


async def work_all(place: RunQueue, jobs: list[Job]) -> None:
    loop = asyncio.get_running_loop()
    tasks = []
    for job in jobs:
        task = asyncio.create_task(work(place, job))
        if job.cancel_after is not None:
            loop.call_later(job.start + job.cancel_after, task.cancel)
        tasks.append(task)
    await asyncio.gather(*tasks, return_exceptions=True)
    for job, task in zip(jobs, tasks, strict=True):
        job.was_cancelled = task.cancelled()


JOBS = st.lists(
    st.builds(
        Job,
        key=st.sampled_from([A, B]),
        lane=st.sampled_from(list(Lane)),
        seconds=st.sampled_from([0.0, 0.1, 1.0, 7.0]),
        start=st.sampled_from([0.0, 0.5, 3.0, 59.5]),
        refusal=st.sampled_from([None, 0.0, 2.0, 30.0]),
        is_refused=st.booleans(),
        cancel_after=st.sampled_from([None, None, 0.0, 0.2, 5.0]),
    ),
    max_size=40,
)


@given(
    JOBS,
    st.integers(1, 4),
    st.integers(1, 10),
    st.sampled_from([0, 1, 3, 12]),
)
def test_no_limit_is_exceeded_and_nobody_is_forgotten(
    jobs: list[Job], interactive: int, background: int, per_minute: int
) -> None:
    async def journey() -> None:
        place = queue(
            interactive_slots=interactive,
            background_slots=background,
            requests_per_minute=per_minute,
        )
        await work_all(place, jobs)
        # Everything was given back: lost slots would show here, lost wake-ups as NothingWillHappen.
        assert (place.running, place.waiting) == (0, 0)
        for job in jobs:
            assert job.began_at is not None or job.was_cancelled
        for lane, most in ((Lane.INTERACTIVE, interactive), (Lane.BACKGROUND, background)):
            spans = [job for job in jobs if job.lane is lane and job.began_at is not None]
            assert most_at_once(spans) <= most
        if per_minute:
            for key in (A, B):
                begins = sorted(j.began_at for j in jobs if j.key is key and j.began_at is not None)
                for first, later in zip(begins, begins[per_minute:], strict=False):
                    assert later - first >= 59.999
        place.close()

    run_virtually(journey())


def most_at_once(jobs: list[Job]) -> int:
    changes = []
    for job in jobs:
        if job.began_at is not None:
            changes += [(job.began_at, 1), (job.ended_at, -1)]
    running = most = 0
    for _, change in sorted(changes, key=lambda change: (change[0], change[1])):
        running += change
        most = max(most, running)
    return most


def test_tickets_of_one_model_go_in_the_order_they_came() -> None:
    async def journey() -> None:
        jobs = [Job(seconds=1.0, start=n / 1_000) for n in range(30)]
        await work_all(queue(background_slots=3), jobs)
        begins = [job.began_at for job in jobs]
        assert begins == sorted(begins)  # type: ignore[type-var]

    run_virtually(journey())


def test_the_interactive_lane_has_slots_of_its_own_while_a_batch_fills_the_other() -> None:
    async def journey() -> None:
        batch = [Job(seconds=100.0) for _ in range(50)]
        person = Job(lane=Lane.INTERACTIVE, start=5.0)
        await work_all(queue(), [*batch, person])
        assert person.began_at == pytest.approx(5.0)

    run_virtually(journey())


def test_of_the_requests_of_a_minute_some_are_kept_for_the_person() -> None:
    async def journey() -> None:
        batch = [Job(seconds=0.01) for _ in range(60)]
        person = Job(lane=Lane.INTERACTIVE, start=10.0)
        await work_all(queue(requests_per_minute=30), [*batch, person])
        assert person.began_at == pytest.approx(10.0)
        first_minute = [j for j in batch if j.began_at is not None and j.began_at < 60]
        assert len(first_minute) == 29

    run_virtually(journey())


def test_a_429_halves_the_slots_once_however_many_come_together() -> None:
    async def journey() -> None:
        place = queue(background_slots=64)
        limits = place.limits_of(A)
        await work_all(place, [Job(seconds=0.1) for _ in range(200)])
        grown = limits.background_slots
        assert grown == 64
        await work_all(place, [Job(seconds=0.1, is_refused=True, refusal=0.0) for _ in range(40)])
        assert limits.background_slots == 32

    run_virtually(journey())


def test_the_slots_grow_back_by_one_for_each_success() -> None:
    async def journey() -> None:
        place = queue(background_slots=64)
        limits = place.limits_of(A)
        assert limits.background_slots == FIRST_BACKGROUND_SLOTS
        await work_all(place, [Job(is_refused=True, refusal=0.0)])
        assert limits.background_slots == FIRST_BACKGROUND_SLOTS // 2
        assert limits.is_slow
        await work_all(place, [Job() for _ in range(4)])
        assert limits.background_slots == FIRST_BACKGROUND_SLOTS
        assert not limits.is_slow

    run_virtually(journey())


def test_retry_after_pauses_its_model_in_both_lanes_and_no_other() -> None:
    async def journey() -> None:
        jobs = [
            Job(seconds=1.0, is_refused=True, refusal=30.0),
            late_batch := Job(start=2.0),
            late_person := Job(start=2.0, lane=Lane.INTERACTIVE),
            other := Job(key=B, start=2.0),
        ]
        await work_all(queue(), jobs)
        assert late_batch.began_at == pytest.approx(31.0)
        assert late_person.began_at == pytest.approx(31.0)
        assert late_person.slowed == [True]
        assert other.began_at == pytest.approx(2.0)

    run_virtually(journey())


def test_a_host_that_refuses_everything_sees_a_few_background_requests_a_minute() -> None:
    async def journey() -> None:
        jobs = [Job(seconds=0.05, is_refused=True) for _ in range(400)]
        place = queue(background_slots=64)
        waiting = asyncio.create_task(work_all(place, jobs))
        await asyncio.sleep(600)
        begun = [job.began_at for job in jobs if job.began_at is not None]
        assert len(begun) < FIRST_BACKGROUND_SLOTS + 10 * 2 + 8
        last_minutes = [at for at in begun if at > 300]
        assert 1 <= len(last_minutes) <= 6
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    run_virtually(journey())


def test_hurry_passes_a_pause() -> None:
    async def journey() -> None:
        place = queue()
        await work_all(place, [Job(seconds=0.0, is_refused=True, refusal=300.0)])
        told: list[bool] = []
        ticket = place.ticket(A, Lane.INTERACTIVE, told.append)
        entered = asyncio.create_task(enter(ticket))
        await asyncio.sleep(1)
        assert told == [True]
        assert not entered.done()
        ticket.hurry()
        await entered
        assert asyncio.get_running_loop().time() == pytest.approx(1.0)
        place.close()

    run_virtually(journey())


async def enter(ticket: Ticket) -> None:
    async with ticket:
        return


def test_a_ticket_cancelled_as_it_is_granted_gives_its_slot_back() -> None:
    async def journey() -> None:
        place = queue(interactive_slots=1)
        holder = place.ticket(A, Lane.INTERACTIVE, quiet)
        await holder.__aenter__()
        waiter = asyncio.create_task(enter(place.ticket(A, Lane.INTERACTIVE, quiet)))
        await asyncio.sleep(0)
        await holder.__aexit__(None, None, None)  # grants the waiter, whose task has not run yet
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
        assert (place.running, place.waiting) == (0, 0)
        await enter(place.ticket(A, Lane.INTERACTIVE, quiet))

    run_virtually(journey())


def test_more_slots_in_the_settings_let_waiting_runs_go_at_once() -> None:
    async def journey() -> None:
        place = queue(interactive_slots=1)
        jobs = [Job(lane=Lane.INTERACTIVE, seconds=100.0) for _ in range(3)]
        going = asyncio.create_task(work_all(place, jobs))
        await asyncio.sleep(1)
        assert (place.running, place.waiting) == (1, 2)
        place.change(interactive_slots=3, requests_per_minute=0)
        assert (place.running, place.waiting) == (3, 0)
        await going

    run_virtually(journey())


def test_what_runs_waits_and_is_slowed_is_told() -> None:
    async def journey() -> None:
        events, told = Events(), []
        events.listen(told.append)
        place = queue(events, background_slots=2)
        await work_all(place, [Job(seconds=1.0, is_refused=True, refusal=5.0)])
        going = asyncio.create_task(work_all(place, [Job(), Job(), Job()]))
        await asyncio.sleep(1)
        assert told[-1] == QueueChanged(0, 3, ("a",))
        await going
        await asyncio.sleep(1)
        assert told[-1] == QueueChanged(0, 0, ())
        place.close()

    run_virtually(journey())


def test_the_one_that_finds_out_lets_the_others_go_before_it_is_over() -> None:
    async def journey() -> None:
        place = queue()
        await work_all(place, [Job(seconds=0.0, is_refused=True)])
        async with place.ticket(A, Lane.BACKGROUND, quiet) as probe:
            waiting = [asyncio.create_task(work(place, Job(seconds=50.0))) for _ in range(3)]
            await asyncio.sleep(5)
            assert place.running == 1
            probe.accepted()
            assert place.running == 4
        await asyncio.gather(*waiting)
        place.close()

    run_virtually(journey())
