"""Work for the database thread, and how its callers are told the outcome."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

logger = logging.getLogger(__name__)

Work = Callable[[sqlite3.Connection], Any]


class Kind(Enum):
    """What a job does to the file, and when its caller is told."""

    READ = auto()
    WRITE = auto()
    LATE_WRITE = auto()
    LAST = auto()


@dataclass(slots=True, eq=False)
class Job:
    """Work for the thread; a late write's `parts` replace older ones of their names."""

    work: Work
    kind: Kind
    future: asyncio.Future[Any]
    parts: Mapping[Hashable, Work] | None = None


@dataclass(slots=True)
class _Answer:
    future: asyncio.Future[Any]
    result: object
    error: Exception | None


class Answers:
    """Outcomes on their way to callers, which each wait on a loop of their own."""

    def __init__(self) -> None:
        self._ready: list[_Answer] = []

    def add(self, job: Job, result: object = None, error: Exception | None = None) -> None:
        """Hold an outcome until `send`."""
        self._ready.append(_Answer(job.future, result, error))

    def send(self) -> None:
        """Tell everyone, waking each loop once: a wake-up per job costs more than the job."""
        ready, self._ready = self._ready, []
        by_loop: dict[asyncio.AbstractEventLoop, list[_Answer]] = {}
        for answer in ready:
            by_loop.setdefault(answer.future.get_loop(), []).append(answer)
        for loop, answers in by_loop.items():
            try:
                loop.call_soon_threadsafe(_settle, answers)
            except RuntimeError:
                logger.debug(
                    "nobody waits for %d finished jobs: their loop is closed", len(answers)
                )


def _settle(answers: list[_Answer]) -> None:
    for answer in answers:
        if answer.future.done():
            continue
        if answer.error is not None:
            answer.future.set_exception(answer.error)
        else:
            answer.future.set_result(answer.result)
