"""JSON made readable."""

import json
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.json_text_view import (
    BREAK,
    LINE_CHARACTERS,
    SHOWN_CHARACTERS,
    JsonTextView,
    pieces_of,
    readable_json,
)


def test_json_is_indented_and_pictures_are_shortened():
    text = readable_json('{"url":"data:image/png;base64,' + "A" * 500 + '"}')
    assert text == '{\n  "url": "data:image/png;base64,… (500 characters)"\n}'


@pytest.mark.parametrize("text", ["", "<html>", "[" * 100_000])
def test_what_is_no_json_stays_as_it_is(text):
    assert readable_json(text) == text


def test_it_is_worked_out_when_somebody_looks(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = JsonTextView(tasks, "Raw JSON")
    qtbot.addWidget(view)
    view.show_json("What was sent", '{"a":1}')
    wait(tasks.settled())
    assert view.text.toPlainText() == ""
    view.show()
    qtbot.waitUntil(lambda: view.text.toPlainText() == '{\n  "a": 1\n}')
    view.show_json("What was sent", '{"a":2}')
    qtbot.waitUntil(lambda: view.text.toPlainText() == '{\n  "a": 2\n}')
    assert view.text.accessibleName() == "Raw JSON"


@given(st.lists(st.integers(0, 3 * LINE_CHARACTERS)))
def test_pieces_join_to_the_whole(lengths):
    text = "\n".join("x" * length for length in lengths)
    lines = "\n".join(pieces_of(text)).split("\n")
    assert "\n".join(lines).replace(BREAK + "\n", "") == text
    assert max(map(len, lines), default=0) <= LINE_CHARACTERS + 1


def test_what_is_copied_has_no_breaks_of_ours(qtbot, loop):
    view = JsonTextView(Tasks(lambda error: None), "Raw JSON")
    qtbot.addWidget(view)
    view.show()
    source = json.dumps({"a": "word " * 5_000, "b": 1})
    view.show_json("What was sent", source)
    whole = readable_json(source)
    qtbot.waitUntil(lambda: view.text.toPlainText().endswith("}"))
    view.text.selectAll()
    QTest.keyClick(view.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == whole


@pytest.mark.parametrize("words", ["word\n", "word ", "x"])
def test_a_long_line_does_not_stop_the_window(qtbot, loop, words):
    view = JsonTextView(Tasks(lambda error: None), "Raw JSON")
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    ticks = []
    timer = QTimer(view)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    view.show_json("What was sent", json.dumps({"a": words * (2_000_000 // len(words))}))
    qtbot.waitUntil(
        lambda: "more characters" in view.text.document().lastBlock().text(), timeout=20_000
    )
    gaps = [after - before for before, after in pairwise(ticks)]
    assert max(gaps) < 0.25
    assert len(view.text.toPlainText()) >= SHOWN_CHARACTERS


def test_a_text_that_comes_back_while_it_is_written_stands_there_once(qtbot, loop, wait):
    tasks = Tasks(lambda error: None)
    view = JsonTextView(tasks, "Raw JSON")
    qtbot.addWidget(view)
    view.show()
    long = json.dumps([f"line {number}" for number in range(3_000)])
    view.show_json("", long)
    qtbot.waitUntil(lambda: 0 < view.text.document().blockCount() < 3_000)
    view.show_json("", '{"a":1}')
    view.show_json("", long)
    view.hide()
    view.show()
    wait(tasks.settled())
    assert view.text.toPlainText() == readable_json(long)
