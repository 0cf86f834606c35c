"""Reading line by line: lazy lines, items and their code, copies that go their own way."""

from novita_desktop.domain.markdown_reader import LineReader
from novita_desktop.domain.markdown_structure import CodeEnd, CodeLine, Paragraph, Place


def read(*lines):
    reader = LineReader()
    blocks = []
    for line in lines:
        blocks += reader.take(line, ends=True)
    return blocks + reader.close()


def test_a_copy_goes_its_own_way():
    reader = LineReader()
    reader.take("- a", ends=True)
    twin = reader.copied()
    twin.take("b", ends=True)
    assert twin.close() == [Paragraph(Place("l", "•"), "a\nb")]
    assert reader.close() == [Paragraph(Place("l", "•"), "a")]


def test_a_number_other_than_one_does_not_interrupt_a_paragraph():
    assert read("in", "1986. A year") == [Paragraph(Place(), "in\n1986. A year")]
    assert len(read("in", "1. item")) == 2


def test_an_item_that_begins_with_code_shows_its_mark_on_a_line_of_its_own():
    assert read("- ```", "  x", "  ```") == [
        Paragraph(Place("l", "•"), ""),
        CodeLine(Place("l"), "x", "", first=True),
        CodeEnd(""),
    ]


def test_a_blank_line_before_an_item_sets_it_apart():
    assert [block.place.apart for block in read("- a", "- b", "", "- c")] == [False, False, True]


def test_indented_code_keeps_blank_lines_inside_but_not_after_it():
    blocks = read("    a", "", "    b", "", "text")
    assert [getattr(block, "text", None) for block in blocks] == ["a", "", "b", None, "text"]


def test_unfinished_code_ends_with_its_quote():
    blocks = read("> ```", "> x", "after")
    assert blocks[1:] == [CodeEnd(""), Paragraph(Place(), "after")]


def test_a_part_of_a_line_is_never_a_mark():
    reader = LineReader()
    reader.take("word ", ends=False)
    reader.take("# no heading", ends=True)
    assert reader.close() == [Paragraph(Place(), "word # no heading")]
