"""Reads a regular expression into a tree, as far as it can be searched for in linear time.

What is read means what it means in Python's `re`. Left out is what no search in linear time can
do: references to an earlier group, and looking ahead or back.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from string import hexdigits
from sys import maxunicode
from typing import Final, NoReturn, TypeAlias

from novita_desktop.domain.records import record

MOST_NESTING: Final = 50
MOST_REPEATS: Final = 1_000
MOST_PATTERN: Final = 1_000
"""The longest pattern, in characters."""


class Class(StrEnum):
    """A kind of character."""

    DIGIT = "d"
    WORD = "w"
    SPACE = "s"


class Edge(StrEnum):
    """A place between two characters."""

    LINE_START = "^"
    LINE_END = "$"
    TEXT_START = "A"
    TEXT_END = "Z"
    WORD_EDGE = "b"
    NO_WORD_EDGE = "B"


@record(frozen=True, slots=True)
class Signs:
    """One character out of some: of ranges, of classes (False: of all but the class), or not."""

    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[Class, bool], ...] = ()
    is_negated: bool = False


@record(frozen=True, slots=True)
class Series:
    """Parts that follow one another."""

    parts: tuple[Node, ...] = ()


@record(frozen=True, slots=True)
class Choice:
    """One of several."""

    parts: tuple[Node, ...]


@record(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` is None without a limit."""

    part: Node
    least: int
    most: int | None


Node: TypeAlias = Signs | Edge | Series | Choice | Repeat
"""Any part of a pattern."""


@record(frozen=True, slots=True)
class Pattern:
    """A pattern's tree, and the flags that it begins with, such as `(?i)`."""

    root: Node
    flags: frozenset[str] = field(default_factory=frozenset)


class PatternProblem(StrEnum):
    """Why a pattern cannot be used."""

    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    NOTHING_TO_REPEAT = "nothing_to_repeat"
    BAD_RANGE = "bad_range"
    BAD_ESCAPE = "bad_escape"
    NOT_SUPPORTED = "not_supported"
    TOO_LARGE = "too_large"


class PatternBroken(ValueError):
    """A pattern cannot be used; `place` counts from 0."""

    def __init__(self, problem: PatternProblem, place: int) -> None:
        super().__init__(f"{problem.value} at {place}")
        self.problem = problem
        self.place = place


_CONTROL: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_HEX_DIGITS: Final = {"x": 2, "u": 4, "U": 8}
_EDGES: Final = {"^": Edge.LINE_START, "$": Edge.LINE_END}


