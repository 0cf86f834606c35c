"""Reads Markdown line by line and says which blocks each line finishes."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Final

from novita_desktop.domain import markdown_lines as lines
from novita_desktop.domain.markdown_leaves import (
    OpenCode,
    OpenTable,
    OpenText,
    begins_table,
    sentence_end,
)
from novita_desktop.domain.markdown_structure import (
    Block,
    CodeEnd,
    CodeLine,
    Heading,
    Paragraph,
    Place,
    Rule,
)
from novita_desktop.domain.records import record

NESTING_LIMIT: Final = 8
PARAGRAPH_LIMIT: Final = 2048

_BULLETS: Final = "•◦▪"
_NOWHERE: Final = Place()


@record(frozen=True, slots=True)
class _Container:
    """An open quote (without `marker`) or list item.

    `column` is where the item's mark stands and `content` where its content begins, both counted
    from the content of the container around it. `shown` is the mark to show, empty once it was.
    """

    marker: lines.Marker | None = None
    column: int = 0
    content: int = 0
    number: int = 0
    shown: str = ""
    apart: bool = False


class LineReader:
    """The state between two lines: the open containers and the open leaf."""

    def __init__(self) -> None:
        self.leaf: OpenText | OpenTable | OpenCode | None = None
        self.is_inside_line = False
        self._containers: list[_Container] = []
        self._blank_before = False
        self._finished: list[Block] = []

    def copied(self) -> LineReader:
        """Return a reader in the same state that goes its own way."""
        twin = copy.copy(self)
        twin._containers = self._containers.copy()  # noqa: SLF001 - the same class
        twin._finished = []  # noqa: SLF001 - the same class
        return twin

    def take(self, line: str, *, ends: bool) -> list[Block]:
        """Read a line, or a part of one that is too long, and return the blocks it finished.

        `ends` is false when the line goes on in the next call.
        """
        continues, self.is_inside_line = self.is_inside_line, not ends
        if continues:
            self._take_further_part(line)
        else:
            self._take_line(lines.expanded(line))
        return self._given()

    def close(self) -> list[Block]:
        """Close everything and return the blocks that were open."""
        self._close_to(0)
        return self._given()

    def _given(self) -> list[Block]:
        finished, self._finished = self._finished, []
        return finished

    def _take_line(self, line: str) -> None:
        matched, rest = self._match_containers(line)
        is_code = isinstance(self.leaf, OpenCode) and matched == len(self._containers)
        if is_code and self._take_code(rest):
            return
        if not rest.strip():
            if any(container.marker is None for container in self._containers[matched:]):
                self._close_to(matched)
            self._close_leaf()
            self._blank_before = True
            return
        opened, rest = self._open_containers(matched, rest)
        self._take_leaf(rest, len(self._containers) if opened else matched)

    def _match_containers(self, line: str) -> tuple[int, str]:
        """Return how many open containers `line` belongs to, and what it has for the innermost."""
        rest = line
        for index, container in enumerate(self._containers):
            indent = lines.indent_of(rest)
            if container.marker is None:
                if indent > 3 or rest[indent : indent + 1] != ">":
                    return index, rest
                rest = _without_quote_mark(rest[indent:])
            elif indent == len(rest):
                rest = ""
            elif indent >= container.content:
                rest = rest[container.content :]
            elif _nests_leniently(container, indent, rest):
                rest = rest[indent:]
            else:
                return index, rest
        return len(self._containers), rest

    def _open_containers(self, matched: int, rest: str) -> tuple[bool, str]:
        """Open the quotes and items that `rest` begins with; return whether any, and the rest."""
        depth = matched
        while depth < NESTING_LIMIT:
            indent = lines.indent_of(rest)
            body = rest[indent:]
            if indent > 3 or not body:
                break
            if body[0] == ">":
                self._close_to(depth)
                self._containers.append(_Container(apart=self._now_apart()))
                rest = _without_quote_mark(body)
            else:
                marker = None if lines.is_rule(body) else lines.marker_in(body)
                if marker is None or (depth == matched and self._is_word(marker, body, matched)):
                    break
                rest = self._open_item(marker, rest, depth)
            depth += 1
        return depth > matched, rest

    def _is_word(self, marker: lines.Marker, body: str, matched: int) -> bool:
        """Say whether what looks like a list marker is a word of the open paragraph."""
        if not isinstance(self.leaf, OpenText) or matched < len(self._containers):
            return False
        return len(body.rstrip()) <= marker.width or (marker.ordered and marker.number != 1)

    def _open_item(self, marker: lines.Marker, rest: str, depth: int) -> str:
        """Open a list item inside the first `depth` containers and return its content."""
        number = marker.number
        if marker.ordered and depth < len(self._containers):
            sibling = self._containers[depth]
            if sibling.marker is not None and sibling.marker.kind == marker.kind:
                number = sibling.number + 1
        self._close_to(depth)
        column = lines.indent_of(rest)
        after = lines.expanded(rest[column + marker.width :])
        spaces = lines.indent_of(after)
        used = spaces if 1 <= spaces <= 4 and spaces < len(after) else 1
        text = after[used:]
        level = sum(container.marker is not None for container in self._containers)
        shown = f"{number}{marker.kind}" if marker.ordered else _BULLETS[level % len(_BULLETS)]
        if task := lines.task_in(text):
            shown, text = "☑" if task[0] else "☐", task[1]
        content = column + marker.width + used
        self._containers.append(
            _Container(marker, column, content, number, shown, self._now_apart())
        )
        return text

    def _take_leaf(self, rest: str, matched: int) -> None:
        """Read what stands inside the first `matched` containers."""
        indent = lines.indent_of(rest)
        body = rest[indent:]
        text = self.leaf if isinstance(self.leaf, OpenText) else None
        is_inside = matched == len(self._containers)
        if not body:
            return
        if indent > 3 and text is None:
            self._close_to(matched)
            self.leaf = OpenCode(None, self._now_apart())
            self._take_code(rest)
        elif indent <= 3 and (
            (text and is_inside and self._turns_paragraph(text, body))
            or self._take_single_line(body, indent, matched)
        ):
            return
        elif isinstance(self.leaf, OpenTable) and is_inside and "|" in body:
            self._grow_table(self.leaf, body)
        else:
            if text is None:
                self._close_to(matched)
            self._grow_paragraph(body)

    def _take_single_line(self, body: str, indent: int, matched: int) -> bool:
        """Read a fence, heading or rule, and say whether there was one."""
        if fence := lines.fence_in(body, indent):
            self._close_to(matched)
            self.leaf = OpenCode(fence, self._now_apart())
        elif heading := lines.heading_in(body):
            self._close_to(matched)
            self._emit_text(Heading(_NOWHERE, *heading), apart=self._now_apart())
        elif lines.is_rule(body):
            self._close_to(matched)
            self._finished.append(Rule(self._place(apart=self._now_apart())))
        else:
            return False
        return True

    def _turns_paragraph(self, text: OpenText, body: str) -> bool:
        """Make the open paragraph a heading or a table if `body` is the line that says so."""
        if (level := lines.underline_level(body)) and not text.continued:
            self.leaf = None
            self._emit_text(Heading(_NOWHERE, level, text.text), apart=text.apart)
            return True
        alignments = lines.alignments_in(body)
        above, _, header = text.text.rpartition("\n")
        if alignments is None or not begins_table(header, alignments):
            return False
        self.leaf = replace(text, text=above)
        self._close_leaf()
        apart = text.apart and not above
        self.leaf = OpenTable(lines.cells_of(header), alignments, (header, body), apart)
        return True

    def _take_further_part(self, part: str) -> None:
        """Read a further part of a line that is too long to be anything but text."""
        if isinstance(self.leaf, OpenCode):
            self._emit_code(self.leaf, part)
            return
        if not isinstance(self.leaf, OpenText):
            self._close_leaf()
            self.leaf = OpenText("", apart=False, continued=True)
        self.leaf = replace(self.leaf, text=self.leaf.text + self._line_end_cut(part))
        self._cut_paragraph()

    def _grow_paragraph(self, body: str) -> None:
        leaf = self.leaf
        if not isinstance(leaf, OpenText):
            leaf = OpenText("", self._now_apart())
        body = self._line_end_cut(body)
        self.leaf = replace(leaf, text=f"{leaf.text}\n{body}" if leaf.text else body)
        self._cut_paragraph()

    def _line_end_cut(self, text: str) -> str:
        """Return `text` without the spaces at the end of its line, if its line ends."""
        return text if self.is_inside_line else text.rstrip()

    def _cut_paragraph(self) -> None:
        """Finish what is beyond the limit of a paragraph, up to the end of a sentence."""
        while isinstance(self.leaf, OpenText) and len(self.leaf.text) > PARAGRAPH_LIMIT:
            leaf = self.leaf
            end = sentence_end(leaf.text, PARAGRAPH_LIMIT)
            self.leaf = replace(leaf, text=leaf.text[:end].rstrip())
            self._close_leaf()
            self.leaf = OpenText(leaf.text[end:].lstrip(), apart=False, continued=True)

    def _grow_table(self, table: OpenTable, body: str) -> None:
        self.leaf = table.with_row(body)
        if self.leaf.is_full:
            self._finished.append(self.leaf.part(self._place(apart=table.apart)))
            self.leaf = self.leaf.emptied()

    def _take_code(self, rest: str) -> bool:
        """Read a line inside a block of code; false if it ends an indented one before this line."""
        code = self.leaf
        if not isinstance(code, OpenCode):
            return False
        if code.fence is None:
            return self._take_indented_code(code, rest)
        if lines.closes_fence(rest, code.fence.mark):
            self._close_leaf()
        else:
            self._emit_code(code, rest[min(code.fence.indent, lines.indent_of(rest)) :])
        return True

    def _take_indented_code(self, code: OpenCode, rest: str) -> bool:
        if not rest.strip():
            self.leaf = replace(code, held_blanks=code.held_blanks + 1)
            self._blank_before = True
            return True
        if lines.indent_of(rest) < 4:
            return False
        for text in ("",) * code.held_blanks + (rest[4:],):
            self._emit_code(code, text)
            code = replace(code, is_empty=False)
        self._blank_before = False
        return True

    def _emit_code(self, code: OpenCode, text: str) -> None:
        place = self._place(apart=code.apart and code.is_empty)
        self._finished.append(CodeLine(place, text, code.language, first=code.is_empty))
        self.leaf = replace(code, is_empty=False, held_blanks=0)

    def _close_to(self, depth: int) -> None:
        """Close the leaf and all but the first `depth` containers."""
        self._close_leaf()
        if any(container.shown for container in self._containers[depth:]):
            self._place(apart=False)
        del self._containers[depth:]

    def _close_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        match leaf:
            case OpenText() if leaf.text:
                text = Paragraph(_NOWHERE, leaf.text, continued=leaf.continued)
                self._emit_text(text, apart=leaf.apart)
            case OpenTable() if leaf.rows or not leaf.widths:
                self._finished.append(leaf.part(self._place(apart=leaf.apart)))
            case OpenCode():
                if leaf.is_empty:
                    self._emit_code(leaf, "")
                    self.leaf = None
                self._finished.append(CodeEnd(leaf.language))
            case _:
                pass

    def _emit_text(self, block: Paragraph | Heading, *, apart: bool) -> None:
        place = self._place(apart=apart, takes_marker=True)
        self._finished.append(replace(block, place=place))

    def _place(self, *, apart: bool, takes_marker: bool = False) -> Place:
        """Return the place of a block in the open containers.

        Markers that were not shown yet stand on lines of their own, except the innermost if the
        block is one that `takes_marker`.
        """
        path = "".join("q" if each.marker is None else "l" for each in self._containers)
        marker = ""
        for index, container in enumerate(self._containers):
            apart = apart or container.apart
            self._containers[index] = replace(container, shown="", apart=False)
            if container.shown and takes_marker and index == len(path) - 1:
                marker = container.shown
            elif container.shown:
                place = Place(path[: index + 1], container.shown, apart)
                self._finished.append(Paragraph(place, ""))
                apart = False
        return Place(path, marker, apart)

    def _now_apart(self) -> bool:
        apart, self._blank_before = self._blank_before, False
        return apart


def _without_quote_mark(text: str) -> str:
    return lines.expanded(text[1:]).removeprefix(" ")


def _nests_leniently(container: _Container, indent: int, rest: str) -> bool:
    """Say whether `rest` is an item two columns inside a numbered item, as models write it."""
    return (
        container.marker is not None
        and container.marker.ordered
        and indent >= container.column + 2
        and lines.marker_in(rest[indent:]) is not None
    )
