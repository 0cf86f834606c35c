"""What a person chooses, drops, pastes and removes becomes a value."""

import asyncio

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.file_editor import FileEditor
from novita_desktop.ui.widgets.given_editor import EditorMeans


@pytest.fixture
def waiting():
    return []


@pytest.fixture
def editor(qtbot, theme, waiting):
    editor = FileEditor(EditorMeans(Icons(theme), waiting.append), "May stay empty")
    qtbot.addWidget(editor)
    return editor


def file(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def shown(editor):
    return editor.findChild(ElidedLabel).text()


def test_a_value_that_is_shown_is_not_told(editor):
    told = []
    editor.changed.connect(told.append)
    assert shown(editor) == "May stay empty"
    editor.set_value("words", "a.txt")
    assert (editor.value(), editor.source(), told) == ("words", "a.txt", [])


def test_a_file_without_its_text_is_to_be_chosen_again(editor):
    editor.set_value("", "large.log")
    assert shown(editor) == "Last time: large.log. Choose it again."
    assert editor.value() == ""


def test_the_controls_are_named_after_the_variable(editor):
    editor.name_after("report")
    editor.set_value("words", "a.txt")
    button = editor.findChild(QPushButton)
    assert button.accessibleName() == "Choose a text file for report"
    assert button.accessibleDescription() == "a.txt · 5 characters"
    assert editor.findChild(QToolButton).accessibleName() == "Remove report"


def test_what_is_given_can_be_removed(editor):
    told, left = [], []
    editor.changed.connect(told.append)
    editor.left.connect(lambda: left.append(True))
    editor.set_value("words", "a.txt")
    remove = editor.findChild(QToolButton)
    assert not remove.isHidden()
    remove.click()
    assert (editor.value(), editor.source(), told, left) == ("", "", [""], [True])
    assert remove.isHidden()


def test_text_is_pasted_with_the_keyboard_and_dropped(editor, qtbot):
    QGuiApplication.clipboard().setText("from the clipboard")
    editor.show()
    qtbot.keyClick(editor.findChild(QPushButton), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == "from the clipboard"
    dropped = QMimeData()
    dropped.setText("dropped")
    event = QDropEvent(
        QPointF(4, 4),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    editor.dropEvent(event)
    assert editor.value() == "dropped"
    assert event.isAccepted()


def test_it_says_where_to_drop(editor):
    words = QMimeData()
    words.setText("words")
    some = (Qt.DropAction.CopyAction, words, Qt.MouseButton.LeftButton)
    entering = QDragEnterEvent(QPoint(4, 4), *some, Qt.KeyboardModifier.NoModifier)
    editor.dragEnterEvent(entering)
    assert entering.isAccepted()
    assert shown(editor) == "Drop it here"
    editor.dragLeaveEvent(QDragLeaveEvent())
    assert shown(editor) == "May stay empty"
    nothing = (Qt.DropAction.CopyAction, QMimeData(), Qt.MouseButton.LeftButton)
    refused = QDragEnterEvent(QPoint(4, 4), *nothing, Qt.KeyboardModifier.NoModifier)
    refused.ignore()
    editor.dragEnterEvent(refused)
    assert not refused.isAccepted()


def test_screen_readers_hear_what_was_taken_and_what_was_not(
    editor, waiting, tmp_path, monkeypatch
):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: (
            said.append(event.message())
            if isinstance(event, QAccessibleAnnouncementEvent)
            else None
        ),
    )
    editor.take_file(file(tmp_path, "a.txt", "words"))
    asyncio.run(waiting.pop())
    editor.take_file(tmp_path / "gone.txt")
    asyncio.run(waiting.pop())
    assert said[0] == "a.txt · 5 characters"
    assert said[1].startswith("gone.txt cannot be read.")


def test_only_the_newest_file_counts(editor, waiting, tmp_path):
    editor.take_file(file(tmp_path, "old.txt", "old"))
    assert shown(editor) == "Reading…"
    editor.take_file(file(tmp_path, "new.txt", "new"))
    old, new = waiting
    asyncio.run(new)
    asyncio.run(old)
    assert (editor.value(), editor.source()) == ("new", "new.txt")


def test_a_field_that_is_gone_when_its_file_was_read_is_left_alone(qapp, theme, waiting, tmp_path):
    editor = FileEditor(EditorMeans(Icons(theme), waiting.append), "")
    editor.take_file(file(tmp_path, "a.txt", "words"))
    shiboken6.delete(editor)
    asyncio.run(waiting.pop())


def test_the_dialog_does_not_block_and_its_file_is_taken(editor, waiting, tmp_path, qtbot):
    editor.show()
    editor.findChild(QPushButton).click()
    dialog = editor.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(file(tmp_path, "a.txt", "words"))])
    asyncio.run(waiting.pop())
    assert editor.value() == "words"
    dialog.reject()