def read_pattern(text: str) -> Pattern:
    """Return the tree of a regular expression. Raises PatternBroken."""
    if len(text) > MOST_PATTERN:
        raise PatternBroken(PatternProblem.TOO_LARGE, MOST_PATTERN)
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self._flags: frozenset[str] = frozenset()

    def whole(self) -> Pattern:
        self._read_flags()
        root = self._choice()
        if self._place < len(self._text):
            self._refuse(PatternProblem.NOT_OPENED)
        return Pattern(root, self._flags)

    def _read_flags(self) -> None:
        end = self._text.find(")")
        letters = self._text[2:end] if self._text.startswith("(?") and end > 2 else ""
        if letters and set(letters) <= set("ims"):
            self._flags = frozenset(letters)
            self._place = end + 1

    def _choice(self) -> Node:
        parts = [self._series()]
        while self._took("|"):
            parts.append(self._series())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _series(self) -> Node:
        parts: list[Node] = []
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            parts.append(self._repeated(self._single()))
        return parts[0] if len(parts) == 1 else Series(tuple(parts))

    def _repeated(self, part: Node) -> Node:
        start = self._place
        limits = self._limits()
        if limits is None:
            return part
        least, most = limits
        if isinstance(part, Edge):
            self._refuse(PatternProblem.NOTHING_TO_REPEAT, start)
        if max(least, most or 0) > MOST_REPEATS:
            self._refuse(PatternProblem.TOO_LARGE, start)
        if most is not None and most < least:
            self._refuse(PatternProblem.BAD_RANGE, start)
        self._took("?")  # As few as fit: that changes what is found, never whether.
        if self._at("+"):
            self._refuse(PatternProblem.NOT_SUPPORTED)
        after = self._place
        if self._limits() is not None:
            self._refuse(PatternProblem.NOTHING_TO_REPEAT, after)
        return Repeat(part, least, most)

    def _limits(self) -> tuple[int, int | None] | None:
        """Take `*`, `+`, `?` or `{n,m}`; a brace that limits nothing is a character."""
        for sign, limits in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._took(sign):
                return limits
        end = self._text.find("}", self._place)
        if not self._at("{") or end < 0:
            return None
        least, comma, most = self._text[self._place + 1 : end].partition(",")
        numbers = [each for each in (least, most) if each]
        if not numbers and not comma:
            return None
        if not all(each.isascii() and each.isdigit() for each in numbers):
            return None
        if any(len(each) > len(str(MOST_REPEATS)) for each in numbers):
            self._refuse(PatternProblem.TOO_LARGE)
        self._place = end + 1
        low = int(least or 0)
        return (low, int(most) if most else None) if comma else (low, low)

    def _single(self) -> Node:
        sign = self._text[self._place]
        if sign in "*+?":
            self._refuse(PatternProblem.NOTHING_TO_REPEAT)
        if sign == "{" and self._limits() is not None:
            self._refuse(PatternProblem.NOTHING_TO_REPEAT)
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._set()
        if sign == "\\":
            return self._escaped()
        self._place += 1
        if sign in _EDGES:
            return _EDGES[sign]
        if sign == ".":
            is_any = "s" in self._flags
            return Signs(() if is_any else (("\n", "\n"),), is_negated=True)
        return _one(sign)

    def _group(self) -> Node:
        start = self._place
        self._place += 1
        if self._took("?") and not self._took(":"):
            name_end = self._text.find(">", self._place)
            name = self._text[self._place + 2 : name_end] if self._at("P<") else ""
            if not name.isidentifier():
                self._refuse(PatternProblem.NOT_SUPPORTED, start)
            self._place = name_end + 1
        self._depth += 1
        if self._depth > MOST_NESTING:
            self._refuse(PatternProblem.TOO_LARGE, start)
        inside = self._choice()
        self._depth -= 1
        if not self._took(")"):
            self._refuse(PatternProblem.NOT_CLOSED, start)
        # A series of its own: what stands behind the group repeats all of it.
        return Series((inside,))

    def _set(self) -> Node:
        start = self._place
        self._place += 1
        is_negated = self._took("^")
        ranges: list[tuple[str, str]] = []
        classes: list[tuple[Class, bool]] = []
        is_first = True
        while is_first or not self._at("]"):
            is_first = False
            if self._place >= len(self._text):
                self._refuse(PatternProblem.NOT_CLOSED, start)
            low = self._set_sign()
            if not isinstance(low, str):
                classes.append(low)
                continue
            high = low
            if self._at("-") and self._place + 1 < len(self._text) and not self._at("-]"):
                place = self._place
                self._place += 1
                found = self._set_sign()
                if not isinstance(found, str) or found < low:
                    self._refuse(PatternProblem.BAD_RANGE, place)
                high = found
            ranges.append((low, high))
        self._place += 1
        return Signs(tuple(ranges), tuple(classes), is_negated)

    def _set_sign(self) -> str | tuple[Class, bool]:
        sign = self._text[self._place]
        if sign != "\\":
            self._place += 1
            return sign
        letter = self._escape_letter()
        if letter == "b":
            return "\b"
        if letter.lower() in set(Class):
            return Class(letter.lower()), letter.islower()
        return self._escaped_sign(letter)

    def _escaped(self) -> Node:
        letter = self._escape_letter()
        if letter in ("A", "Z", "b", "B"):
            return Edge(letter)
        if letter.lower() in set(Class):
            return Signs((), ((Class(letter.lower()), letter.islower()),))
        return _one(self._escaped_sign(letter))

    def _escape_letter(self) -> str:
        if self._place + 1 >= len(self._text):
            self._refuse(PatternProblem.BAD_ESCAPE)
        self._place += 2
        return self._text[self._place - 1]

    def _escaped_sign(self, letter: str) -> str:
        start = self._place - 2
        if letter in _CONTROL:
            return _CONTROL[letter]
        if letter in _HEX_DIGITS:
            return self._by_number(_HEX_DIGITS[letter], start)
        if letter.isdigit() and letter.isascii():
            self._refuse(PatternProblem.NOT_SUPPORTED, start)
        if letter.isalpha() and letter.isascii():
            self._refuse(PatternProblem.BAD_ESCAPE, start)
        return letter

    def _by_number(self, length: int, start: int) -> str:
        digits = self._text[self._place : self._place + length]
        if (
            len(digits) < length
            or not set(digits) <= set(hexdigits)
            or int(digits, 16) > maxunicode
        ):
            self._refuse(PatternProblem.BAD_ESCAPE, start)
        self._place += length
        return chr(int(digits, 16))

    def _at(self, text: str) -> bool:
        return self._text.startswith(text, self._place)

    def _took(self, text: str) -> bool:
        is_there = self._at(text)
        self._place += len(text) if is_there else 0
        return is_there

    def _refuse(self, problem: PatternProblem, place: int | None = None) -> NoReturn:
        raise PatternBroken(problem, self._place if place is None else place)


def _one(sign: str) -> Signs:
    return Signs(((sign, sign),))
