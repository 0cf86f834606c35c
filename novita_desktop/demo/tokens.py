"""Splits text into pieces of about four characters, which stand for a model's tokens."""

import re
from typing import Final

CHARACTERS_PER_TOKEN: Final = 4

_EAST_ASIAN: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PIECE: Final = re.compile(
    rf" ?[^\W{_EAST_ASIAN}]{{1,7}}|[{_EAST_ASIAN}]{{1,2}}| ?[^\w\s]|\n+|\s", re.DOTALL
)


def split_tokens(text: str) -> list[str]:
    """Return the pieces of `text`; joined, they are `text` again."""
    return _PIECE.findall(text)


def estimate_tokens(text: str) -> int:
    """Return about how many tokens `text` has: one for each four characters, rounded up."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)
