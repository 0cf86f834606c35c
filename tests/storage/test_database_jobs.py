"""Outcomes reach whoever waits, on the loop they wait on."""

from __future__ import annotations

import asyncio
import threading

import pytest

from novita_desktop.storage.database_jobs import Answers, Job, Kind


def job_on(loop: asyncio.AbstractEventLoop) -> Job:
    return Job(lambda _: None, Kind.READ, loop.create_future())


def test_results_and_failures_arrive_together_on_the_waiting_loop() -> None:
    async def work() -> None:
        jobs = [job_on(asyncio.get_running_loop()) for _ in range(3)]
        jobs[1].future.cancel()
        answers = Answers()

        def answer() -> None:
            answers.add(jobs[0], 5)
            answers.add(jobs[1], 6)
            answers.add(jobs[2], error=KeyError("x"))
            answers.send()
            answers.send()

        threading.Thread(target=answer).start()
        assert await jobs[0].future == 5
        with pytest.raises(KeyError):
            await jobs[2].future
        assert jobs[1].future.cancelled()

    asyncio.run(work())


def test_a_closed_loop_does_not_keep_others_from_their_answers() -> None:
    async def work() -> None:
        gone = asyncio.new_event_loop()
        lost, waiting = job_on(gone), job_on(asyncio.get_running_loop())
        gone.close()
        answers = Answers()
        answers.add(lost, 1)
        answers.add(waiting, 2)
        answers.send()
        assert await waiting.future == 2

    asyncio.run(work())
