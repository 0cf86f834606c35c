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
EDITS = st.tuples(
    st.sampled_from(["insert", "type", "delete"]), st.sampled_from(sorted(TEXTS)), st.floats(0, 1)
)


def breaks_before(made, position):
    """Count the breaks before `position` that are not part of the text."""
    blocks = (made.findBlockByNumber(n) for n in range(made.blockCount()))
    return sum(_goes_on(block) and block.position() <= position for block in blocks)


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=8))
def test_what_is_read_is_what_was_written(qapp, edits):
    made = document()
    lines = LongLines(made)
    made.contentsChanged.connect(lines.mend)
    expected = ""
    for kind, name, share in edits:
        text = TEXTS[name]
        start = int(share * (made.characterCount() - 1))
        end = min(start + 3_000, made.characterCount() - 1) if kind == "delete" else start
        at, after = start - breaks_before(made, start), end - breaks_before(made, end)
        cursor = QTextCursor(made)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        match kind:
            case "delete":
                text = ""
                cursor.removeSelectedText()
            case "insert":
                lines.insert(cursor, text)
            case _:
                cursor.insertText(text)
        expected = expected[:at] + text + expected[after:]
        assert lines.text() == expected
        assert longest(made) <= MOST_CHARACTERS + 1


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
        started = time.perf_counter()
        qtbot.keyClick(editor, Qt.Key.Key_X)
        editor.repaint()
        took.append(time.perf_counter() - started)
    assert sorted(took)[4] < 0.05
    assert editor.value() == MEGABYTE + "x" * 9
