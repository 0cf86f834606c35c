"""Edits a variable whose value is an image."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from novita_desktop.domain.image_values import image_of
from novita_desktop.domain.requests import Image
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets import image_preparation
from novita_desktop.ui.widgets.attachments import preparation_of, refusal_words, scaled_words
from novita_desktop.ui.widgets.given_editor import EditorMeans, GivenEditor, local_files
from novita_desktop.ui.widgets.image_preparation import (
    ImageProblem,
    Preparation,
    PreparedImage,
    RefusedImage,
)

THUMBNAIL_PIXELS = 44


class ImageEditor(GivenEditor):
    """Takes an image that is chosen, dropped or pasted; its value is a data URL."""

    def __init__(self, means: EditorMeans, hint: str, parent: QWidget | None = None) -> None:
        self._prepared: PreparedImage | None = None
        self._warning = ""
        self._thumbnail = QLabel()
        usual = self.tr("An image: choose, drop or paste one")
        super().__init__(means, self.tr("Choose an image"), hint or usual, parent)
        self._row.insertWidget(1, self._thumbnail)
        self.setToolTip(self.tr("PNG, JPEG, WebP or GIF; you can also paste or drop one"))

    @override
    def set_value(self, text: str, source: str = "") -> None:
        is_new = text != self.value()
        if is_new:
            self._prepared = None
        super().set_value(text, source)
        if not is_new or not text:
            return
        if (image := image_of(text)) is not None:
            self._start(self._restore(text, image))
        else:
            # What was typed while the field was of another kind is not lost: it may be again.
            self._say(refusal_words(RefusedImage(ImageProblem.NOT_A_PICTURE)), is_problem=True)

    @override
    def set_image_warning(self, words: str) -> None:
        self._warning = words
        self._show()

    @override
    def file_filters(self) -> list[str]:
        return [
            self.tr("Images (*.png *.jpg *.jpeg *.webp *.gif *.bmp)"),
            self.tr("All files (*)"),
        ]

    @override
    def takes(self, given: QMimeData) -> bool:
        return bool(local_files(given)) or given.hasImage()

    @override
    def take(self, given: QMimeData) -> None:
        files = local_files(given)
        if files:
            self.take_file(files[0])
        elif (work := preparation_of(given)) is not None:
            self._start(self._read(work, "", self._begin()))

    @override
    def take_file(self, path: Path) -> None:
        work = partial(image_preparation.prepare_file, path)
        self._start(self._read(work, path.name, self._begin()))

    @override
    def shown_words(self) -> str:
        if self._prepared is None:
            return self.source()
        size = self._prepared.size
        shape = self.tr("{width} by {height} pixels").format(
            width=formatting.whole(size.width()), height=formatting.whole(size.height())
        )
        parts = (self.source(), shape, formatting.file_size(self._prepared.sent_bytes))
        return " · ".join(filter(None, parts))

    @override
    def _show(self) -> None:
        super()._show()
        prepared = self._prepared if self.value() else None
        self._thumbnail.setVisible(prepared is not None)
        if prepared is not None:
            side = metrics.scaled(THUMBNAIL_PIXELS)
            icon = QIcon(QPixmap.fromImage(prepared.thumbnail))
            self._thumbnail.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
        if self._warning:
            self._note_below(self._warning, is_problem=bool(self.value()))

    async def _read(self, work: Callable[[], Preparation], source: str, generation: int) -> None:
        found = await asyncio.to_thread(work)
        if not self._is_awaited(generation):
            return
        if isinstance(found, RefusedImage):
            self._say(refusal_words(found), is_problem=True)
            return
        self._take_prepared(found)
        self._give(found.image.data_url, source)
        if words := scaled_words(found):
            self._say(" ".join(filter(None, (self._warning, words))), is_problem=False)

    async def _restore(self, value: str, image: Image) -> None:
        """Show an image from before; one that cannot be read is taken away, and that is said."""
        found = await asyncio.to_thread(image_preparation.restored, image)
        if not shiboken6.isValid(self) or value != self.value():
            return
        if isinstance(found, RefusedImage):
            self._give("", "")
            self._say(refusal_words(found), is_problem=True)
        else:
            self._take_prepared(found)
            self._show()

    def _take_prepared(self, prepared: PreparedImage) -> None:
        self._prepared = prepared
        self._value = prepared.image.data_url
