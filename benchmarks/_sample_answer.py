"""A long answer in Markdown, made of words by rule, the same on every machine."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final

_WORDS: Final = [
    "the",
    "of",
    "a",
    "review",
    "model",
    "answer",
    "battery",
    "because",
    "hinge",
    "support",
    "ticket",
    "after",
    "before",
    "customer",
    "quality",
    "describes",
    "which",
    "several",
    "three",
    "weeks",
    "although",
    "measured",
    "percent",
    "price",
    "context",
    "remarkably",
    "under",
    "between",
    "every",
    "summary",
    "reply",
    "costs",
    "token",
    "latency",
    "throughput",
    "schedule",
]
_TOKEN: Final = re.compile(r"\s*\S{1,6}|\s+")


def tokens_of(text: str) -> list[str]:
    """Return `text` cut about as models cut it: a short word, or a part of a longer one."""
    return _TOKEN.findall(text)


def sample_tokens(count: int, seed: int) -> list[str]:
    """Return `count` tokens of an answer with every kind of block, long ones among them."""
    tokens: list[str] = []
    for section in _sections(random.Random(seed)):
        tokens += tokens_of(section)
        if len(tokens) >= count:
            break
    return tokens[:count]


def _sections(chance: random.Random) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"## Section {number}: {_sentence(chance, 5)}\n\n"
        yield _paragraph(chance, 60) + "\n\n"
        yield _list(chance, 12, nested=True) + "\n"
        yield _code(chance, 30)
        yield _table(chance, 12)
        if number % 3 == 0:
            yield _paragraph(chance, 700) + "\n\n"
            yield _list(chance, 120, nested=False) + "\n"
            yield _table(chance, 150)
            yield _code(chance, 150)
            yield f"> {_paragraph(chance, 40)}\n\n---\n\n"


def _sentence(chance: random.Random, length: int) -> str:
    words = [chance.choice(_WORDS) for _ in range(length)]
    words[length // 2] = f"**{words[length // 2]}**"
    if chance.random() < 0.3:
        words[-1] = f"`{words[-1]}`"
    if chance.random() < 0.1:
        words[0] = f"[{words[0]}](https://example.com/{words[0]})"
    return " ".join(words).capitalize()


def _paragraph(chance: random.Random, words: int) -> str:
    return " ".join(f"{_sentence(chance, 10)}." for _ in range(words // 10))


def _list(chance: random.Random, items: int, *, nested: bool) -> str:
    lines = []
    for number in range(1, items + 1):
        lines.append(f"{number}. {_sentence(chance, 9)}")
        if nested and number % 3 == 0:
            lines.append(f"   - {_sentence(chance, 6)}")
    return "\n".join(lines) + "\n"


def _table(chance: random.Random, rows: int) -> str:
    lines = ["| name | context | price | remark |", "| --- | ---: | ---: | --- |"]
    lines += (
        f"| {chance.choice(_WORDS)} {row} | {chance.randrange(999)}K | ${chance.random():.2f} "
        f"| {_sentence(chance, 5)} |"
        for row in range(rows)
    )
    return "\n".join(lines) + "\n\n"


def _code(chance: random.Random, lines: int) -> str:
    body = "\n".join(
        f"    {chance.choice(_WORDS)}_{line} = measure({line}, '{chance.choice(_WORDS)}')  # {line}"
        for line in range(lines)
    )
    return f"```python\ndef work():\n{body}\n```\n\n"
