"""Searches a text for a regular expression in a time that grows only with the text.

Python's `re` tries one way after another, which for some patterns takes longer than anybody
waits, and meanwhile no other thread works. Here all ways are followed at once, character by
character, and what was worked out for a set of ways is kept; a search that still does too much
says so.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from novita_desktop.domain.pattern_reader import (
    Choice,
    Class,
    Edge,
    Node,
    PatternBroken,
    PatternProblem,
    Repeat,
    Series,
    Signs,
    read_pattern,
)
from novita_desktop.domain.records import record

MOST_PARTS: Final = 3_000
"""How many parts a pattern may have when what repeats is written out."""

MOST_STEPS: Final = 400_000
"""What one search may do: about a second."""

MOST_KEPT: Final = 4_000
"""How many steps are kept at once, for memory."""


class PatternTooSlow(Exception):
    """A search had more to do than it may."""


class _Side(IntEnum):
    """What stands beside a place in the text."""

    NOTHING = 0
    LAST_LINE_END = 1
    LINE_END = 2
    WORD = 3
    OTHER = 4


@record(frozen=True, slots=True)
class _State:
    """A state leads to `following`: by one of `signs`, or (None) at once, if at an `edge`."""

    signs: Signs | None
    edge: Edge | None
    following: tuple[int, ...]


_FOUND: Final = -1
_Place = tuple[frozenset[int], _Side]


def has_pattern(pattern: str, text: str) -> bool:
    """Return whether a regular expression fits anywhere. Raises PatternBroken, PatternTooSlow."""
    return _Search(_compiled(pattern)).finds(text)


def check_pattern(pattern: str) -> None:
    """Raise PatternBroken when a pattern cannot be used."""
    _compiled(pattern)


@record(frozen=True, slots=True)
class _Program:
    """The states of a pattern, and where it begins."""

    states: tuple[_State, ...]
    start: int
    flags: frozenset[str]


@lru_cache(maxsize=32)
def _compiled(text: str) -> _Program:
    pattern = read_pattern(text)
    builder = _Builder()
    start = builder.add(pattern.root, _FOUND)
    return _Program(tuple(builder.states), start, pattern.flags)


class _Builder:
    """Makes states out of a tree, from the end: each is told what follows it."""

    def __init__(self) -> None:
        self.states: list[_State] = []
        self._parts = 0

    def add(self, node: Node, following: int) -> int:
        """Add the states of `node` and return where it begins."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            # Also for parts without a state of their own: a group of nothing, many times.
            raise PatternBroken(PatternProblem.TOO_LARGE, 0)
        match node:
            case Signs():
                return self._state(node, None, following)
            case Edge():
                return self._state(None, node, following)
            case Series(parts):
                for part in reversed(parts):
                    following = self.add(part, following)
                return following
            case Choice(parts):
                return self._state(None, None, *(self.add(part, following) for part in parts))
            case Repeat(part, least, most):
                return self._repeat(part, least, most, following)

    def _repeat(self, part: Node, least: int, most: int | None, following: int) -> int:
        start = following
        if most is None:
            loop = self._state(None, None, following)
            begin = self.add(part, loop)
            self.states[loop] = _State(None, None, (begin, following))
            start = loop
        else:
            for _ in range(most - least):
                start = self._state(None, None, self.add(part, start), following)
        for _ in range(least):
            start = self.add(part, start)
        return start

    def _state(self, signs: Signs | None, edge: Edge | None, *following: int) -> int:
        self.states.append(_State(signs, edge, following))
        return len(self.states) - 1


class _Search:
    """One search: follows all ways through the states at once."""

    def __init__(self, program: _Program) -> None:
        self._states = program.states
        self._start = program.start
        self._ignores_capitals = "i" in program.flags
        self._is_by_line = "m" in program.flags
        self._kept: dict[tuple[_Place, str], _Place | None] = {}
        self._steps = 0

    def finds(self, text: str) -> bool:
        """Return whether the pattern fits anywhere in `text`. Raises PatternTooSlow."""
        place: _Place = (frozenset((self._start,)), _Side.NOTHING)
        last = len(text) - 1
        for at, sign in enumerate(text):
            # The line end that ends a text has a key of its own, for `$` fits before it.
            key = (place, "" if at == last and sign == "\n" else sign)
            if key not in self._kept:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = self._after(place, sign, is_last=not key[1])
            following = self._kept[key]
            if following is None:
                return True
            place = following
        return _FOUND in self._reached(*place, _Side.NOTHING)

    def _after(self, place: _Place, sign: str, *, is_last: bool) -> _Place | None:
        """Return where the ways lead by `sign`, None when one has come to its end."""
        side = _Side.LAST_LINE_END if is_last else _side_of(sign)
        reached = self._reached(*place, side)
        if _FOUND in reached:
            return None
        found = {self._start}
        for number in reached:
            state = self._states[number]
            if state.signs is not None and self._fits(state.signs, sign):
                found.update(state.following)
        return frozenset(found), _side_of(sign)

    def _reached(self, begun: frozenset[int], before: _Side, after: _Side) -> set[int]:
        """Return all states that are reached without a character, between these two sides."""
        reached: set[int] = set()
        waiting = list(begun)
        while waiting:
            number = waiting.pop()
            if number in reached:
                continue
            reached.add(number)
            if number == _FOUND:
                continue
            state = self._states[number]
            if state.signs is None and self._is_at(state.edge, before, after):
                waiting += state.following
        self._steps += len(reached)
        if self._steps > MOST_STEPS:
            raise PatternTooSlow
        return reached

    def _is_at(self, edge: Edge | None, before: _Side, after: _Side) -> bool:
        is_edge_of_word = (before is _Side.WORD) is not (after is _Side.WORD)
        match edge:
            case None:
                return True
            case Edge.TEXT_START:
                return before is _Side.NOTHING
            case Edge.TEXT_END:
                return after is _Side.NOTHING
            case Edge.LINE_START:
                is_line = self._is_by_line and before is _Side.LINE_END
                return before is _Side.NOTHING or is_line
            case Edge.LINE_END:
                is_line = self._is_by_line and after is _Side.LINE_END
                return after in (_Side.NOTHING, _Side.LAST_LINE_END) or is_line
            case Edge.WORD_EDGE:
                return is_edge_of_word
            case Edge.NO_WORD_EDGE:
                return not is_edge_of_word

    def _fits(self, signs: Signs, sign: str) -> bool:
        variants = {sign}
        if self._ignores_capitals:
            variants |= {sign.lower(), sign.upper(), sign.lower().upper()}
        is_in = any(_is_in(signs, each) for each in variants if len(each) == 1)
        return is_in is not signs.is_negated


def _is_in(signs: Signs, sign: str) -> bool:
    if any(low <= sign <= high for low, high in signs.ranges):
        return True
    return any(_is_of(kind, sign) is is_wanted for kind, is_wanted in signs.classes)


def _is_of(kind: Class, sign: str) -> bool:
    match kind:
        case Class.DIGIT:
            return sign.isdecimal()
        case Class.WORD:
            return sign.isalnum() or sign == "_"
        case Class.SPACE:
            return sign.isspace()


def _side_of(sign: str) -> _Side:
    if sign == "\n":
        return _Side.LINE_END
    return _Side.WORD if _is_of(Class.WORD, sign) else _Side.OTHER
