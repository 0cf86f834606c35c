"""The one thread that owns the data file's connection, and how its writes share transactions.

A commit that reaches the disk costs milliseconds, whatever it holds. So writes are grouped: all
that wait when the thread looks are committed together. Whoever needs a write on the disk waits
for that commit; a write that may be late (progress of a streaming answer) is told done at once
and committed with the next group, at most 250 ms later.

The thread is a daemon: a disk that hangs never keeps the program from ending.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Final

from novita_desktop.domain.errors import StorageError
from novita_desktop.storage.database_jobs import Answers, Job, Kind, Work
from novita_desktop.storage.failures import Failure, storage_error_of

logger = logging.getLogger(__name__)

GROUP_SECONDS: Final = 0.25
"""How long a write that may be late stays uncommitted."""

GROUP_WRITES: Final = 500
"""How many writes share a transaction at most."""

REPEAT_SECONDS: Final = 1.0
"""How soon writes that were told done, but could not be committed, are tried again."""


class DatabaseThread:
    """Runs jobs one after another on `connection`, which only this thread uses.

    `on_trouble` is called, in this thread, when late writes could not be committed; they are
    kept and tried again, and it is not called anew before a commit has succeeded.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        on_trouble: Callable[[StorageError], None],
    ) -> None:
        self._connection = connection
        self._path = path
        self._on_trouble = on_trouble
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._answers = Answers()
        self._uncommitted: list[tuple[Job, object]] = []
        self._late: dict[Hashable, Work] = {}
        self._kept: dict[Hashable, Work] = {}
        self._began_at = 0.0
        self._write_count = 0
        self._refusal: Exception | None = None
        self._trouble: StorageError | None = None
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def put(self, job: Job) -> None:
        """Queue a job; its future is answered on the future's own loop."""
        self._jobs.put(job)

    def _run(self) -> None:
        is_last = False
        while not is_last:
            jobs = self._next_jobs()
            self._refusal = None
            try:
                for job in jobs:
                    is_last = is_last or job.kind is Kind.LAST
                    self._do(job)
                self._answers.send()
                if is_last:
                    break
                if self._is_commit_due(jobs):
                    self._commit()
                elif not jobs and self._kept:
                    self._repeat_kept()
            except Exception as error:  # a bug here must not leave callers waiting for ever
                logger.exception("the database thread failed")
                self._give_up_group(StorageError(str(error), path=str(self._path)))
                for job in jobs:
                    self._answers.add(job, error=error)
            self._answers.send()
        self._refuse_rest()

    def _next_jobs(self) -> list[Job]:
        try:
            jobs = [self._jobs.get(timeout=self._patience())]
        except queue.Empty:
            return []
        while len(jobs) < GROUP_WRITES:
            try:
                jobs.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return jobs

    def _patience(self) -> float | None:
        if self._connection.in_transaction:
            return max(0.0, self._began_at + GROUP_SECONDS - time.monotonic())
        return REPEAT_SECONDS if self._kept else None

    def _is_commit_due(self, jobs: list[Job]) -> bool:
        if not self._connection.in_transaction:
            return False
        is_old = time.monotonic() >= self._began_at + GROUP_SECONDS
        return bool(self._uncommitted) or is_old or self._write_count >= GROUP_WRITES or not jobs

    def _do(self, job: Job) -> None:
        if job.kind in {Kind.READ, Kind.LAST}:
            self._read_or_end(job)
            return
        if self._refusal is not None:
            self._answers.add(job, error=self._refusal)
            return
        try:
            self._begin()
            result = self._in_savepoint(job.work)
        except Exception as error:  # noqa: BLE001  # told to whoever waits for the job
            self._answers.add(job, error=self._translated(error))
            if not self._connection.in_transaction:
                # SQLite rolls the whole transaction back after some failures.
                self._give_up_group(self._translated(error))
            return
        self._write_count += 1
        if job.kind is Kind.WRITE:
            self._uncommitted.append((job, result))
        else:
            self._late.update(job.parts or {})
            self._answers.add(job, result)

    def _read_or_end(self, job: Job) -> None:
        if job.kind is Kind.LAST:
            if self._kept:
                self._repeat_kept()
            self._commit()
        try:
            result = job.work(self._connection)
        except Exception as error:  # noqa: BLE001  # told to whoever waits for the job
            self._answers.add(job, error=self._translated(error))
        else:
            is_lost = job.kind is Kind.LAST and bool(self._kept)
            self._answers.add(job, result, self._trouble if is_lost else None)

    def _begin(self) -> None:
        if self._connection.in_transaction:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            # The others that wait now must not each sit out the same lock.
            self._refusal = self._translated(error)
            raise
        self._began_at = time.monotonic()
        self._late, self._kept = self._kept, {}
        try:
            self._repeat(self._late)
        except sqlite3.Error:
            self._kept, self._late = self._late, {}
            self._write_count = 0
            self._roll_back()
            raise

    def _repeat(self, works: dict[Hashable, Work]) -> None:
        for key, work in tuple(works.items()):
            try:
                self._in_savepoint(work)
            except sqlite3.IntegrityError:
                # What it belongs to is gone; trying again for ever would block every write.
                logger.exception("a kept write does not fit any more")
                del works[key]
            self._write_count += 1

    def _roll_back(self) -> None:
        if not self._connection.in_transaction:
            return
        try:
            self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            logger.exception("the transaction could not be rolled back")

    def _in_savepoint(self, work: Work) -> object:
        """Run one write so that its failure takes none of its group with it."""
        self._connection.execute("SAVEPOINT job")
        try:
            result: object = work(self._connection)
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO job")
                self._connection.execute("RELEASE job")
            raise
        self._connection.execute("RELEASE job")
        return result

    def _commit(self) -> None:
        if not self._connection.in_transaction:
            return
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up_group(self._translated(error))
            return
        done, self._uncommitted = self._uncommitted, []
        self._late = {}
        self._write_count = 0
        self._trouble = None
        for job, result in done:
            self._answers.add(job, result)

    def _give_up_group(self, error: Exception) -> None:
        """Tell everyone who waits that nothing was kept; keep the late writes for another try."""
        self._roll_back()
        failed, self._uncommitted = self._uncommitted, []
        had_late = bool(self._late)
        self._kept = {**self._kept, **self._late}
        self._late = {}
        self._write_count = 0
        if had_late and self._trouble is None and isinstance(error, StorageError):
            self._trouble = error
            self._on_trouble(error)
        for job, _ in failed:
            self._answers.add(job, error=error)

    def _repeat_kept(self) -> None:
        try:
            self._begin()
        except sqlite3.Error as error:
            logger.info("kept writes cannot be stored yet: %s", type(error).__name__)
        else:
            self._commit()

    def _translated(self, error: Exception) -> Exception:
        if isinstance(error, Failure):
            translated = storage_error_of(error, self._path)
            translated.__cause__ = error
            return translated
        if isinstance(error, StopIteration):
            return RuntimeError("work for the data file raised StopIteration")
        return error

    def _refuse_rest(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            self._answers.add(job, error=closed_error(self._path))
            self._answers.send()


def closed_error(path: Path) -> StorageError:
    """Return the error for work that comes after the end."""
    return StorageError("the data file is closed", path=str(path))
