"""Long lines are laid out in pieces, and read as if they were not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from novita_desktop.ui.widgets.long_lines import MOST_CHARACTERS, LongLines, _goes_on
from novita_desktop.ui.widgets.message_editor import MessageEditor

LONG = "word and another, " * 2_000
MEGABYTE = "word and another, " * 58_000


def document():
    made = QTextDocument()
    made.setDocumentLayout(QPlainTextDocumentLayout(made))
    return made


def longest(made):
    return max(made.findBlockByNumber(n).length() for n in range(made.blockCount()))


TEXTS = {
    "nothing": "",
    "end": "\n",
    "word": "a",
    "lines": "one\ntwo",
    "long": LONG,
    "long between": "\n" + LONG + "\n",
    "no spaces": "x" * 20_001,
    "marks": "é\u2060中",
}
KINDS = ("insert", "type", "delete", "delete more", "replace")
PARAGRAPHS = st.integers(0, 12)
EDITS = st.tuples(
    st.sampled_from(KINDS), st.sampled_from(sorted(TEXTS)), st.one_of(st.floats(0, 1), PARAGRAPHS)
)


def place(made, where):
    """Return the position of a share of the text, or of a paragraph's start."""
    if isinstance(where, float):
        return int(where * (made.characterCount() - 1))
    return made.findBlockByNumber(min(where, made.blockCount() - 1)).position()


def breaks_before(made, position):
    """Count the breaks before `position` that are not part of the text."""
    blocks = (made.findBlockByNumber(n) for n in range(made.blockCount()))
    return sum(_goes_on(block) and block.position() <= position for block in blocks)


@settings(max_examples=150)
@given(st.lists(EDITS, max_size=8))
def test_what_is_read_is_what_was_written(qapp, edits):
    made = document()
    lines = LongLines(made)
    made.contentsChanged.connect(lines.mend)
    expected = ""
    for kind, name, where in edits:
        text = TEXTS[name]
        start = place(made, where)
        removed = {"delete": 3_000, "delete more": 7_000, "replace": 5_000}.get(kind, 0)
        end = min(start + removed, made.characterCount() - 1)
        at, after = start - breaks_before(made, start), end - breaks_before(made, end)
        cursor = QTextCursor(made)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        match kind:
            case "delete" | "delete more":
                text = ""
                cursor.removeSelectedText()
            case "insert" | "replace":
                lines.insert(cursor, text)
            case _:
                cursor.insertText(text)
        expected = expected[:at] + text + expected[after:]
        assert lines.text() == expected
        assert longest(made) <= MOST_CHARACTERS + 1


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_line_that_is_cut_from_its_start_stays_a_line(qapp, times):
    made = document()
    lines = LongLines(made)
    made.contentsChanged.connect(lines.mend)
    cursor = QTextCursor(made)
    lines.insert(cursor, "first\n" + LONG)
    for _ in range(times):
        cursor.setPosition(6)
        cursor.setPosition(6 + 3_000, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    first, _, rest = lines.text().partition("\n")
    assert first == "first"
    assert LONG.endswith(rest)


@pytest.fixture
def editor(qtbot):
    editor = MessageEditor()
    qtbot.addWidget(editor)
    editor.resize(400, 300)
    editor.show()
    return editor


def test_enter_in_a_piece_writes_a_line_end_and_undo_takes_it_back(qtbot, editor):
    editor.set_value(LONG)
    cursor = editor.textCursor()
    cursor.setPosition(10_000)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.value().count("\n") == 1
    assert editor.value().replace("\n", "") == LONG
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == LONG
    qtbot.keyClick(editor, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert editor.value().count("\n") == 1


def test_undo_brings_a_long_line_back_whole(qtbot, editor):
    editor.set_value(LONG)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.value() == ""
    menu = editor.menu()
    next(action for action in menu.actions() if action.objectName() == "edit-undo").trigger()
    assert editor.value() == LONG


def test_a_long_line_is_copied_without_breaks(editor):
    editor.set_value(LONG)
    editor.selectAll()
    assert editor.createMimeDataFromSelection().text() == LONG


def test_a_key_in_a_line_of_a_megabyte_is_quick(qtbot, editor):
    editor.set_value(MEGABYTE)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.repaint()
    took = []
    for _ in range(9):
        started = time.thread_time()
        qtbot.keyClick(editor, Qt.Key.Key_X)
        editor.repaint()
        took.append(time.thread_time() - started)
    assert sorted(took)[4] < 0.05
    assert editor.value() == MEGABYTE + "x" * 9
