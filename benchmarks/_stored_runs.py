"""Finished runs for benchmarks of the data file: words of a steady, made-up language."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

from novita_desktop.domain.costs import Cost, PriceBand, Prices, Usage
from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.domain.runs import Attempt, GroupKind, NewRun, RunEnd, RunGroup, RunStatus
from novita_desktop.storage.database import Database
from novita_desktop.storage.run_store import RunStore

WRITERS = 256
TEXT_BYTES = 1_000
_PRICES = Prices((PriceBand(0, 2690, 4000, 1345),))
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def texts(seed: int) -> Iterator[str]:
    """Yield texts of about TEXT_BYTES, with common and rare words as real ones have."""
    chance = random.Random(seed)  # texts, not secrets
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    while True:
        picks = (int(20_000 * chance.random() ** 3) for _ in range(TEXT_BYTES // 7))
        yield " ".join(words[pick] for pick in picks)


async def fill(path: Path, count: int, first_moment: int = 1_790_000_000_000_000) -> int:
    """Store `count` finished runs, a minute apart; return how many bytes of text they hold."""
    database = await Database.open(path)
    store = RunStore(database)
    group = await store.add_group(RunGroup(GroupKind.PROMPT), first_moment)
    text = texts(7)
    written = 0

    async def store_one(number: int) -> None:
        nonlocal written
        answer, moment = next(text), first_moment + number * 60_000_000
        message = answer[:200]
        body = f'{{"model":"deepseek/deepseek-v3.2","messages":[{{"content":"{message}"}}]}}'
        written += len(answer) + len(body)
        new = NewRun(
            group, moment, "deepseek/deepseek-v3.2", "https://api.novita.ai/openai/v1",
            message, body, _PRICES, RetryPolicy.DEFAULT, TimeLimits(),
        )  # fmt: skip
        summary = await store.add(new)
        await store.add_attempt(summary.id, Attempt(1, moment, 1500, 400, 200))
        await store.finish(
            summary.id,
            RunEnd(
                RunStatus.SUCCEEDED, moment + 1_500_000, 1500, answer,
                usage=Usage(50, 250), cost=Cost(1_134_500), charged=True, finish_reason="stop",
            ),
        )  # fmt: skip

    async def write(numbers: Iterator[int]) -> None:
        for number in numbers:
            await store_one(number)

    numbers = iter(range(count))
    await asyncio.gather(*(write(numbers) for _ in range(WRITERS)))
    await database.close()
    return written
