"""A variable takes an image: chosen, pasted, dropped, restored."""

import asyncio

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.image_values import EXAMPLE, image_of
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.given_editor import EditorMeans
from novita_desktop.ui.widgets.image_editor import ImageEditor

BLIND = "This model does not see images."


@pytest.fixture
def waiting():
    return []


@pytest.fixture
def editor(qtbot, theme):
    editor = ImageEditor(EditorMeans(Icons(theme), asyncio.run), "")
    qtbot.addWidget(editor)
    return editor


@pytest.fixture
def file(tmp_path, qapp):
    path = tmp_path / "red.png"
    picture = QImage(6, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    assert picture.save(str(path))
    return path


def shown(editor):
    return editor.findChild(ElidedLabel).text()


def thumbnail(editor):
    return next(label for label in editor.findChildren(QLabel) if not label.pixmap().isNull())


def note(editor):
    found = (label for label in editor.findChildren(QLabel) if label.wordWrap())
    return next((label.text() for label in found if not label.isHidden()), "")


def test_a_chosen_file_becomes_the_value_and_is_shown(editor, file):
    told = []
    editor.changed.connect(told.append)
    editor.take_file(file)
    assert told == [editor.value()]
    assert image_of(editor.value()).media_type == "image/png"
    assert editor.source() == "red.png"
    assert shown(editor).startswith("red.png · 6 by 4 pixels · ")
    assert not thumbnail(editor).isHidden()
    editor.remove()
    assert (editor.value(), told[-1]) == ("", "")
    assert thumbnail(editor).isHidden()


def test_a_picture_is_pasted_and_a_file_dropped(editor, file, qtbot):
    picture = QImage(5, 3, QImage.Format.Format_RGB32)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    editor.take(QGuiApplication.clipboard().mimeData())
    assert shown(editor).startswith("5 by 3 pixels")
    assert editor.source() == ""
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    assert editor.takes(dropped)
    editor.take(dropped)
    assert editor.source() == "red.png"
    words = QMimeData()
    words.setText("words")
    assert not editor.takes(words)


def test_what_is_no_picture_is_refused_and_the_one_that_was_there_stays(editor, file, tmp_path):
    editor.take_file(file)
    before = editor.value()
    text = tmp_path / "notes.png"
    text.write_text("no picture", encoding="utf-8")
    editor.take_file(text)
    assert editor.value() == before
    assert note(editor).startswith("notes.png is not an image")
    assert not thumbnail(editor).isHidden()


def test_a_large_picture_is_scaled_down_and_said_to_be(editor, tmp_path, qapp):
    path = tmp_path / "large.bmp"
    assert QImage(3000, 40, QImage.Format.Format_RGB32).save(str(path))
    editor.take_file(path)
    assert "scaled down" in note(editor)
    assert image_of(editor.value()) is not None


def test_a_kept_image_is_shown_again_without_being_told(qtbot, theme, waiting):
    editor = ImageEditor(EditorMeans(Icons(theme), waiting.append), "")
    qtbot.addWidget(editor)
    told = []
    editor.changed.connect(told.append)
    editor.set_value(EXAMPLE, "dot.png")
    assert editor.value() == EXAMPLE
    editor.set_value(EXAMPLE, "dot.png")
    assert len(waiting) == 1
    asyncio.run(waiting.pop())
    assert shown(editor).startswith("dot.png · 1 by 1 pixels")
    assert told == []


def test_an_image_that_cannot_be_read_is_taken_away(editor):
    told = []
    editor.changed.connect(told.append)
    editor.set_value("data:image/png;base64,UkVE", "broken.png")
    assert (editor.value(), told) == ("", [""])
    assert "not an image" in note(editor)


def test_a_text_that_was_typed_into_another_kind_of_field_is_not_lost(editor):
    told = []
    editor.changed.connect(told.append)
    editor.set_value("words of before")
    assert (editor.value(), told) == ("words of before", [])
    assert "not an image" in note(editor)


def test_what_is_to_be_said_of_every_image_stays_below(editor, file):
    editor.set_image_warning(BLIND)
    assert note(editor) == BLIND
    editor.take_file(file)
    assert note(editor) == BLIND
    editor.set_image_warning("")
    assert note(editor) == ""
