"""Pictures are checked, scaled down when large, and refused with a reason."""

import base64
import random

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from novita_desktop.domain.requests import Image
from novita_desktop.ui.widgets.image_preparation import (
    MAX_FILE_BYTES,
    MAX_SENT_BYTES,
    ImageProblem,
    PreparedImage,
    RefusedImage,
    prepare_bytes,
    prepare_file,
    prepare_picture,
    restored,
)


def png_of(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def noise(side: int) -> QImage:
    data = random.Random(7).randbytes(side * side * 4)
    return QImage(data, side, side, QImage.Format.Format_RGB32).copy()


@pytest.fixture
def small():
    picture = QImage(20, 10, QImage.Format.Format_ARGB32)
    picture.fill(QColor("teal"))
    return png_of(picture)


def test_a_small_picture_is_sent_as_it_is(small):
    prepared = prepare_bytes(small)
    assert isinstance(prepared, PreparedImage)
    assert base64.b64decode(prepared.image.base64) == small
    assert (prepared.image.media_type, prepared.was_scaled) == ("image/png", False)
    assert (prepared.size.width(), prepared.size.height()) == (20, 10)


def test_a_large_picture_is_scaled_down_to_what_the_host_takes():
    data = png_of(noise(1_200))
    assert len(data) > MAX_SENT_BYTES
    prepared = prepare_bytes(data)
    assert isinstance(prepared, PreparedImage)
    assert prepared.was_scaled
    assert prepared.sent_bytes == len(base64.b64decode(prepared.image.base64)) <= MAX_SENT_BYTES
    assert prepared.image.media_type == "image/jpeg"


def test_a_large_pasted_picture_is_scaled_too():
    prepared = prepare_picture(noise(1_200))
    assert isinstance(prepared, PreparedImage)
    assert prepared.was_scaled


def test_what_is_no_picture_is_refused():
    assert prepare_bytes(b"hello") == RefusedImage(ImageProblem.NOT_A_PICTURE)
    assert restored(Image("image/png", "!!")) == RefusedImage(ImageProblem.NOT_A_PICTURE)


def test_a_file_that_is_missing_or_huge_is_refused_by_name(tmp_path):
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert prepare_file(huge) == RefusedImage(ImageProblem.TOO_LARGE, "huge.png")
    missing = prepare_file(tmp_path / "missing.png")
    assert missing == RefusedImage(ImageProblem.UNREADABLE_FILE, "missing.png")


def test_a_saved_picture_comes_back_the_same(small):
    prepared = prepare_bytes(small)
    again = restored(prepared.image)
    assert isinstance(again, PreparedImage)
    assert again.image == prepared.image
