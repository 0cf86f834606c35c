"""A variable takes the text in a file."""

import asyncio

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.given_texts import MAX_BYTES
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.file_editor import FileEditor
from novita_desktop.ui.widgets.given_editor import EditorMeans


@pytest.fixture
def editor(qtbot, theme):
    editor = FileEditor(EditorMeans(Icons(theme), asyncio.run), "")
    qtbot.addWidget(editor)
    return editor


def shown(editor):
    return editor.findChild(ElidedLabel).text()


def note(editor):
    found = (label for label in editor.findChildren(QLabel) if label.wordWrap())
    return next((label.text() for label in found if not label.isHidden()), "")


def test_a_file_is_read_and_named_with_its_length(editor, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("Grüße\r\nan alle".encode("utf-16"))
    told = []
    editor.changed.connect(told.append)
    assert shown(editor) == "A text file of at most 2.0 MB"
    editor.take_file(path)
    assert told == ["Grüße\nan alle"]
    assert (editor.value(), editor.source()) == ("Grüße\nan alle", "report.txt")
    assert shown(editor) == "report.txt · 13 characters"
    assert note(editor) == ""


def test_a_dropped_file_is_read_and_dropped_text_is_taken_as_it_is(editor, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Title", encoding="utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    assert editor.takes(dropped)
    editor.take(dropped)
    assert (editor.value(), editor.source()) == ("# Title", "a.md")
    words = QMimeData()
    words.setText("Some words")
    assert editor.takes(words)
    editor.take(words)
    assert (editor.value(), editor.source()) == ("Some words", "")
    assert shown(editor) == "10 characters"
    assert not editor.takes(QMimeData())


def test_what_is_no_text_is_refused_and_what_stood_there_stays(editor, tmp_path):
    good, pdf = tmp_path / "good.txt", tmp_path / "paper.pdf"
    good.write_text("words", encoding="utf-8")
    pdf.write_bytes(b"%PDF-1.7\n")
    editor.take_file(good)
    told = []
    editor.changed.connect(told.append)
    editor.take_file(pdf)
    assert told == []
    assert (editor.value(), editor.source()) == ("words", "good.txt")
    assert shown(editor) == "good.txt · 5 characters"
    assert note(editor).startswith("paper.pdf is a PDF.")
    editor.take_file(tmp_path / "gone.txt")
    assert note(editor).startswith("gone.txt cannot be read.")
    editor.take_file(good)
    assert note(editor) == ""


def test_a_text_that_is_too_long_is_refused_with_the_limit(editor, tmp_path):
    path = tmp_path / "large.log"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    editor.take_file(path)
    assert editor.value() == ""
    assert note(editor).startswith("large.log is larger than 2.0 MB.")
    pasted = QMimeData()
    pasted.setText("x" * (MAX_BYTES + 1))
    editor.take(pasted)
    assert editor.value() == ""
    assert note(editor).startswith("The pasted text is larger than 2.0 MB.")


def test_a_guessed_encoding_is_said(editor, tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("Grüße".encode("cp1252"))
    editor.take_file(path)
    assert editor.value() == "Grüße"
    assert "Windows-1252" in note(editor)
