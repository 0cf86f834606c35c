"""Covers the names of models in a text, for a comparison in which nobody is to know who wrote it.

The text itself stays as it is: only what is shown goes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

COVER: Final = "████"
"""What stands in place of a name; always as long, so that its length tells nothing."""

_HELD_CHARACTERS: Final = 40
"""How much of a growing text is held back: a name may be cut anywhere when it arrives."""

_WORD: Final = re.compile(r"[A-Za-z]+")
_REST: Final = r"[ -]v?\d[\w.-]*\w|[ -]v?\d|[ -](?:instruct|thinking|preview|chat|base)\b"
_INSIDE: Final = re.compile(r"[\w.'-]", re.ASCII)
_PLAIN_WORDS: Final = frozenset(
    [
        "ai",
        "base",
        "chat",
        "coder",
        "code",
        "distill",
        "dev",
        "experimental",
        "exp",
        "flash",
        "free",
        "hermes",
        "instruct",
        "instructor",
        "it",
        "large",
        "lite",
        "math",
        "max",
        "mini",
        "mixture",
        "medium",
        "next",
        "nano",
        "org",
        "pro",
        "preview",
        "reasoner",
        "reasoning",
        "research",
        "small",
        "spec",
        "standard",
        "tiny",
        "thinking",
        "turbo",
        "ultra",
        "unlimited",
        "vision",
        "vl",
        "omni",
        "open",
        "lab",
        "labs",
        "the",
    ]
)
_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "deepseek": ("deep seek", "深度求索"),
    "ernie": ("baidu", "wenxin", "百度", "文心一言"),
    "gemma": ("google", "gemini"),
    "glm": ("zhipu", "z.ai", "chatglm", "zai", "智谱"),
    "gpt": ("openai", "chatgpt"),
    "kimi": ("moonshot", "月之暗面"),
    "llama": ("meta ai", "meta's"),
    "qwen": ("alibaba", "tongyi", "qwq", "阿里云", "通义千问"),
}
"""What models of a family call themselves besides what stands in their ids."""


def names_of(model_ids: Iterable[str]) -> frozenset[str]:
    """Return what, in lower case, these models may call themselves, from their ids and names."""
    found: set[str] = set()
    whole: set[str] = set()
    for model_id in model_ids:
        whole.add(model_id.lower())
        whole.add(model_id.rpartition("/")[2].lower())
        for match in _WORD.finditer(model_id):
            word = match.group().lower()
            if len(word) > 2 and word not in _PLAIN_WORDS:
                found.add(word)
    for family, aliases in _ALIASES.items():
        if any(word.startswith(family) or word in aliases for word in found):
            found.update((family, *aliases))
    # A maker's name that is a plain word in most texts is only covered where it is a name.
    found.discard("meta")
    return frozenset(found | whole - {""})


class NameMask:
    """Covers names in a text that arrives in pieces. Without names it passes everything on."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        words = sorted((re.escape(name) for name in names), key=len, reverse=True)
        self._pattern = (
            # The version or the kind that follows a name tells as much as the name.
            re.compile(
                rf"(?<![A-Za-z])(?:{'|'.join(words)})(?:[\w.-]*\w)?(?:{_REST})*",
                re.IGNORECASE,
            )
            if words
            else None
        )
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take a piece; return what may be shown of the text by now and was not returned yet."""
        if self._pattern is None:
            return piece
        self._held += piece
        cut = self._cut(self._pattern, self._held)
        shown, self._held = self._held[:cut], self._held[cut:]
        return self._pattern.sub(COVER, shown)

    def finish(self) -> str:
        """Return what was held back: the text is complete."""
        shown, self._held = self._held, ""
        return shown if self._pattern is None else self._pattern.sub(COVER, shown)

    def _cut(self, pattern: re.Pattern[str], text: str) -> int:
        """Return the last place, far enough from the end, at which no name is cut; 0 for none."""
        spans = [match.span() for match in pattern.finditer(text)]
        for place in range(len(text) - _HELD_CHARACTERS, 0, -1):
            is_in_name = any(start < place < end for start, end in spans)
            if not is_in_name and not _is_inside_word(text, place):
                return place
        return 0

    def covered(self, text: str) -> str:
        """Return a whole text as it may be shown."""
        return text if self._pattern is None else self._pattern.sub(COVER, text)


def _is_inside_word(text: str, place: int) -> bool:
    """Whether `place` stands between two characters of one word or version."""
    return bool(_INSIDE.fullmatch(text[place - 1]) and _INSIDE.fullmatch(text[place]))
