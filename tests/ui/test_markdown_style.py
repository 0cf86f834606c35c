"""Formats: distances, links, code; and what a format keeps to be made again."""

import pytest
from PySide6.QtGui import QFont, QPalette, QTextFormat

from novita_desktop.domain.markdown_inline import Emphasis, Span
from novita_desktop.domain.markdown_structure import Place
from novita_desktop.ui.widgets.answer_colours import AnswerColours
from novita_desktop.ui.widgets.document_lines import Line, Look, Token
from novita_desktop.ui.widgets.markdown_style import MarkdownStyle


def style(pixels=14):
    font = QFont()
    font.setPixelSize(pixels)
    return MarkdownStyle(font, AnswerColours.from_palette(QPalette()))


@pytest.mark.parametrize("above", [None, Look.TEXT, Look.CODE])
@pytest.mark.parametrize(
    "line",
    [
        Line(Look.TEXT, Place("ql", "12.", apart=True), (), mirrored=True),
        Line(Look.HEADING, Place(), (), level=3),
        Line(Look.CODE_BEGINNING, Place("l"), (), language="py"),
        Line(Look.CELL, Place(), (), language="right"),
        Line(Look.RULE, Place(), ()),
    ],
)
def test_a_format_can_be_made_again_at_another_size(qapp, line, above):
    small, large = style(14), style(28)
    again = large.restyled_block(small.block_format(line, above))
    assert again == large.block_format(line, above)


def test_spans_can_be_made_again_and_keep_their_link(qapp):
    small, large = style(14), style(28)
    line = Line(Look.HEADING, Place(), (), level=1)
    span = Span("x", Emphasis.CODE | Emphasis.STRONG, "https://a.b")
    again = large.restyled_span(small.block_format(line, None), small.span_format(line, span))
    assert again == large.span_format(line, span)
    assert again.anchorHref() == "https://a.b"


def test_headings_are_modestly_larger_and_code_has_a_fixed_pitch(qapp):
    size = QTextFormat.Property.FontPixelSize
    heading = style(20).char_format(Look.HEADING, 1, Emphasis.NONE, Token.PLAIN)
    assert heading.intProperty(size) == 26
    code = style().char_format(Look.TEXT, 0, Emphasis.CODE, Token.PLAIN)
    assert code.fontFixedPitch()
    assert code.background().color() == style().colours.tint


def test_lines_after_code_keep_clear_of_its_padding(qapp):
    line = Line(Look.TEXT, Place(), ())
    after_text = style().block_format(line, Look.TEXT).topMargin()
    assert style().block_format(line, Look.CODE).topMargin() == after_text + style().padding
