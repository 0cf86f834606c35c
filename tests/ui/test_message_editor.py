"""The text field of the form: plain, growing, with variables made from selected words."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from novita_desktop.ui.widgets.message_editor import MessageEditor, variable_name_for


@pytest.fixture
def editor(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 500)
    editor = MessageEditor()
    column = QVBoxLayout(window)
    column.addWidget(editor)
    column.addStretch(1)
    window.show()
    yield editor
    window.close()


def select(editor, start, end):
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_a_shown_text_comes_back_and_is_not_told(editor):
    told = []
    editor.changed.connect(told.append)
    editor.set_value("one\ntwo {{ three }}")
    assert (editor.value(), told) == ("one\ntwo {{ three }}", [])


def test_an_edit_is_told_once(editor):
    told = []
    editor.changed.connect(told.append)
    editor.insertPlainText("hello")
    assert told == ["hello"]


def test_a_replaced_text_can_be_brought_back(editor):
    editor.set_value("typed by hand")
    editor.set_value("from the history")
    editor.undo()
    assert editor.value() == "typed by hand"


def test_it_grows_with_its_text_up_to_a_limit(qtbot, editor):
    heights = []
    for lines in (1, 5, 12, 40):
        editor.set_value("\n".join("x" for _ in range(lines)))
        qtbot.waitUntil(lambda: editor.height() == editor.sizeHint().height())
        heights.append(editor.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_selected_words_become_a_field_with_their_text_as_value(editor):
    made = []
    editor.field_made.connect(lambda name, value: made.append((name, value)))
    editor.set_value("Write about the Big River today")
    select(editor, 16, 25)
    editor.make_field()
    assert editor.value() == "Write about the {{ big_river }} today"
    assert made == [("big_river", "Big River")]


def test_spaces_selected_with_the_words_stay_in_the_text(editor):
    made = []
    editor.field_made.connect(lambda name, value: made.append((name, value)))
    editor.set_value("Write about the Big River today")
    select(editor, 15, 26)
    editor.make_field()
    assert editor.value() == "Write about the {{ big_river }} today"
    assert made == [("big_river", "Big River")]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Big River", "big_river"),
        ("  Grüße, Welt! ", "grüße_welt"),
        ("2 apples", "field_2_apples"),
        ("!!!", "field"),
        ("one two three four five six seven", "one_two_three_four_five"),
    ],
)
def test_names_made_from_words(words, name):
    assert variable_name_for(words) == name


def test_pasting_rich_text_takes_the_plain_text(editor):
    rich = QMimeData()
    rich.setHtml("<b>bold</b>")
    rich.setText("bold")
    editor.insertFromMimeData(rich)
    assert editor.value() == "bold"


def test_a_pasted_picture_goes_to_the_attachments_where_they_are_taken(editor, qtbot):
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    editor.insertFromMimeData(picture)
    editor.set_takes_images(True)
    with qtbot.waitSignal(editor.image_pasted):
        editor.insertFromMimeData(picture)
    assert editor.value() == ""


def test_cells_of_a_spreadsheet_are_pasted_as_text(editor):
    editor.set_takes_images(True)
    cells = QMimeData()
    cells.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    cells.setText("Ada\t36")
    editor.insertFromMimeData(cells)
    assert editor.value() == "Ada\t36"


def test_it_knows_that_an_input_method_is_composing(editor):
    QApplication.sendEvent(editor, QInputMethodEvent("にほ", []))
    assert editor.is_composing
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(editor, done)
    assert not editor.is_composing
    assert editor.value() == "日本"
