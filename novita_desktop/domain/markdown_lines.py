"""What one line of Markdown can be: markers, fences, headings, rules, rows of a table."""

from __future__ import annotations

import re
from typing import Final

from novita_desktop.domain.records import record

# A longer line is taken in parts, so that no line, however long, costs more than this to show.
LINE_LIMIT: Final = 1024
# Rows of tables hold several cells of prose, and half a row is no row.
ROW_LIMIT: Final = 6 * LINE_LIMIT

_FENCE: Final = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)$")
_FENCE_END: Final = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*$")
_HEADING: Final = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*))?$")
_RULE: Final = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE: Final = re.compile(r"(?P<mark>=+|-+)[ \t]*$")
_MARKER: Final = re.compile(
    r"(?P<bullet>[-+*])(?=[ \t]|$)|(?P<number>[0-9]{1,9})(?P<end>[.)])(?=[ \t]|$)"
)
_TASK: Final = re.compile(r"\[(?P<done>[ xX])\][ \t]+(?=\S)")
_DELIMITERS: Final = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*$")
_CELL_BORDER: Final = re.compile(r"(?<!\\)\|")
# Nothing but marks so far: the rest of the line decides whether they are text.
_UNDECIDED: Final = re.compile(
    r"[ \t>]*+(?:[-+*_=#|:~` \t]*|[0-9]{1,9}[.)]?[ \t]*|[-+*] \[[ xX]?\]?[ \t]*)$"
)
_FENCE_BEGINNING: Final = re.compile(
    r"[ \t>]*+(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]++)*+(?:`{3,}+|~{3,}+)[^`]*$"
)


@record(frozen=True, slots=True)
class Marker:
    """The beginning of a list item; `width` is the length of the mark in characters."""

    ordered: bool
    kind: str
    number: int
    width: int


@record(frozen=True, slots=True)
class Fence:
    """The first line of a block of code; `indent` spaces are taken from each of its lines."""

    mark: str
    info: str
    indent: int


def next_line(text: str, position: int) -> tuple[str, int, bool] | None:
    """Return the next line, the position after it and whether its end was reached.

    None while the line that begins at `position` may still grow. A line beyond the limit comes in
    parts; where it is parted depends on the line alone, not on how the text arrived.
    """
    limit = LINE_LIMIT
    end = text.find("\n", position, position + limit + 1)
    if end < 0 and len(text) - position > limit and "|" in text[position : position + limit]:
        limit = ROW_LIMIT
        end = text.find("\n", position, position + limit + 1)
    if end >= 0:
        return text[position:end].removesuffix("\r"), end + 1, True
    if len(text) - position <= limit:
        return None
    space = text.rfind(" ", position + limit // 2, position + limit)
    end = space + 1 if space >= 0 else position + limit
    return text[position:end], end, False


def expanded(line: str) -> str:
    """Return `line` with the tabs of its indentation as spaces, stops every four columns."""
    if "\t" not in line:
        return line
    body = line.lstrip(" \t")
    indentation = line[: len(line) - len(body)].expandtabs(4)
    return indentation + body


def indent_of(line: str) -> int:
    """Return how many spaces `line` begins with."""
    return len(line) - len(line.lstrip(" "))


def fence_in(text: str, indent: int) -> Fence | None:
    """Return the fence that `text` opens; `indent` is what stood before it."""
    if not (match := _FENCE.match(text)) or (match["fence"][0] == "`" and "`" in match["info"]):
        return None
    return Fence(match["fence"], match["info"].strip(), indent)


def closes_fence(line: str, mark: str) -> bool:
    """Say whether `line` ends the block of code that `mark` began."""
    match = _FENCE_END.match(line.lstrip(" ")) if indent_of(line) < 4 else None
    return match is not None and match["fence"].startswith(mark)


def may_close_fence(part: str, mark: str) -> bool:
    """Say whether a line that begins with `part` can still end the block that `mark` began."""
    body = part.strip(" \t\r")
    return not body or (body[0] == mark[0] and body == body[0] * len(body))


def heading_in(text: str) -> tuple[int, str] | None:
    """Return level and text of the heading that `text` is."""
    if not (match := _HEADING.match(text)):
        return None
    title = (match["text"] or "").strip()
    without_marks = title.rstrip("#")
    if without_marks != title and (not without_marks or without_marks[-1] in " \t"):
        title = without_marks.rstrip()
    return len(match["marks"]), title


def is_rule(text: str) -> bool:
    """Say whether `text` is a thematic break."""
    return text[:1] in ("*", "-", "_") and _RULE.match(text) is not None


def underline_level(text: str) -> int:
    """Return the level of heading that `text` makes of the paragraph above it, or 0."""
    match = _UNDERLINE.match(text)
    return 0 if match is None else 1 if match["mark"][0] == "=" else 2


def marker_in(text: str) -> Marker | None:
    """Return the list marker that `text` begins with."""
    if not (match := _MARKER.match(text)):
        return None
    if match["bullet"]:
        return Marker(ordered=False, kind=match["bullet"], number=0, width=1)
    number = int(match["number"])
    return Marker(ordered=True, kind=match["end"], number=number, width=match.end())


def task_in(text: str) -> tuple[bool, str] | None:
    """Return whether the task that `text` describes is done, and the text after its box."""
    match = _TASK.match(text)
    return None if match is None else (match["done"] != " ", text[match.end() :])


def alignments_in(text: str) -> tuple[str, ...] | None:
    """Return `left`, `center`, `right` or empty per column, if `text` is a table's second line."""
    if "|" not in text or "-" not in text or not _DELIMITERS.match(text):
        return None
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    return tuple(
        sides.get((cell.startswith(":"), cell.endswith(":")), "") for cell in cells_of(text)
    )


def cells_of(row: str) -> tuple[str, ...]:
    r"""Return the cells of a table's row; `\|` is a bar inside a cell."""
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(row))


def is_undecided(part: str) -> bool:
    """Say whether `part`, the beginning of a line, could become a mark or a text."""
    return (
        len(part) < LINE_LIMIT
        and (_UNDECIDED.match(part) or _FENCE_BEGINNING.match(part)) is not None
    )
