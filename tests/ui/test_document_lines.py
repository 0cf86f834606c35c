"""Blocks become lines: marks before items, source of open tables, direction of text."""

from functools import partial

import pytest

from novita_desktop.domain.markdown_inline import Emphasis, Span, parse_inline
from novita_desktop.domain.markdown_structure import CodeEnd, CodeLine, Paragraph, Place, TablePart
from novita_desktop.ui.widgets.document_lines import (
    Line,
    Look,
    line_of,
    open_lines,
    runs_from_right,
)

growing = partial(parse_inline, growing=True)


def test_an_item_begins_with_its_mark():
    line = line_of(Paragraph(Place("l", "1."), "a"))
    assert line == Line(Look.TEXT, Place("l", "1."), (Span("1.\t"), Span("a")))


def test_only_the_last_open_line_counts_as_growing():
    first, last = open_lines([Paragraph(Place(), "**a"), Paragraph(Place(), "**b")], growing)
    assert first.spans == (Span("**a"),)
    assert last.spans == (Span("b", Emphasis.STRONG),)


def test_an_open_table_shows_its_source_and_open_code_no_end():
    table = TablePart(Place(), ("a",), ("",), (), (100,), ("|a|", "|-|"))
    assert [line.look for line in open_lines([table], growing)] == [Look.TABLE_SOURCE] * 2
    code = CodeLine(Place(), "x", "py", first=True)
    assert [line.look for line in open_lines([code, CodeEnd("py")], growing)] == [
        Look.CODE_BEGINNING
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام a", True),
        ("1. שלום", True),
        ("a سلام", False),
        ("12", False),
        ("中文", False),
        ("", False),
    ],
)
def test_direction_is_that_of_the_first_letter(text, expected):
    assert runs_from_right(text) is expected
