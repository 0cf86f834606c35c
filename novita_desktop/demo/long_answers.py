"""Writes very long Markdown: headings, long paragraphs, lists, tables and code."""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Final

from novita_desktop.demo.tokens import split_tokens

_WORDS: Final = (
    "river", "window", "letter", "garden", "answer", "mountain", "question", "paper", "morning",
    "village", "careful", "bright", "quiet", "slowly", "between", "across", "number", "colour",
)  # fmt: skip


@lru_cache(maxsize=8)
def long_answer(tokens: int, note: str) -> str:
    """Return Markdown of exactly `tokens` tokens that begins with the mark `note`."""
    pieces = split_tokens(f"*{note}*\n\n")
    for section in count(1):
        if len(pieces) >= tokens:
            break
        for write in _SECTION:
            pieces += split_tokens(write(section) + "\n\n")
    return "".join(pieces[:tokens])


def _sentence(seed: int, length: int) -> str:
    words = [_WORDS[(seed * 7 + index * 5) % len(_WORDS)] for index in range(length)]
    return " ".join(words).capitalize() + "."


def _heading(section: int) -> str:
    return f"## Part {section}: the {_WORDS[section % len(_WORDS)]}"


def _paragraph(section: int) -> str:
    sentences = [_sentence(section + index, 9 + index % 7) for index in range(60)]
    sentences[3] = f"**{sentences[3]}** It has `code`, *emphasis* and ünïcödé 漢字 😀."
    return " ".join(sentences)


def _short_paragraph(section: int) -> str:
    return " ".join(_sentence(section * 3 + index, 8) for index in range(4))


def _list(section: int) -> str:
    lines = []
    for index in range(60):
        lines.append(f"- {_sentence(section + index, 6)}")
        if index % 5 == 4:
            lines.append(f"  - {_sentence(section + index, 4)}")
    return "\n".join(lines)


def _numbered(section: int) -> str:
    return "\n".join(f"{line}. {_sentence(section + line, 7)}" for line in range(1, 41))


def _table(section: int) -> str:
    rows = "\n".join(
        f"| {line} | {_WORDS[(section + line) % len(_WORDS)]} | {line * section} | "
        f"{_sentence(line, 4)} |"
        for line in range(1, 121)
    )
    return f"| No. | Name | Amount | Remark |\n| ---: | --- | ---: | --- |\n{rows}"


def _code(section: int) -> str:
    lines = "\n".join(
        f'    if value == {line}:  # {_sentence(line, 3)}\n        return "{_WORDS[line % 18]}"'
        for line in range(60)
    )
    return f"```python\ndef part_{section}(value):\n{lines}\n    return None\n```"


def _quote(section: int) -> str:
    return "\n".join(f"> {_sentence(section + index, 8)}" for index in range(5))


_SECTION: Final[tuple[Callable[[int], str], ...]] = (
    _heading, _short_paragraph, _paragraph, _list, _code, _short_paragraph, _table, _quote, _numbered,
)  # fmt: skip
