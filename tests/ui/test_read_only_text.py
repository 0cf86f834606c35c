"""A text to read: as high as its lines, never so long that laying it out stops the window."""

import time

import pytest

from novita_desktop.ui.widgets.read_only_text import SHOWN_CHARACTERS, ReadOnlyText


@pytest.fixture
def text(qtbot, theme):
    text = ReadOnlyText("Message", most_lines=5)
    qtbot.addWidget(text)
    text.resize(300, 100)
    text.show()
    return text


def test_it_is_named_and_cannot_be_changed(text, qtbot):
    text.show_text("Hello")
    qtbot.keyClicks(text, "x")
    assert text.toPlainText() == "Hello"
    assert text.accessibleName() == "Message"


def test_it_is_as_high_as_its_lines_up_to_a_limit(text):
    heights = []
    for lines in (1, 3, 5, 50):
        text.show_text("\n".join(["line"] * lines))
        heights.append(text.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_it_grows_when_narrow_lines_wrap(text):
    text.show_text("some words that stand on one line " * 2)
    wide = text.height()
    text.resize(120, wide)
    assert text.height() > wide


def test_a_very_long_text_is_shown_in_part_and_says_so(text):
    started = time.thread_time()
    text.show_text("word " * 1_000_000)
    assert time.thread_time() - started < 1
    assert len(text.toPlainText()) < SHOWN_CHARACTERS + 60
    assert text.toPlainText().endswith("more characters")
