"""Finds the marks of a template in one pass, and refuses those no honest template has.

python-liquid's own lexer looks for the end of every `{{`, `{% raw %}` and `{% doc %}` from its
start to the end of the text, and works in squares on long runs of blanks. A text is therefore
looked through here first, in time that grows with its length alone.
"""

from __future__ import annotations

import re
from typing import Final

MAX_TEMPLATE_CHARACTERS: Final = 1_000_000
MAX_MARKS: Final = 1_000
"""How many `{{ }}` and `{% %}` a template may have."""

MAX_MARK_CHARACTERS: Final = 2_000
MAX_MARKS_CHARACTERS: Final = 100_000
"""How long all marks together may be; parsing them costs about 5 microseconds a character."""

MAX_BLANKS: Final = 100
"""How many blanks may stand in a row inside a mark."""

MAX_NESTING: Final = 24

MOST_SHOWN_CHARACTERS: Final = 60
"""Of a longer mark, its start is shown where something is wrong with it."""

CONSTANTS: Final = frozenset({"nil", "null", "true", "false", "empty", "blank"})
"""Words that Liquid takes for values: as a variable's name they would fill in nothing."""

_OPENING = re.compile(r"\{\{|\{%")
_VERBATIM = re.compile(r"\{%-?\s*(raw|doc)\s*-?%\}")
_VERBATIM_END: Final = {
    "raw": re.compile(r"\{%-?\s*endraw\s*-?%\}"),
    "doc": re.compile(r"\{%-?\s*enddoc\s*-?%\}"),
}
_OPENS = re.compile(r"\{%-?\s*(?:if|unless|for|case|capture|tablerow|ifchanged)\b")
_CLOSES = re.compile(r"\{%-?\s*end(?:if|unless|for|case|capture|tablerow|ifchanged)\b")
_BLANKS = re.compile(rf"\s{{{MAX_BLANKS + 1}}}")
_CONSTANT = re.compile(rf"\{{\{{-?\s*({'|'.join(sorted(CONSTANTS))})\s*(?:\||-?\}}\}})")
_RANGE = re.compile(r"\([^()'\"]*\.\.")
_CONTAINS = re.compile(r"\bcontains\b")


class TemplateTooLarge(ValueError):
    """A template is larger, deeper or busier than any honest one."""


class TemplateBroken(ValueError):
    """A mark is not closed, or names no variable; the words say which, `place` where it starts."""

    def __init__(self, words: str, place: int) -> None:
        super().__init__(words)
        self.place = place


def count_of(text: str) -> int:
    """Return how many marks `text` has, without what stands between `raw` and `endraw`.

    Raises TemplateTooLarge or TemplateBroken.
    """
    if len(text) > MAX_TEMPLATE_CHARACTERS:
        raise TemplateTooLarge("length")
    marks = size = depth = position = 0
    has_range = has_contains = False
    while (mark := _next_mark(text, position)) is not None:
        start, position = mark
        content = text[start:position]
        marks += 1
        size += len(content)
        depth += bool(_OPENS.match(content)) - bool(_CLOSES.match(content))
        _check(content, start)
        has_range = has_range or bool(_RANGE.search(content))
        has_contains = has_contains or bool(_CONTAINS.search(content))
        if marks > MAX_MARKS or size > MAX_MARKS_CHARACTERS or depth > MAX_NESTING:
            raise TemplateTooLarge("marks")
        if verbatim := _VERBATIM.fullmatch(content):
            position = _end_of_verbatim(text, start, position, verbatim[1])
    if has_range and has_contains:
        # Looking for a word among (1..9999999999) takes hours, and nothing could stop it.
        words = "contains cannot be used in a text that has a range (1..9)"
        raise TemplateBroken(words, text.find("contains"))
    return marks


def _next_mark(text: str, position: int) -> tuple[int, int] | None:
    """Return where the next mark starts and ends, None if there is none."""
    opening = _OPENING.search(text, position)
    if opening is None:
        return None
    closing = "}}" if opening[0] == "{{" else "%}"
    end = text.find(closing, opening.end())
    if end < 0:
        raise TemplateBroken(f"{opening[0]} without {closing}", opening.start())
    return opening.start(), end + len(closing)


def _check(mark: str, place: int) -> None:
    if len(mark) > MAX_MARK_CHARACTERS or _BLANKS.search(mark):
        raise TemplateTooLarge("mark")
    if constant := _CONSTANT.match(mark):
        raise TemplateBroken(f"{constant[1]} is not the name of a field", place)


def _end_of_verbatim(text: str, start: int, position: int, name: str) -> int:
    end = _VERBATIM_END[name].search(text, position)
    if end is None:
        raise TemplateBroken(f"{{% {name} %}} without {{% end{name} %}}", start)
    return end.end()


def mark_around(text: str, place: int) -> str:
    """Return the mark at `place` or before it, shortened, empty where there is none."""
    start = max(text.rfind("{{", 0, place + 2), text.rfind("{%", 0, place + 2))
    if start < 0:
        return ""
    closing = "}}" if text.startswith("{{", start) else "%}"
    end = text.find(closing, start)
    end = end + len(closing) if end >= 0 else len(text)
    mark = " ".join(text[start : min(end, start + MAX_MARK_CHARACTERS)].split())
    return mark if len(mark) <= MOST_SHOWN_CHARACTERS else mark[:MOST_SHOWN_CHARACTERS] + "…"
