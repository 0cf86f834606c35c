"""What a Markdown text consists of: paragraphs, headings, lines of code, parts of tables."""

from __future__ import annotations

from novita_desktop.domain.records import record


@record(frozen=True, slots=True)
class Place:
    """Where a block stands.

    `path` has a `q` for each quote and an `l` for each list item around it, from the outside in.
    `marker` is the item's bullet or number on its first block, otherwise empty. `apart` says that
    a blank line came before.
    """

    path: str = ""
    marker: str = ""
    apart: bool = False


@record(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or with `continued` a further part of one; `text` is inline Markdown."""

    place: Place
    text: str
    continued: bool = False


@record(frozen=True, slots=True)
class Heading:
    """A heading of `level` 1 to 6; `text` is inline Markdown."""

    place: Place
    level: int
    text: str


@record(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    place: Place


@record(frozen=True, slots=True)
class CodeLine:
    """A line of code; `first` and the `language` as written mark the beginning of its block."""

    place: Place
    text: str
    language: str
    first: bool


@record(frozen=True, slots=True)
class CodeEnd:
    """The block of code before this is complete; `language` is as written at its beginning."""

    language: str


@record(frozen=True, slots=True)
class TablePart:
    """Rows of a table: all of them or, with `continued`, some after its first `TABLE_ROWS`.

    `header` is empty where continued. `widths` are the columns' shares of the width in percent,
    the same in all parts of one table. `source` has the lines as written.
    """

    place: Place
    header: tuple[str, ...]
    alignments: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    source: tuple[str, ...]
    continued: bool = False


Block = Paragraph | Heading | Rule | CodeLine | CodeEnd | TablePart
