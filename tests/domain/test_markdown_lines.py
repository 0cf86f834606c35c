"""What one line can be, and where a long one is parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain import markdown_lines as lines


@given(st.text(alphabet="ab |\r\n", max_size=20), st.integers(0, 3000))
def test_lines_and_their_parts_are_the_whole_text(text, repeats):
    text = text + "w " * repeats + "\n"
    position, found = 0, ""
    while (line := lines.next_line(text, position)) is not None:
        part, after, ends = line
        assert len(part) <= lines.ROW_LIMIT
        assert after > position
        found += part + ("\n" if ends else "")
        position = after
    assert position == len(text)
    assert found == text.replace("\r\n", "\n")


def test_a_line_that_may_grow_is_not_given():
    assert lines.next_line("abc", 0) is None
    assert lines.next_line("abc\n", 0) == ("abc", 4, True)


def test_a_row_of_a_table_may_be_longer_than_other_lines():
    row = "| cell " * 500
    assert lines.next_line(row + "\n", 0) == (row, len(row) + 1, True)
    words = "cell " * 500
    part, _, ends = lines.next_line(words, 0)
    assert (part.endswith(" "), ends, len(part) <= lines.LINE_LIMIT) == (True, False, True)


@pytest.mark.parametrize(
    ("text", "heading"),
    [("# a", (1, "a")), ("###### b ##", (6, "b")), ("#", (1, "")), ("#a", None), ("# a#", (1, "a#")),
     ("####### a", None)],
)  # fmt: skip
def test_headings(text, heading):
    assert lines.heading_in(text) == heading


@pytest.mark.parametrize(
    ("text", "expected"), [("---", True), ("* * *", True), ("__", False), ("-- -x", False)]
)
def test_rules(text, expected):
    assert lines.is_rule(text) is expected


def test_markers():
    assert lines.marker_in("- a") == lines.Marker(ordered=False, kind="-", number=0, width=1)
    assert lines.marker_in("12) a") == lines.Marker(ordered=True, kind=")", number=12, width=3)
    assert lines.marker_in("-a") is None
    assert lines.marker_in("1.a") is None


def test_fences():
    assert lines.fence_in("```py x", 2) == lines.Fence("```", "py x", 2)
    assert lines.fence_in("```a`", 0) is None
    assert lines.closes_fence("````  ", "```")
    assert not lines.closes_fence("``", "```")
    assert not lines.closes_fence("~~~", "```")
    assert lines.may_close_fence(" ``", "```")
    assert not lines.may_close_fence("``x", "```")


def test_cells_and_alignments():
    assert lines.cells_of(r"| a \| b | c |") == ("a | b", "c")
    assert lines.alignments_in("|:-|:-:|-:|--|") == ("left", "center", "right", "")
    assert lines.alignments_in("| a |") is None
    assert lines.alignments_in("---") is None
