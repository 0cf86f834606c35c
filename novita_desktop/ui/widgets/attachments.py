"""The pictures that go with the message: pasted, dropped or chosen, each with a thumbnail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QMimeData, QSize, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.requests import Image
from novita_desktop.ui.widgets import image_preparation
from novita_desktop.ui.widgets.form_labels import problem_label, show_tone, show_words
from novita_desktop.ui.widgets.image_preparation import (
    ImageProblem,
    Preparation,
    PreparedImage,
    RefusedImage,
)

MOST_IMAGES = 8
THUMBNAIL = QSize(56, 56)

Start = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a coroutine that belongs to the window, such as `Tasks.start`."""


class Attachments(QWidget):
    """Edits the message's pictures. Reading and scaling happen on a worker thread."""

    changed = Signal(object)

    def __init__(self, start: Start, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._images: list[PreparedImage] = []
        self._restoring: tuple[Image, ...] = ()
        self._generation = 0
        self._add = QPushButton(self.tr("Add image"))
        self._add.setToolTip(self.tr("PNG, JPEG, WebP or GIF; you can also paste or drop one"))
        self._add.clicked.connect(self.choose_files)
        self._shown = QHBoxLayout()
        self._shown.setSpacing(8)
        self._note = problem_label()
        row = QHBoxLayout()
        row.addLayout(self._shown)
        row.addWidget(self._add)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._note)

    def value(self) -> tuple[Image, ...]:
        """Return the pictures as they are sent."""
        return (*self._restoring, *(prepared.image for prepared in self._images))

    def set_value(self, images: Iterable[Image]) -> None:
        """Show `images`; their thumbnails appear when they are decoded."""
        images = tuple(images)
        if images == self.value():
            return
        self._generation += 1
        self._images, self._restoring = [], images
        self._show("")
        if images:
            self._start(self._restore(images, self._generation))

    def choose_files(self) -> None:
        """Let the person choose picture files; the dialog does not block the window."""
        dialog = QFileDialog(self, self.tr("Add images"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Images (*.png *.jpg *.jpeg *.webp *.gif *.bmp)"))
        dialog.filesSelected.connect(lambda names: self.add_files(Path(name) for name in names))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_files(self, paths: Iterable[Path]) -> None:
        """Add the pictures in these files."""
        for path in paths:
            self._start(self._take(partial(image_preparation.prepare_file, path)))

    def add_mime(self, source: QMimeData) -> None:
        """Add what was pasted or dropped: picture files, or a picture."""
        paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
            return
        if (work := preparation_of(source)) is not None:
            self._start(self._take(work))

    def note(self, text: str) -> None:
        """Say something about the pictures that are there."""
        self._show(text, is_problem=True)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the pictures."""
        self._show(text, is_problem=True)
        self._add.setFocus()

    async def _take(self, prepare: Callable[[], Preparation]) -> None:
        generation = self._generation
        prepared = await asyncio.to_thread(prepare)
        if generation != self._generation:
            return
        if isinstance(prepared, RefusedImage):
            self._show(refusal_words(prepared), is_problem=True)
        elif len(self.value()) >= MOST_IMAGES:
            self._show(self.tr("At most {n} images go with one message.").format(n=MOST_IMAGES))
        else:
            self._images.append(prepared)
            self._show(scaled_words(prepared))
            self.changed.emit(self.value())

    async def _restore(self, images: tuple[Image, ...], generation: int) -> None:
        restored = await asyncio.to_thread(lambda: [*map(image_preparation.restored, images)])
        if generation != self._generation:
            return
        known = [found for found in restored if isinstance(found, PreparedImage)]
        self._images, self._restoring = [*known, *self._images], ()
        lost = len(restored) - len(known)
        self._show(
            self.tr("Images that could not be read were left out: {n}.").format(n=lost)
            if lost
            else ""
        )

    def _remove(self, prepared: PreparedImage) -> None:
        self._images.remove(prepared)
        self._show("")
        self.changed.emit(self.value())
        self._add.setFocus()

    def _show(self, note: str, *, is_problem: bool = False) -> None:
        while (item := self._shown.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for number, prepared in enumerate(self._images, start=1):
            self._shown.addWidget(self._thumbnail(number, prepared))
        show_tone(self._note, is_problem=is_problem)
        show_words(self._note, note)

    def _thumbnail(self, number: int, prepared: PreparedImage) -> QToolButton:
        button = QToolButton()
        button.setIcon(QIcon(QPixmap.fromImage(prepared.thumbnail)))
        button.setIconSize(THUMBNAIL)
        button.setAccessibleName(self.tr("Remove image {n}").format(n=number))
        size = QLocale().formattedDataSize(prepared.sent_bytes)
        button.setToolTip(
            self.tr("{width} by {height} pixels, {size}. Press to remove it.").format(
                width=prepared.size.width(), height=prepared.size.height(), size=size
            )
        )
        button.clicked.connect(lambda: self._remove(prepared))
        return button


def scaled_words(prepared: PreparedImage) -> str:
    """Return what is said of a picture that was too large, nothing for any other."""
    if not prepared.was_scaled:
        return ""
    words = _tr("The image was over 1 MB and was scaled down to {width} by {height} pixels.")
    return words.format(width=prepared.size.width(), height=prepared.size.height())


def refusal_words(refused: RefusedImage) -> str:
    """Return why a picture cannot be taken, and what to do."""
    name = refused.name or _tr("The image")
    words = {
        ImageProblem.TOO_LARGE: _tr("{name} is too large. Choose one under 40 MB."),
        ImageProblem.NOT_A_PICTURE: _tr(
            "{name} is not an image that can be read. Save it as PNG or JPEG."
        ),
        ImageProblem.UNREADABLE_FILE: _tr(
            "{name} cannot be read. Check that it exists and may be opened."
        ),
    }
    return words[refused.problem].format(name=name)


def preparation_of(given: QMimeData) -> Callable[[], Preparation] | None:
    """Return the work, for a thread, that prepares what was pasted or dropped; None for no picture."""
    picture = given.imageData()
    if isinstance(picture, QPixmap):
        picture = picture.toImage()
    if not isinstance(picture, QImage):
        return None
    return partial(image_preparation.prepare_picture, picture.copy())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attachments", text)
