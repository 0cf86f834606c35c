"""Splitting Markdown into finished blocks: the same for any cuts, bounded, by the rules."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.markdown_blocks import BlockSplitter
from novita_desktop.domain.markdown_leaves import TABLE_ROWS
from novita_desktop.domain.markdown_reader import NESTING_LIMIT, PARAGRAPH_LIMIT
from novita_desktop.domain.markdown_structure import (
    CodeEnd,
    CodeLine,
    Heading,
    Paragraph,
    Place,
    Rule,
    TablePart,
)

PIECES = st.sampled_from([
    "word ", "\n", "\n\n", "  ", "    ", "- ", "1. ", "7) ", "> ", "# ", "**", "`", "```", "~~~\n",
    "| a | b |\n|---|--:|\n", "| x | y |\n", "|", "---\n", "===\n", "\r\n", "\t", "- [x] ",
    "Sentence. " * 130, "| r | s |\n" * 25, "w" * 1500, "\u2028", "\u202e", "\ud83d",
])  # fmt: skip


def finished_by(splitter):
    found = []
    while (blocks := splitter.advance()) is not None:
        found += blocks
    return found


def split(*cuts):
    splitter = BlockSplitter()
    blocks = []
    for cut in cuts:
        splitter.add(cut)
        blocks += finished_by(splitter)
        splitter.open_blocks()
    return blocks + splitter.finish()


@given(st.lists(PIECES, max_size=30), st.lists(st.integers(1, 400), min_size=1))
def test_blocks_are_the_same_for_any_cuts(pieces, steps):
    text = "".join(pieces)
    cuts, position, turn = [], 0, 0
    while position < len(text):
        step = steps[turn % len(steps)]
        cuts.append(text[position : position + step])
        position, turn = position + step, turn + 1
    assert split(*cuts) == split(text)


@given(st.lists(PIECES, max_size=30))
def test_no_letter_is_lost(pieces):
    text = "".join(pieces).replace("\ud83d", "")
    shown = "".join(
        "".join(block.source)
        if isinstance(block, TablePart)
        else getattr(block, "text", "") + getattr(block, "language", "")
        for block in split(text)
    )
    for letter in "wordSentcyr":
        if letter in text and "```" not in text and "~~~" not in text:
            assert shown.count(letter) == text.count(letter)


def test_an_item_is_finished_when_the_next_begins_and_keeps_its_number():
    splitter = BlockSplitter()
    splitter.add("3. three\n3. four\n")
    assert finished_by(splitter) == [Paragraph(Place("l", "3."), "three")]
    assert splitter.open_blocks() == [Paragraph(Place("l", "4."), "four")]


def test_numbers_go_on_after_code_inside_an_item():
    blocks = split("1. a\n\n   ```\n   x\n   ```\n\n2. b\n")
    markers = [block.place.marker for block in blocks if isinstance(block, Paragraph)]
    assert markers == ["1.", "2."]


def test_a_list_two_columns_in_below_a_number_is_nested():
    blocks = split("1. a\n  - b\n  - c\n2. d")
    assert [(block.place.path, block.place.marker) for block in blocks] == [
        ("l", "1."),
        ("ll", "◦"),
        ("ll", "◦"),
        ("l", "2."),
    ]


def test_tasks_have_boxes_for_marks():
    blocks = split("- [x] done\n- [ ] open")
    assert [(block.place.marker, block.text) for block in blocks] == [("☑", "done"), ("☐", "open")]


@pytest.mark.parametrize("cut", range(1, 4))
def test_what_may_be_a_closing_fence_is_held_back(cut):
    splitter = BlockSplitter()
    splitter.add("```py\nx = 1\n" + "```"[:cut])
    finished_by(splitter)
    shown = [block.text for block in splitter.open_blocks() if isinstance(block, CodeLine)]
    assert shown == []
    splitter.add("" if cut == 3 else "x")
    shown = [block.text for block in splitter.open_blocks() if isinstance(block, CodeLine)]
    assert shown == ([] if cut == 3 else ["```"[:cut] + "x"])


@pytest.mark.parametrize("start", ["-", "1", "1.", "#", ">", "```p", "- ", "**", "- [", "|"])
def test_a_beginning_that_may_be_a_mark_is_not_shown_as_text(start):
    splitter = BlockSplitter()
    splitter.add("text\n\n" + start)
    finished_by(splitter)
    assert splitter.open_blocks() == []


def test_code_keeps_its_lines_and_says_when_it_ends():
    assert split("  ~~~ js x\n   a\n b\n  ~~~\n") == [
        CodeLine(Place(), " a", "js", first=True),
        CodeLine(Place(), "b", "js", first=False),
        CodeEnd("js"),
    ]


def test_headings_rules_and_quotes():
    assert split("# One #\nTwo\n===\n***\n> q\nlazy\n> > r\n\nafter") == [
        Heading(Place(), 1, "One"),
        Heading(Place(), 1, "Two"),
        Rule(Place()),
        Paragraph(Place("q"), "q\nlazy"),
        Paragraph(Place("qq"), "r"),
        Paragraph(Place(apart=True), "after"),
    ]


def test_a_table_ends_at_a_line_without_bars_and_its_rows_are_filled_up():
    table, after = split("| a | b |\n|:--|--:|\n| 1 |\n| x \\| y | 2 | 3 |\nafter")
    assert isinstance(table, TablePart)
    assert table.header == ("a", "b")
    assert table.alignments == ("left", "right")
    assert table.rows == (("1", ""), ("x | y", "2 | 3"))
    assert after == Paragraph(Place(), "after")


def test_a_long_table_comes_in_parts_with_the_same_widths():
    parts = split("|a|b|\n|-|-|\n" + "|1|2|\n" * (2 * TABLE_ROWS + 3))
    assert [len(part.rows) for part in parts] == [TABLE_ROWS, TABLE_ROWS, 3]
    assert [part.continued for part in parts] == [False, True, True]
    assert len({part.widths for part in parts}) == 1


def test_a_long_paragraph_is_parted_after_sentences():
    parts = split("A sentence of words. " * 400)
    assert len(parts) > 3
    assert all(len(part.text) <= PARAGRAPH_LIMIT and part.text.endswith(".") for part in parts)
    assert [part.continued for part in parts[:2]] == [False, True]


@pytest.mark.parametrize(
    "bomb",
    [">" * 10_000, "> " * 10_000, "- " * 10_000, "*" * 10_000, "[" * 10_000, "1. " * 10_000,
     "|" * 10_000, "|-" * 10_000, "- | " * 9_000, "x" * 1_000_000, "~" * 1000 + "`" * 10_000],
)  # fmt: skip
def test_bombs_stay_small_pieces(bomb):
    started = time.thread_time()
    splitter = BlockSplitter()
    splitter.add(bomb)
    longest = 0.0
    blocks = []
    while True:
        step = time.thread_time()
        more = splitter.advance()
        longest = max(longest, time.thread_time() - step)
        if more is None:
            break
        blocks += more
    blocks += splitter.finish()
    assert longest < 0.05
    assert time.thread_time() - started < 5
    for block in blocks:
        assert isinstance(block, CodeEnd) or len(block.place.path) <= NESTING_LIMIT
        assert len(getattr(block, "text", "")) <= 3 * PARAGRAPH_LIMIT


def test_html_is_text():
    assert split("<script>alert(1)</script>\n\n<!-- x -->") == [
        Paragraph(Place(), "<script>alert(1)</script>"),
        Paragraph(Place(apart=True), "<!-- x -->"),
    ]


def test_control_characters_are_shown():
    (block,) = split("a\u202eb\x00c\u2028d\ud83de")
    assert block.text == "a\ufffdb\u2400c\u2424d\ufffde"
