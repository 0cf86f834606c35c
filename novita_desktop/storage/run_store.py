"""Reads and writes runs: what was asked, every attempt, what came back, and what it cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.runs import (
    Attempt,
    NewRun,
    RunDetail,
    RunEnd,
    RunGroup,
    RunStatus,
    RunSummary,
)
from novita_desktop.storage import run_records, spending_table
from novita_desktop.storage.database import Database
from novita_desktop.storage.opening import count_runs
from novita_desktop.storage.stored_text import storable

T = TypeVar("T")


class RunStore:
    """The runs of one data file. Every method raises StorageError subclasses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_group(self, group: RunGroup, created_at: int) -> int:
        """Record what a person started; return its id. `created_at` in unix microseconds."""

        def work(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO run_groups (kind, title, lane, created_at) VALUES (?, ?, ?, ?)",
                (group.kind, storable(group.title), group.lane, created_at),
            )
            return run_records.new_id(cursor)

        return await self._database.call(work)

    async def add(self, run: NewRun) -> RunSummary:
        """Record a run as `queued`; when this returns, the run survives a power cut."""
        return await self._database.call(lambda connection: run_records.add(connection, run))

    async def set_status(self, run_id: int, status: RunStatus) -> None:
        """Record what an unfinished run does now; a run that is over stays as it is."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE runs SET status = ? WHERE id = ? AND ended_at IS NULL", (status, run_id)
            )

        await self._database.call_late(("status", run_id), work)

    async def save_progress(self, run_id: int, text: str, reasoning: str) -> None:
        """Keep what has arrived so far of an unfinished run's answer; the whole of it each time."""

        def work(connection: sqlite3.Connection) -> None:
            run_records.write_progress(connection, run_id, text, reasoning)

        await self._database.call_late(("progress", run_id), work)

    async def add_attempt(self, run_id: int, attempt: Attempt) -> None:
        """Record an attempt, or record anew the attempt with its number."""

        def work(connection: sqlite3.Connection) -> None:
            run_records.write_attempt(connection, run_id, attempt)

        await self._database.call_late(("attempt", run_id, attempt.number), work)

    async def finish(self, run_id: int, end: RunEnd) -> RunSummary:
        """Record how a run ended and book its cost, in one transaction that is on the disk then.

        Recording an end again replaces the first, also in the spending. Raises LookupError for
        an unknown run.
        """
        return await self._database.call(
            lambda connection: run_records.finish(connection, run_id, end)
        )

    async def interrupt_unfinished(self, now: int) -> int:
        """Mark every run that was not over as `interrupted`, keeping its partial answer.

        Called at start, before anything is sent; returns how many there were.
        """

        def work(connection: sqlite3.Connection) -> int:
            return connection.execute(
                "UPDATE runs SET status = ?, ended_at = ? WHERE ended_at IS NULL",
                (RunStatus.INTERRUPTED, now),
            ).rowcount

        return await self._database.call(work)

    async def summary(self, run_id: int) -> RunSummary | None:
        """Return a run as lists show it, or None."""
        return await self._read(lambda connection: run_records.summary(connection, run_id))

    async def detail(self, run_id: int) -> RunDetail | None:
        """Return everything kept about a run, or None."""
        return await self._read(lambda connection: run_records.detail(connection, run_id))

    async def text_of(self, run_id: int) -> tuple[str, str]:
        """Return a run's answer and reasoning as far as they are kept, empty when there are none."""
        return await self._read(lambda connection: run_records.text_of(connection, run_id))

    async def page(self, before: int | None = None, limit: int = 200) -> list[RunSummary]:
        """Return up to `limit` runs with ids below `before`, newest first.

        Going by key takes the same time at any depth.
        """
        return await self._read(lambda connection: run_records.page(connection, before, limit))

    async def count(self) -> int:
        """Return how many runs there are."""
        return await self._database.read(count_runs)

    async def spent_between(self, start: int, end: int) -> tuple[int, int]:
        """Return exact and estimated units (10^-10 USD) of runs that ended in a span of time.

        `start` (inside) and `end` (outside) are unix microseconds, moved back to a quarter of an
        hour; the midnights of every time zone fall on one.
        """
        return await self._database.read(
            lambda connection: spending_table.spent_between(connection, start, end)
        )

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def checked(connection: sqlite3.Connection) -> T:
            try:
                return work(connection)
            except (TypeError, ValueError) as error:
                message = f"a stored run is not whole: {error}"
                raise DatabaseDamaged(message, path=str(self._database.path)) from error

        return await self._database.read(checked)
