"""Runs and their parts for tests of the data file: plain ones, and strategies for any."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import strategies as st

from novita_desktop.domain.costs import Cost, PriceBand, Prices, Usage
from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import (
    Attempt,
    GroupKind,
    NewRun,
    RunEnd,
    RunError,
    RunGroup,
    RunStatus,
)
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore

T = TypeVar("T")

NOW = 1_795_000_000_000_000
BASE_URL = "https://api.novita.ai/openai/v1"
MODEL = "deepseek/deepseek-v3.2"
PRICES = Prices((PriceBand(0, 2690, 4000, 1345), PriceBand(32_000, 5380, Fraction(1, 3))))


def with_database(path: Path, work: Callable[[Database], Awaitable[T]], **options: object) -> T:
    """Open the file at `path`, run `work` on it, close it cleanly, return the result."""

    async def run() -> T:
        database = await Database.open(path, **options)  # type: ignore[arg-type]
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def with_runs(path: Path, work: Callable[[RunStore], Awaitable[T]]) -> T:
    """As `with_database`, for what only needs the runs."""
    return with_database(path, lambda database: work(RunStore(database)))


def put(name: str, value: object) -> Callable[[sqlite3.Connection], None]:
    """Work that writes a fact."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    return work


def get(name: str) -> Callable[[sqlite3.Connection], object]:
    """Work that reads a fact."""

    def work(connection: sqlite3.Connection) -> object:
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row and row[0]

    return work


def kept(path: Path, name: str) -> object:
    """What another program sees: only what is committed."""
    with closing(sqlite3.connect(path)) as other:
        return get(name)(other)


NEW_GROUP = RunGroup(GroupKind.PROMPT)


def new_run(group: RunGroup = NEW_GROUP, message: str = "Hello", **changes: object) -> NewRun:
    values: dict[str, object] = {
        "group": group,
        "created_at": NOW,
        "model": MODEL,
        "base_url": BASE_URL,
        "message": message,
        "request_body": '{"model":"m","messages":[]}',
        "prices": PRICES,
        "retry_policy": RetryPolicy.DEFAULT,
        "time_limits": TimeLimits(),
    }
    return NewRun(**{**values, **changes})  # type: ignore[arg-type]


def run_end(text: str = "An answer.", **changes: object) -> RunEnd:
    values: dict[str, object] = {
        "status": RunStatus.SUCCEEDED,
        "ended_at": NOW + 3_000_000,
        "duration_ms": 3000,
        "text": text,
        "cost": Cost(1_000),
        "charged": True,
    }
    return RunEnd(**{**values, **changes})  # type: ignore[arg-type]


async def add_runs(runs: RunStore, count: int, **changes: object) -> list[int]:
    """Add and finish `count` runs in one group; return their ids."""
    group = await runs.add_group(RunGroup(GroupKind.PROMPT), NOW)
    added = await asyncio.gather(
        *(runs.add(new_run(group, f"Message {number}", **changes)) for number in range(count))
    )
    await asyncio.gather(*(runs.finish(run.id, run_end()) for run in added))
    return [run.id for run in added]


# Half surrogate pairs are among the texts: hosts send them, and SQLite refuses them as text.
# Long ones, which are packed, repeat a short one, so that making them up takes little.
short_texts = st.text(alphabet=st.characters(exclude_categories=()), max_size=12)
texts = short_texts | st.builds(lambda text, times: text * times, short_texts, st.integers(30, 99))
plain_texts = st.text(max_size=12)
counts = st.integers(0, 2**40)
maybe_counts = st.none() | counts
prices = st.builds(
    Prices,
    st.lists(
        st.builds(
            PriceBand,
            counts,
            counts | st.fractions(0, 100),
            counts | st.fractions(0, 100),
            st.none() | counts | st.fractions(0, 100),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
pairs = st.lists(st.tuples(short_texts, short_texts), max_size=2).map(tuple)
errors = st.builds(
    RunError,
    code=plain_texts,
    reply=st.builds(
        HostReply, st.none() | st.integers(100, 599), texts, texts, texts, pairs, texts
    ),
    facts=pairs,
    is_retryable=st.booleans(),
)
usages = st.builds(Usage, counts, counts, counts, counts)
attempts = st.builds(
    Attempt,
    number=st.integers(1, 9),
    started_at=counts,
    duration_ms=counts,
    first_word_ms=maybe_counts,
    status=st.none() | st.integers(100, 599),
    error=st.none() | errors,
    charged=st.none() | st.booleans(),
    headers=pairs,
    wait_after_ms=maybe_counts,
)
new_runs = st.builds(
    NewRun,
    group=st.just(NEW_GROUP),
    created_at=counts,
    model=plain_texts,
    base_url=plain_texts,
    message=plain_texts,
    request_body=texts,
    prices=st.none() | prices,
    retry_policy=st.sampled_from(RetryPolicy),
    time_limits=st.builds(TimeLimits, *[st.floats(0, 1e6)] * 3),
    variables=st.dictionaries(plain_texts, texts, max_size=2),
)
run_ends = st.builds(
    RunEnd,
    status=st.sampled_from([status for status in RunStatus if status.is_over]),
    ended_at=counts,
    duration_ms=counts,
    text=texts,
    reasoning=texts,
    raw_response=texts,
    first_word_ms=maybe_counts,
    finish_reason=plain_texts,
    usage=st.none() | usages,
    usage_is_estimate=st.booleans(),
    cost=st.none() | st.builds(Cost, st.integers(0, 2**50), st.booleans()),
    charged=st.none() | st.booleans(),
    error=st.none() | errors,
)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def python(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    """Start `code` in a Python of its own that imports from this source tree."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        **options,  # type: ignore[call-overload]
    )


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Put a file system of that size at `folder`; skip the test where that is not allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("mounting needs root on Linux")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=False
    )
    if done.returncode:
        pytest.skip("this system does not allow mounting")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def run_python(code: str, *arguments: object, **options: object) -> tuple[int, str, str]:
    """Run `code` to its end; return its exit code and what it wrote."""
    process = python(code, *arguments, **options)
    output, errors = process.communicate(timeout=50)
    return process.returncode, output, errors
