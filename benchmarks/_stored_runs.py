"""Finished runs for benchmarks of the data file: words of a steady, made-up language."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from novita_desktop.domain.costs import Cost, PriceBand, Prices, Usage
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import Attempt, GroupKind, NewRun, RunEnd, RunGroup, RunStatus
from novita_desktop.storage import run_writes
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore

WRITERS = 256
RUNS_IN_BULK = 5_000
RUNS_IN_A_STATEMENT = 100
TEXT_BYTES = 1_000
FIRST_MOMENT = 1_790_000_000_000_000
MODEL = "deepseek/deepseek-v3.2"
_PRICES = Prices((PriceBand(0, 2690, 4000, 1345),))
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def texts(seed: int) -> Iterator[str]:
    """Yield texts of about TEXT_BYTES, with common and rare words as real ones have."""
    chance = random.Random(seed)  # texts, not secrets
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    while True:
        picks = (int(20_000 * chance.random() ** 3) for _ in range(TEXT_BYTES // 7))
        yield " ".join(words[pick] for pick in picks)


def _runs(count: int, first_moment: int) -> Iterator[tuple[NewRun, Attempt, RunEnd]]:
    """Yield finished runs, a minute apart, each in a group of its own as the Prompt page makes them."""
    text = texts(7)
    for number in range(count):
        answer, moment = next(text), first_moment + number * 60_000_000
        message = answer[:200]
        body = f'{{"model":"{MODEL}","messages":[{{"role":"user","content":"{message}"}}]}}'
        yield (
            NewRun(
                RunGroup(GroupKind.PROMPT), moment, MODEL, "https://api.novita.ai/openai/v1",
                message, body, _PRICES, RetryPolicy.DEFAULT, TimeLimits(),
            ),
            Attempt(1, moment, 1500, 400, 200),
            RunEnd(
                RunStatus.SUCCEEDED, moment + 1_500_000, 1500, answer,
                usage=Usage(50, 250), cost=Cost(1_134_500), charged=True, finish_reason="stop",
            ),
        )  # fmt: skip


async def fill(path: Path, count: int, first_moment: int = FIRST_MOMENT) -> int:
    """Store `count` finished runs as the program does; return how many bytes of text they hold."""
    database = await Database.open(path)
    store = RunStore(database)
    written = 0

    async def write(runs: Iterator[tuple[NewRun, Attempt, RunEnd]]) -> None:
        nonlocal written
        for new, attempt, end in runs:
            written += len(new.request_body) + len(end.text)
            summary = await store.add(new)
            await store.finish(summary.id, end, attempt)

    runs = _runs(count, first_moment)
    await asyncio.gather(*(write(runs) for _ in range(WRITERS)))
    await database.close()
    return written


async def fill_in_bulk(path: Path, count: int, first_moment: int = FIRST_MOMENT) -> None:
    """Store the same rows as `fill`, thousands in a transaction: a million in minutes."""
    database = await Database.open(path)
    runs = _runs(count, first_moment)

    def write_some(connection: sqlite3.Connection) -> bool:
        some = list(islice(runs, RUNS_IN_BULK))
        for start in range(0, len(some), RUNS_IN_A_STATEMENT):
            part = some[start : start + RUNS_IN_A_STATEMENT]
            added = run_writes.add_all(connection, [new for new, _, _ in part])
            endings = [
                run_writes.Ending(run.id, end, attempt)
                for run, (_, attempt, end) in zip(added, part, strict=True)
            ]
            run_writes.finish_all(connection, endings)
        return bool(some)

    while await database.call(write_some):
        pass
    await database.close()
