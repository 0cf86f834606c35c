"""Makes a picture ready to be sent: checked, scaled down when it is large, with a thumbnail.

The host advises at most about 1 MB of base64 a picture (novita/api.md section 10.2). Decoding
takes long: call these functions on a worker thread, never on the window's.
"""

from __future__ import annotations

import base64
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from novita_desktop.domain.records import record
from novita_desktop.domain.requests import Image

MAX_SENT_BYTES = 750_000
"""The most bytes of a picture that is sent as it is: 1 MB as base64."""

MAX_FILE_BYTES = 40_000_000
"""Files above this are not even read."""

LONGEST_SIDE: Final = (2_048, 1_536, 1_024, 768, 512)
"""The sizes tried in turn, in pixels, until the picture is small enough."""

THUMBNAIL_PIXELS = 144
WHITE = 0xFFFFFFFF  # a pixel, not a colour of the window
KEPT_FORMATS: Final = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg"}
"""Formats that every host reads; anything else becomes JPEG."""


# Named here, in the window's thread: Qt's bindings make their enumerations when they are first named,
# and two threads that do so at once kill the process.
_READ, _WRITE = QIODevice.OpenModeFlag.ReadOnly, QIODevice.OpenModeFlag.WriteOnly
_OPAQUE = QImage.Format.Format_RGB32
_WHOLE, _SMOOTH = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation


class ImageProblem(StrEnum):
    """Why a picture cannot be taken."""

    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    UNREADABLE_FILE = "unreadable_file"


@record(frozen=True, slots=True)
class PreparedImage:
    """A picture that is ready to be sent; sizes in pixels and bytes."""

    image: Image
    thumbnail: QImage
    size: QSize
    sent_bytes: int
    was_scaled: bool


@record(frozen=True, slots=True)
class RefusedImage:
    """A picture that cannot be sent; `name` is the file's, or empty."""

    problem: ImageProblem
    name: str = ""


Preparation = PreparedImage | RefusedImage


def prepare_file(path: Path) -> Preparation:
    """Read and prepare the picture in the file `path`."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return RefusedImage(ImageProblem.TOO_LARGE, path.name)
        data = path.read_bytes()
    except OSError:
        return RefusedImage(ImageProblem.UNREADABLE_FILE, path.name)
    prepared = prepare_bytes(data)
    if isinstance(prepared, RefusedImage):
        return RefusedImage(prepared.problem, path.name)
    return prepared


def prepare_bytes(data: bytes) -> Preparation:
    """Prepare the encoded picture in `data`."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(_READ)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    media_type = KEPT_FORMATS.get(bytes(reader.format().data()).decode("ascii", "replace"))
    picture = reader.read()
    if picture.isNull():
        return RefusedImage(ImageProblem.NOT_A_PICTURE)
    if media_type and len(data) <= MAX_SENT_BYTES:
        encoded = base64.b64encode(data).decode("ascii")
        image, size = Image(media_type, encoded), picture.size()
        return PreparedImage(image, _thumbnail(picture), size, len(data), was_scaled=False)
    return _scaled_down(picture)


def prepare_picture(picture: QImage) -> Preparation:
    """Prepare a picture that has no encoded form, such as one from the clipboard."""
    if picture.isNull():
        return RefusedImage(ImageProblem.NOT_A_PICTURE)
    data = _encoded(picture, "PNG")
    if len(data) <= MAX_SENT_BYTES:
        return prepare_bytes(data)
    return _scaled_down(picture)


def restored(image: Image) -> Preparation:
    """Return a picture that was sent or saved before, with a new thumbnail."""
    try:
        data = base64.b64decode(image.base64, validate=True)
    except ValueError:
        return RefusedImage(ImageProblem.NOT_A_PICTURE)
    picture = QImage.fromData(data)
    if picture.isNull():
        return RefusedImage(ImageProblem.NOT_A_PICTURE)
    return PreparedImage(image, _thumbnail(picture), picture.size(), len(data), was_scaled=False)


def _scaled_down(picture: QImage) -> Preparation:
    if picture.hasAlphaChannel():
        picture = _over_white(picture)
    for side in LONGEST_SIDE:
        smaller = _fitted(picture, side)
        data = _encoded(smaller, "JPEG")
        if len(data) <= MAX_SENT_BYTES:
            image = Image("image/jpeg", base64.b64encode(data).decode("ascii"))
            size = smaller.size()
            was_scaled = size != picture.size()
            return PreparedImage(image, _thumbnail(smaller), size, len(data), was_scaled)
    return RefusedImage(ImageProblem.TOO_LARGE)


def _over_white(picture: QImage) -> QImage:
    """JPEG has no transparency: black would come through where nothing was drawn."""
    flat = QImage(picture.size(), _OPAQUE)
    flat.fill(WHITE)
    painter = QPainter(flat)
    painter.drawImage(0, 0, picture)
    painter.end()
    return flat


def _fitted(picture: QImage, side: int) -> QImage:
    if max(picture.width(), picture.height()) <= side:
        return picture
    return picture.scaled(side, side, _WHOLE, _SMOOTH)


def _thumbnail(picture: QImage) -> QImage:
    return _fitted(picture, THUMBNAIL_PIXELS)


def _encoded(picture: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(_WRITE)
    picture.save(buffer, form, 85)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(buffer.data().data())
