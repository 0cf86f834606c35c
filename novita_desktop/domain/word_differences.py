"""The differences between two texts, word by word, found in a bounded time.

Words that stand exactly once in both texts hold them together; between two of them there is
little left, and Python's difflib compares that. So a text of a hundred thousand words takes a
fraction of a second, where difflib alone would take minutes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

MOST_STEPS: Final = 3_000_000
"""What difflib may take for one pair of texts, counted in pairs of words, at the worst."""

MOST_DEPTH: Final = 24
"""How often a stretch is split at what is single in it, before it is compared as it is."""

ANCHOR_WORDS: Final = (1, 3, 8)
"""How many words in a row may hold two texts together, tried in this order."""

_PUNCTUATION: Final = r"!-&(-/:-@\[-^`{-~\u00a1\u00ab\u00bb\u00bf\u2010-\u2027\u2030-\u205e"
_SINGLE: Final = r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts that are written without spaces: each character counts as a word."""

_WORD: Final = re.compile(
    rf"[^\S\n]*(?:[^\s{_PUNCTUATION}{_SINGLE}]+|[{_PUNCTUATION}{_SINGLE}])|\n|[^\S\n]+"
)
"""A word or a mark with the spaces before it, the end of a line, or spaces before that."""


class PieceKind(StrEnum):
    """Where a piece of text stands: in both texts, only in the later, or only in the earlier."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A stretch of text and where it stands."""

    kind: PieceKind
    text: str


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return what became of `before`, in order; what was removed comes before what replaced it.

    The pieces that are not ADDED make `before` again, those that are not REMOVED make `after`.
    Stretches that are too alike within themselves to be compared in time are replaced as a whole.
    """
    old, new = words_of(before), words_of(after)
    blocks = _Matcher(old, new).blocks()
    # Joined first: a mark between two equal stretches stands alone only as they are found.
    found = _joined(piece for piece in _pieces(old, new, blocks) if piece.text)
    return tuple(_joined(_without_lone_marks(found)))


def words_of(text: str) -> list[str]:
    """Return the words of a text with the spaces before them; joined they are the text."""
    return _WORD.findall(text)


class _Matcher:
    """Finds equal stretches of two lists of words, without ever taking long."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old = old
        self._new = new
        self._steps_left = MOST_STEPS

    def blocks(self) -> list[tuple[int, int, int]]:
        """Return equal stretches in order, as start in `old`, start in `new`, and length."""
        found: list[tuple[int, int, int]] = []
        # Stretches that wait, the leftmost last, so that what is found comes in order.
        waiting = [(0, len(self._old), 0, len(self._new), MOST_DEPTH)]
        while waiting:
            old_start, old_end, new_start, new_end, depth = waiting.pop()
            if depth < 0:
                found.append((old_start, new_start, old_end - old_start))
                continue
            head = self._same_from(old_start, old_end, new_start, new_end)
            if head:
                found.append((old_start, new_start, head))
                old_start, new_start = old_start + head, new_start + head
            tail = self._same_until(old_start, old_end, new_start, new_end)
            if tail:
                waiting.append((old_end - tail, old_end, new_end - tail, new_end, -1))
                old_end, new_end = old_end - tail, new_end - tail
            if old_start == old_end or new_start == new_end:
                continue
            anchors = self._anchors(old_start, old_end, new_start, new_end) if depth else []
            if not anchors:
                found += self._compared(old_start, old_end, new_start, new_end)
                continue
            places = [*anchors, (old_end, new_end)]
            for (old_at, new_at), (old_next, new_next) in zip(
                reversed(anchors), reversed(places[1:]), strict=True
            ):
                waiting.append((old_at, old_next, new_at, new_next, depth - 1))
            waiting.append((old_start, anchors[0][0], new_start, anchors[0][1], depth - 1))
        return found

    def _same_from(self, old_start: int, old_end: int, new_start: int, new_end: int) -> int:
        length = 0
        most = min(old_end - old_start, new_end - new_start)
        while length < most and self._old[old_start + length] == self._new[new_start + length]:
            length += 1
        return length

    def _same_until(self, old_start: int, old_end: int, new_start: int, new_end: int) -> int:
        length = 0
        most = min(old_end - old_start, new_end - new_start)
        while length < most and self._old[old_end - 1 - length] == self._new[new_end - 1 - length]:
            length += 1
        return length

    def _anchors(
        self, old_start: int, old_end: int, new_start: int, new_end: int
    ) -> list[tuple[int, int]]:
        """Return the places of what is single in both stretches, in the order of both.

        That is a word where there is one, or else a few words in a row.
        """
        for width in ANCHOR_WORDS:
            old = list(_in_rows(self._old[old_start:old_end], width))
            new = list(_in_rows(self._new[new_start:new_end], width))
            old_counts, new_counts = Counter(old), Counter(new)
            places = {
                row: place
                for place, row in enumerate(new, new_start)
                if new_counts[row] == 1 and old_counts.get(row) == 1
            }
            pairs = [(at, places[row]) for at, row in enumerate(old, old_start) if row in places]
            if pairs:
                return _longest_rising(pairs)
        return []

    def _compared(
        self, old_start: int, old_end: int, new_start: int, new_end: int
    ) -> Iterator[tuple[int, int, int]]:
        old, new = self._old[old_start:old_end], self._new[new_start:new_end]
        old_counts, new_counts = Counter(old), Counter(new)
        pairs = sum(count * new_counts[word] for word, count in old_counts.items())
        # difflib looks at every pair again for each stretch it finds.
        steps = pairs * min(len(old), len(new))
        if steps > self._steps_left:
            return
        self._steps_left -= steps
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            if block.size:
                yield old_start + block.a, new_start + block.b, block.size


