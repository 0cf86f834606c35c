"""Pictures are added, shown, removed and restored."""

import asyncio

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QToolButton

from novita_desktop.domain.requests import Image
from novita_desktop.ui.widgets.attachments import MOST_IMAGES, Attachments


@pytest.fixture
def attachments(qtbot):
    attachments = Attachments(asyncio.run)
    qtbot.addWidget(attachments)
    return attachments


@pytest.fixture
def file(tmp_path, qapp):
    path = tmp_path / "red.png"
    picture = QImage(6, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    assert picture.save(str(path))
    return path


def note(attachments):
    return attachments.findChild(QLabel, "imagesNote").text()


def problem(attachments):
    return attachments.findChild(QLabel, "imagesProblem").text()


def test_a_file_is_added_and_told_once_and_removed_again(attachments, file):
    told = []
    attachments.changed.connect(told.append)
    attachments.add_files([file])
    assert len(told) == 1
    assert told[0] == attachments.value()
    assert told[0][0].media_type == "image/png"
    button = attachments.findChild(QToolButton)
    assert button.accessibleName() == "Remove image 1"
    button.click()
    assert attachments.value() == ()
    assert len(told) == 2


def test_a_dropped_file_and_a_pasted_picture_are_taken(attachments, file):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    attachments.add_mime(dropped)
    pasted = QMimeData()
    pasted.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    attachments.add_mime(pasted)
    assert len(attachments.value()) == 2


def test_what_cannot_be_taken_is_refused_in_words(attachments, tmp_path):
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    attachments.add_files([text])
    assert attachments.value() == ()
    assert problem(attachments).startswith("notes.png is not an image")


def test_what_is_said_of_one_picture_outlives_the_next(attachments, file, tmp_path):
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    attachments.add_files([text, file])
    assert len(attachments.value()) == 1
    assert problem(attachments).startswith("notes.png is not an image")
    attachments.add_files([file])
    assert problem(attachments) == ""


def test_pictures_keep_the_order_they_were_chosen_in(attachments, file, tmp_path):
    large = tmp_path / "large.bmp"
    picture = QImage(1500, 1500, QImage.Format.Format_RGB32)
    picture.fill(0x00FF00)
    assert picture.save(str(large))
    attachments.add_files([large, file])
    assert [image.media_type for image in attachments.value()] == ["image/jpeg", "image/png"]


def test_only_a_picture_that_was_made_smaller_is_said_to_be(attachments, tmp_path):
    for side, name in ((300, "small.bmp"), (3000, "large.bmp")):
        picture = QImage(side, 40, QImage.Format.Format_RGB32)
        picture.fill(0x00FF00)
        assert picture.save(str(tmp_path / name))
    attachments.add_files([tmp_path / "small.bmp"])
    assert (note(attachments), problem(attachments)) == ("", "")
    attachments.add_files([tmp_path / "large.bmp"])
    assert "scaled down to 2048 by 27 pixels" in note(attachments)
    assert problem(attachments) == ""


def test_it_says_that_a_picture_is_being_read(qtbot, file):
    waiting = []
    attachments = Attachments(waiting.append)
    qtbot.addWidget(attachments)
    attachments.add_files([file])
    assert (note(attachments), attachments.is_reading) == ("Reading the image…", True)
    asyncio.run(waiting.pop())
    assert (note(attachments), attachments.is_reading) == ("", False)


def test_thumbnails_have_their_full_size_and_wrap_where_room_is_short(attachments, file, qtbot):
    attachments.add_files([file] * MOST_IMAGES)
    attachments.resize(260, 400)
    attachments.show()
    qtbot.waitExposed(attachments)
    buttons = attachments.findChildren(QToolButton)
    assert len(buttons) == MOST_IMAGES
    assert {button.text() for button in buttons} == {"Remove"}
    assert all(button.height() >= button.sizeHint().height() for button in buttons)
    assert all(button.geometry().right() < attachments.width() for button in buttons)


def test_there_is_a_limit(attachments, file):
    attachments.add_files([file] * (MOST_IMAGES + 1))
    assert len(attachments.value()) == MOST_IMAGES
    assert str(MOST_IMAGES) in problem(attachments)


def test_saved_images_round_trip_in_silence(attachments, file, qtbot):
    attachments.add_files([file])
    images = attachments.value()
    other = Attachments(asyncio.run)
    qtbot.addWidget(other)
    told = []
    other.changed.connect(told.append)
    other.set_value(images)
    assert (other.value(), told) == (images, [])


def test_images_are_there_before_their_thumbnails(qtbot, file):
    waiting = []
    attachments = Attachments(waiting.append)
    qtbot.addWidget(attachments)
    image = Image("image/png", "AAAA")
    attachments.set_value([image])
    assert attachments.value() == (image,)
    asyncio.run(waiting.pop())
    assert attachments.value() == ()
    assert "left out" in problem(attachments)
