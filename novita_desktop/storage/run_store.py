"""Reads and writes runs: what was asked, every attempt, what came back, and what it cost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from novita_desktop.domain.costs import Cost
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.domain.filled_values import FilledValues
from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.requests import Lane
from novita_desktop.domain.runs import (
    Attempt,
    ListedPage,
    ListedRuns,
    NewRun,
    RunDetail,
    RunEnd,
    RunGroup,
    RunProgress,
    RunStatus,
    RunSummary,
)
from novita_desktop.storage import (
    run_bin,
    run_listing,
    run_records,
    run_search,
    run_writes,
    search_index,
    spending_table,
)
from novita_desktop.storage.bundles import Bundles
from novita_desktop.storage.database import Database
from novita_desktop.storage.database_jobs import Work
from novita_desktop.storage.filled_values import filled_values
from novita_desktop.storage.opening import count_runs, note_run_count
from novita_desktop.storage.run_rows import IS_HIDDEN
from novita_desktop.storage.run_writes import Ending, KnownRun
from novita_desktop.storage.worker_thread import in_daemon_thread

T = TypeVar("T")


class RunStore:
    """The runs of one data file. Every method raises StorageError subclasses."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._added = Bundles[NewRun, RunSummary](self._begin_adding)
        self._ended = Bundles[Ending, RunSummary](self._begin_ending)
        self._known: dict[int, tuple[NewRun, RunSummary]] = {}

    async def add_group(self, group: RunGroup, created_at: int) -> RunGroup:
        """Record a group before its runs; return it with its id. `created_at` in unix microseconds."""
        group_id = await self._database.call(
            lambda connection: run_records.add_group(connection, group, created_at)
        )
        return replace(group, id=group_id)

    async def add(self, run: NewRun) -> RunSummary:
        """Record a run as `queued`; when this returns, the run survives a power cut.

        A run of the background lane waits some milliseconds for others.
        """
        is_urgent = run.group.lane is not Lane.BACKGROUND
        summary = await self._added.put(run, is_urgent=is_urgent)
        self._known[summary.id] = (run, summary)
        return summary

    async def save_progress(self, runs: Sequence[RunProgress]) -> None:
        """Keep what unfinished runs do now; a run that is over stays as it is."""
        works: dict[Hashable, Work] = {
            ("progress", run.run_id): partial(run_records.write_progress, progress=run)
            for run in runs
        }
        await self._database.call_late(works)

    async def add_attempt(self, run_id: int, attempt: Attempt) -> None:
        """Record an attempt, or record anew the attempt with its number."""
        self._known.pop(run_id, None)
        work = partial(run_records.write_attempt, run_id=run_id, attempt=attempt)
        await self._database.call_late({("attempt", run_id, attempt.number): work})

    async def finish(
        self, run_id: int, end: RunEnd, last_attempt: Attempt | None = None
    ) -> RunSummary:
        """Record how a run ended, with its last attempt, and book its cost.

        All of it is in one transaction, which is on the disk when this returns; a run of the
        background lane waits some milliseconds for others. Recording an end again replaces the
        first, also in the spending. Raises LookupError for an unknown run.
        """
        new, summary = self._known.pop(run_id, (None, None))
        known = None if new is None or summary is None else KnownRun(summary, new.request_body)
        is_urgent = new is None or new.group.lane is not Lane.BACKGROUND
        return await self._ended.put(Ending(run_id, end, last_attempt, known), is_urgent=is_urgent)

    async def book(self, base_url: str, ended_at: int, cost: Cost) -> None:
        """Count what a run cost that is not kept; `ended_at` in unix microseconds."""
        await self._database.call(
            lambda connection: run_records.book(connection, base_url, ended_at, cost)
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

    async def listed_at(self, place: int, limit: int) -> ListedPage:
        """Return up to `limit` rows of the list of everything that was run, from `place` on."""
        return await self._read(lambda connection: run_listing.rows_at(connection, place, limit))

    async def listed_groups(self, group_ids: Sequence[int]) -> list[ListedRuns]:
        """Return the rows of these groups, without those that are not listed."""
        return await self._read(lambda connection: run_listing.rows_of(connection, group_ids))

    async def count(self) -> int:
        """Return how many runs there are outside the bin."""

        def work(connection: sqlite3.Connection) -> int:
            (deleted,) = connection.execute(
                "SELECT count(*) FROM runs WHERE deleted_at IS NOT NULL"
            ).fetchone()
            return count_runs(connection) - int(deleted)

        return await self._database.read(work)

    async def search(
        self, query: HistoryQuery, before: int | None = None, limit: int = 200
    ) -> list[RunSummary]:
        """Return up to `limit` runs that `query` asks for, with ids below `before`, newest first.

        Cancelling the caller ends the search. Runs are found by words once they are over.
        """
        return await self._read_aside(
            lambda connection: run_search.search(connection, query, before, limit)
        )

    async def search_ids(
        self, query: HistoryQuery, before: int | None = None, limit: int = 1_000
    ) -> list[int]:
        """Return as `search` does the ids alone."""
        return await self._read_aside(
            lambda connection: run_search.ids(connection, query, before, limit)
        )

    async def count_found(self, query: HistoryQuery, most: int) -> int:
        """Return how many runs `query` asks for, at most `most`: counting all takes too long."""
        return await self._read_aside(lambda connection: run_search.count(connection, query, most))

    async def is_match(self, query: HistoryQuery, run_id: int) -> bool:
        """Return whether a run is among those that `query` asks for."""
        return await self._read_aside(
            lambda connection: run_search.is_match(connection, query, run_id)
        )

    async def filled_values(self, preset_id: int | None, limit: int) -> list[FilledValues]:
        """Return what the variables of up to `limit` runs were filled in with, newest first.

        They are the runs of one preset, or all.
        """
        return await self._read_aside(
            lambda connection: filled_values(connection, preset_id, limit)
        )

    async def is_hidden(self, run_id: int) -> bool:
        """Return whether a run stands in a blind round that is not judged yet."""

        def work(connection: sqlite3.Connection) -> bool:
            row = connection.execute(
                f"SELECT 1 FROM runs WHERE id = ? AND {IS_HIDDEN}",  # noqa: S608  # a constant
                (run_id,),
            ).fetchone()
            return row is not None

        return await self._database.read(work)

    async def index_waiting(self, limit: int) -> int:
        """Index up to `limit` runs that are over and not found by words yet; return how many."""
        return await self._database.call(
            lambda connection: search_index.put_in_waiting(connection, limit)
        )

    async def family(self, run_id: int, limit: int = 100) -> list[RunSummary]:
        """Return the first run that `run_id` goes back to and every retry of it, oldest first."""
        return await self._read(lambda connection: run_records.family(connection, run_id, limit))

    async def set_star(self, run_ids: Sequence[int], *, is_starred: bool) -> None:
        """Give runs a star, or take it away."""
        self._forget(run_ids)
        await self._database.call(
            lambda connection: run_records.set_star(connection, run_ids, is_starred=is_starred)
        )

    async def set_note(self, run_id: int, note: str) -> None:
        """Write a person's note on a run; an empty one takes it away."""
        self._forget([run_id])
        await self._database.call(lambda connection: run_records.set_note(connection, run_id, note))

    async def delete(self, run_ids: Sequence[int], now: int) -> list[int]:
        """Move runs to the bin, all or none; return those moved: a live run stays."""
        return await self._database.call(
            lambda connection: run_bin.put_in(connection, run_ids, now)
        )

    async def restore(self, run_ids: Sequence[int]) -> list[int]:
        """Bring runs back from the bin, all or none; return those that were in it."""
        return await self._database.call(lambda connection: run_bin.take_out(connection, run_ids))

    async def empty_bin(self, moment: int) -> int:
        """Remove for good some of the runs deleted before `moment`; return how many, 0 at the end.

        The note of the number of runs is lowered first: a crash in between must not make the
        next start miss runs that a person deleted.
        """

        def look(connection: sqlite3.Connection) -> tuple[int, int]:
            return run_bin.count_older(connection, moment), count_runs(connection)

        old, there = await self._database.read(look)
        if not old:
            return 0
        path = self._database.path
        await in_daemon_thread(lambda: note_run_count(path, there - old))
        return await self._database.call(lambda connection: run_bin.empty(connection, moment))

    async def scrub_index(self) -> bool:
        """Take what was removed out of the index's older pages; return whether more is left."""
        return await self._database.call(search_index.scrub)

    async def spent_between(self, start: int, end: int) -> tuple[int, int]:
        """Return exact and estimated units (10^-10 USD) of runs that ended in a span of time.

        `start` (inside) and `end` (outside) are unix microseconds, moved back to a quarter of an
        hour; the midnights of every time zone fall on one.
        """
        return await self._database.read(
            lambda connection: spending_table.spent_between(connection, start, end)
        )

    def _begin_adding(self, runs: Sequence[NewRun]) -> asyncio.Future[list[RunSummary]]:
        return self._database.begin(lambda connection: run_writes.add_all(connection, runs))

    def _begin_ending(self, endings: Sequence[Ending]) -> asyncio.Future[list[RunSummary]]:
        return self._database.begin(lambda connection: run_writes.finish_all(connection, endings))

    def _forget(self, run_ids: Sequence[int]) -> None:
        """Read these runs again when they end, and let ends that wait be written first."""
        for run_id in run_ids:
            self._known.pop(run_id, None)
        self._ended.send()

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._database.read(self._checked(work))

    async def _read_aside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._database.read_aside(self._checked(work))

    def _checked(
        self, work: Callable[[sqlite3.Connection], T]
    ) -> Callable[[sqlite3.Connection], T]:
        def checked(connection: sqlite3.Connection) -> T:
            try:
                return work(connection)
            except (TypeError, ValueError) as error:
                message = f"a stored run is not whole: {error}"
                raise DatabaseDamaged(message, path=str(self._database.path)) from error

        return checked
