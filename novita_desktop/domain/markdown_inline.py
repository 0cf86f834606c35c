"""Reads the inline part of Markdown: emphasis, code, links, escapes. HTML stays text.

The rules are those of CommonMark 0.31 (spec.commonmark.org) with GitHub's strikethrough and bare
addresses. A line break in the source stays a line break: answers hold verses and addresses whose
lines matter. The work grows with the length of the text, whatever is in it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntFlag
from itertools import pairwise
from typing import Final

from novita_desktop.domain.records import record
from novita_desktop.domain.visible_text import visible_text


class Emphasis(IntFlag):
    """How a span of text stands out; values combine."""

    NONE = 0
    STRONG = 1
    ITALIC = 2
    CODE = 4
    STRUCK = 8


@record(frozen=True, slots=True)
class Span:
    """A stretch of text that looks the same; `target` is a link's address as written, or empty."""

    text: str
    emphasis: Emphasis = Emphasis.NONE
    target: str = ""


# A growing paragraph is read at each flush: enum's own arithmetic would be a tenth of its cost.
_KINDS: Final = tuple(int(kind) for kind in Emphasis if kind)
_COMBINED: Final = tuple(Emphasis(value) for value in range(sum(_KINDS) + 1))
_PUNCTUATION: Final = r"!-/:-@\[-`{-~"
_TOKEN: Final = re.compile(
    rf"""
      (?P<escape>\\[{_PUNCTUATION}\n])
    | (?P<ticks>`+)
    | (?P<run>\*+|_+|~~)
    | (?P<auto><[A-Za-z][A-Za-z0-9+.\-]{{1,31}}:[^\s<>]*>|<[\w.+\-]+@[A-Za-z0-9.\-]+>)
    | (?P<address>(?<![A-Za-z0-9])https?://[^\s<>`*|"\\]+)
    | (?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<spaces>\ +\n\ *)
    """,
    re.VERBOSE,
)
_TICKS: Final = re.compile("`+")
_DESTINATION: Final = re.compile(
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_HALF_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^\s()]*$")
_ESCAPED: Final = re.compile(rf"\\([{_PUNCTUATION}])")


@dataclass(slots=True)
class _Piece:
    """A stretch of text, or a run of delimiters of which `count` are still unused."""

    text: str
    target: str = ""
    mark: str = ""
    count: int = 0
    opens: bool = False
    closes: bool = False
    emphasis: Emphasis = Emphasis.NONE


def parse_inline(text: str, *, growing: bool = False) -> tuple[Span, ...]:
    """Return the spans of a paragraph's `text`.

    With `growing` the text is the beginning of more: marks that wait for their other half already
    count, so that words do not change their look when it comes.
    """
    if growing:
        text = _HALF_LINK.sub(r"\1", text.rstrip("`*_~"))
    return InlineReader(text, growing=growing).spans()