def _in_rows(words: Sequence[str], width: int) -> Iterable[Sequence[str]]:
    """Return each word with the `width` - 1 words after it."""
    return words if width == 1 else zip(*(words[start:] for start in range(width)), strict=False)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs`, ordered by the first number, that rises in the second."""
    ends: list[int] = []
    at: list[int] = []
    previous = [-1] * len(pairs)
    for index, (_, value) in enumerate(pairs):
        place = bisect_left(ends, value)
        previous[index] = at[place - 1] if place else -1
        ends[place : place + 1] = [value]
        at[place : place + 1] = [index]
    rising: list[tuple[int, int]] = []
    index = at[-1] if at else -1
    while index >= 0:
        rising.append(pairs[index])
        index = previous[index]
    return rising[::-1]


def _pieces(
    old: Sequence[str], new: Sequence[str], blocks: Iterable[tuple[int, int, int]]
) -> Iterator[Piece]:
    old_at = new_at = 0
    for old_start, new_start, length in (*blocks, (len(old), len(new), 0)):
        yield Piece(PieceKind.REMOVED, "".join(old[old_at:old_start]))
        yield Piece(PieceKind.ADDED, "".join(new[new_at:new_start]))
        yield Piece(PieceKind.SAME, "".join(old[old_start : old_start + length]))
        old_at, new_at = old_start + length, new_start + length


def _without_lone_marks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield `pieces`; a comma alone between two changes belongs to them, for who reads."""
    listed = [piece for piece in pieces if piece.text]
    for place, piece in enumerate(listed):
        is_between = 0 < place < len(listed) - 1
        has_words = any(character.isalnum() or character == "\n" for character in piece.text)
        if piece.kind is PieceKind.SAME and is_between and not has_words:
            yield Piece(PieceKind.REMOVED, piece.text)
            yield Piece(PieceKind.ADDED, piece.text)
        else:
            yield piece


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield `pieces` with those joined that belong together, what was removed first."""
    removed, added, same = "", "", ""
    for piece in pieces:
        if piece.kind is PieceKind.SAME:
            yield from _named(removed, added)
            removed = added = ""
            same += piece.text
            continue
        if same:
            yield Piece(PieceKind.SAME, same)
            same = ""
        if piece.kind is PieceKind.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    if same:
        yield Piece(PieceKind.SAME, same)
    yield from _named(removed, added)


def _named(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(PieceKind.REMOVED, removed)
    if added:
        yield Piece(PieceKind.ADDED, added)
