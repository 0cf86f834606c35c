"""Reads the inline part of a paragraph that grows, without reading all of it again each time."""

from __future__ import annotations

import re
from typing import Final

from novita_desktop.domain.markdown_inline import InlineReader, Span, parse_inline

_STEP: Final = 120
"""After so many further characters, it is worth a look whether more of the text is final."""

# After a space that is neither followed by another nor a part of a line's end.
_WORD_BEGINNING: Final = re.compile(r"(?<=[ \n])(?![ \n])")


class GrowingInline:
    """What `parse_inline` gives with `growing`, for one text that is read again and again.

    A beginning is final when it ends between two words and none of its marks waits for its other
    half: whatever comes, nothing in it changes its look.
    """

    def __init__(self) -> None:
        self._forget()

    def read(self, text: str) -> tuple[Span, ...]:
        """Return the spans of `text`, which usually goes on from the text before."""
        if not text.startswith(self._final):
            self._forget()
        if len(text) >= self._next_look:
            self._settle(text)
        return _together(self._spans, parse_inline(text[len(self._final) :], growing=True))

    def _forget(self) -> None:
        self._final = ""
        self._spans: tuple[Span, ...] = ()
        self._next_look = 2 * _STEP

    def _settle(self, text: str) -> None:
        """Take as final what is; the last words are left out, because the text may be cut there."""
        self._next_look = len(text) + _STEP
        start = len(self._final)
        beginnings = [found.end() for found in _WORD_BEGINNING.finditer(text, start + 1)]
        if not beginnings or beginnings[-1] == len(text):
            beginnings = beginnings[:-1]
        if not beginnings:
            return
        reader = InlineReader(text[start : beginnings[-1]])
        spans = reader.spans()
        if reader.is_closed:
            self._spans = _together(self._spans, spans)
            self._final = text[: beginnings[-1]]


def _together(first: tuple[Span, ...], second: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return both, with spans that look the same joined where they meet."""
    if not (first and second):
        return first or second
    left, right = first[-1], second[0]
    if (left.emphasis, left.target) != (right.emphasis, right.target):
        return first + second
    middle = Span(left.text + right.text, left.emphasis, left.target)
    return (*first[:-1], middle, *second[1:])