class InlineReader:
    """One reading of one text; `is_closed` then says whether no mark waits for its other half."""

    def __init__(self, text: str, *, growing: bool = False) -> None:
        self.is_closed = True
        self._text = text
        self._growing = growing
        self._pieces: list[_Piece] = []
        self._brackets: list[int] = []
        # What is emphasised, as (first piece, piece after the last, emphasis).
        self._ranges: list[tuple[int, int, Emphasis]] = []
        self._tick_runs: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self._tick_runs.setdefault(len(run[0]), []).append(run.start())

    def spans(self) -> tuple[Span, ...]:
        """Return the spans, neighbours of the same look joined."""
        text, position = self._text, 0
        while match := _TOKEN.search(text, position):
            if match.start() > position:
                self._pieces.append(_Piece(text[position : match.start()]))
            position = self._take(match)
        self._pieces.append(_Piece(text[position:]))
        self._pair_delimiters(0)
        self._spread_emphasis()
        self.is_closed &= not self._brackets
        return _joined(self._pieces)

    def _take(self, match: re.Match[str]) -> int:
        """Add what `match` begins and return where it ends."""
        token, end = match[0], match.end()
        match match.lastgroup:
            case "escape":
                self._pieces.append(_Piece(token[1]))
            case "ticks":
                return self._take_code(match)
            case "run":
                self._pieces.append(self._delimiter_run(match))
            case "auto":
                inside = token[1:-1]
                target = inside if ":" in inside else f"mailto:{inside}"
                self._pieces.append(_Piece(inside, target=target))
            case "address":
                address = _trimmed_address(token)
                self._pieces.append(_Piece(address, target=address))
                return match.start() + len(address)
            case "entity":
                self._pieces.append(_Piece(visible_text(html.unescape(token))))
            case "open":
                self._brackets.append(len(self._pieces))
                self._pieces.append(_Piece(token))
            case "close":
                return self._take_closing_bracket(match)
            case _:
                self._pieces.append(_Piece("\n"))
        return end

    def _take_code(self, match: re.Match[str]) -> int:
        starts = self._tick_runs.get(len(match[0]), [])
        after = bisect_right(starts, match.start())
        self.is_closed &= after < len(starts)
        if after == len(starts) and not self._growing:
            self._pieces.append(_Piece(match[0]))
            return match.end()
        close = starts[after] if after < len(starts) else len(self._text)
        code = self._text[match.end() : close].replace("\n", " ")
        if code.strip() and code.startswith(" ") and code.endswith(" "):
            code = code[1:-1]
        self._pieces.append(_Piece(code, emphasis=Emphasis.CODE))
        return min(close + len(match[0]), len(self._text))

    def _delimiter_run(self, match: re.Match[str]) -> _Piece:
        before = self._text[match.start() - 1] if match.start() else " "
        after = self._text[match.end()] if match.end() < len(self._text) else " "
        left = not after.isspace() and (
            not _is_punctuation(after) or before.isspace() or _is_punctuation(before)
        )
        right = not before.isspace() and (
            not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
        )
        run = _Piece(match[0], mark=match[0][0], count=len(match[0]), opens=left, closes=right)
        if run.mark == "_":
            run.opens = left and (not right or _is_punctuation(before))
            run.closes = right and (not left or _is_punctuation(after))
        return run

    def _take_closing_bracket(self, match: re.Match[str]) -> int:
        destination = _DESTINATION.match(self._text, match.end()) if self._brackets else None
        opener = self._brackets.pop() if self._brackets else -1
        if destination is None:
            self._pieces.append(_Piece("]"))
            return match.end()
        target = destination["angle"] if destination["angle"] is not None else destination["plain"]
        target = html.unescape(_ESCAPED.sub(r"\1", target))
        is_image = self._pieces[opener].text == "!["
        self._pieces[opener].text = ""
        self._pair_delimiters(opener)
        for piece in self._pieces[opener:]:
            piece.target = target
        if not is_image:
            # No link inside a link: brackets that opened before this one stay brackets.
            self._brackets.clear()
        return destination.end()

    def _pair_delimiters(self, first: int) -> None:
        """Match openers with closers among the pieces from `first` on (CommonMark 6.2)."""
        openers: list[int] = []
        hopeless: dict[tuple[str, bool, int], int] = {}
        for index in range(first, len(self._pieces)):
            piece = self._pieces[index]
            if not piece.mark:
                continue
            while piece.closes and piece.count:
                key = (piece.mark, piece.opens, piece.count % 3)
                found = self._opener_for(piece, openers, hopeless.get(key, 0))
                if found < 0:
                    hopeless[key] = len(openers)
                    break
                del openers[found + 1 :]
                self._emphasise(openers[found], index)
                if not self._pieces[openers[found]].count:
                    openers.pop()
                hopeless = {k: min(v, len(openers)) for k, v in hopeless.items()}
            if piece.opens and piece.count:
                openers.append(index)
        if first == 0:
            self._leave_open(openers)
        for piece in self._pieces[first:]:
            if piece.mark:
                piece.text, piece.mark = piece.mark * piece.count, ""

    def _opener_for(self, closer: _Piece, openers: list[int], lowest: int) -> int:
        for place in range(len(openers) - 1, lowest - 1, -1):
            opener = self._pieces[openers[place]]
            if opener.mark != closer.mark:
                continue
            both = opener.closes or closer.opens
            total = len(opener.text) + len(closer.text)
            if both and total % 3 == 0 and len(closer.text) % 3 and opener.mark != "~":
                continue
            return place
        return -1

    def _emphasise(self, opener: int, closer: int) -> None:
        begin, end = self._pieces[opener], self._pieces[closer]
        used = 2 if begin.count >= 2 and end.count >= 2 else 1
        emphasis = Emphasis.STRONG if used == 2 else Emphasis.ITALIC
        if begin.mark == "~":
            emphasis = Emphasis.STRUCK
        begin.count -= used
        end.count -= used
        self._ranges.append((opener + 1, closer, emphasis))

    def _leave_open(self, openers: list[int]) -> None:
        """Note marks without their other half; in a growing text they count until it comes."""
        self.is_closed &= not openers
        for opener in openers if self._growing else ():
            piece = self._pieces[opener]
            if piece.mark == "*" and piece.count in (1, 2):
                emphasis = Emphasis.STRONG if piece.count == 2 else Emphasis.ITALIC
                piece.count = 0
                self._ranges.append((opener + 1, len(self._pieces), emphasis))

    def _spread_emphasis(self) -> None:
        """Give every piece the emphasis of the ranges around it."""
        if not self._ranges:
            return
        changes: dict[int, list[tuple[int, int]]] = {}
        for first, end, emphasis in self._ranges:
            changes.setdefault(first, []).append((int(emphasis), 1))
            changes.setdefault(end, []).append((int(emphasis), -1))
        depth = dict.fromkeys(_KINDS, 0)
        places = sorted(changes)
        for place, following in pairwise((*places, len(self._pieces))):
            for kind, step in changes[place]:
                depth[kind] += step
            current = sum(kind for kind, count in depth.items() if count)
            if current:
                for piece in self._pieces[place:following]:
                    piece.emphasis = _COMBINED[int(piece.emphasis) | current]


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _trimmed_address(address: str) -> str:
    """Return `address` without the punctuation that ends the sentence around it."""
    while address:
        last = address[-1]
        unbalanced = last == ")" and address.count(")") > address.count("(")
        if last in ".,:;!?'_~" or unbalanced:
            address = address[:-1]
        else:
            break
    return address


def _joined(pieces: list[_Piece]) -> tuple[Span, ...]:
    spans: list[Span] = []
    texts: list[str] = []
    look: tuple[Emphasis, str] = (Emphasis.NONE, "")
    for piece in pieces:
        if not piece.text:
            continue
        if texts and look != (piece.emphasis, piece.target):
            spans.append(Span("".join(texts), *look))
            texts = []
        look = (piece.emphasis, piece.target)
        texts.append(piece.text)
    if texts:
        spans.append(Span("".join(texts), *look))
    return tuple(spans)
