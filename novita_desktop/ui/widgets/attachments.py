"""The pictures that go with the message: pasted, dropped or chosen, each with a thumbnail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.requests import Image
from novita_desktop.ui.widgets import image_preparation
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import help_label, problem_label, show_words
from novita_desktop.ui.widgets.image_preparation import (
    ImageProblem,
    Preparation,
    PreparedImage,
    RefusedImage,
)

MOST_IMAGES = 8
THUMBNAIL = QSize(72, 56)

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
        self._waiting = 0
        self._warning = ""
        self._problems: list[str] = []
        self._scaled: list[str] = []
        self._add = QPushButton(self.tr("Add image"))
        self._add.setToolTip(self.tr("PNG, JPEG, WebP or GIF; you can also paste or drop one"))
        self._add.clicked.connect(self.choose_files)
        self._problem_words = problem_label()
        self._problem_words.setObjectName("imagesProblem")
        self._note = help_label()
        self._note.setObjectName("imagesNote")
        self._note.setWordWrap(True)
        self._note.hide()
        self._row = FlowLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._row)
        layout.addWidget(self._problem_words)
        layout.addWidget(self._note)

    def value(self) -> tuple[Image, ...]:
        """Return the pictures as they are sent."""
        return (*self._restoring, *(prepared.image for prepared in self._images))

    @property
    def is_reading(self) -> bool:
        """Whether pictures that were added are still being read."""
        return self._waiting > 0

    def set_value(self, images: Iterable[Image]) -> None:
        """Show `images`; their thumbnails appear when they are decoded."""
        images = tuple(images)
        if images == self.value():
            return
        self._generation += 1
        self._images, self._restoring = [], images
        self._waiting = 0
        self._show_images()
        self._clear_notes()
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
        """Add the pictures in these files, in this order."""
        self._take([partial(image_preparation.prepare_file, path) for path in paths])

    def add_mime(self, source: QMimeData) -> None:
        """Add what was pasted or dropped: picture files, or a picture."""
        paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
            return
        if (work := preparation_of(source)) is not None:
            self._take([work])

    def warn(self, text: str) -> None:
        """Say what stands against the pictures that are there; empty when nothing does."""
        self._warning = text
        self._show_notes()

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the pictures."""
        self._problems = [text]
        self._show_notes()
        self._add.setFocus()

    def _take(self, preparations: Sequence[Callable[[], Preparation]]) -> None:
        self._waiting += len(preparations)
        self._clear_notes()
        self._start(self._take_each(preparations, self._generation))

    async def _take_each(
        self, preparations: Sequence[Callable[[], Preparation]], generation: int
    ) -> None:
        for prepare in preparations:
            prepared = await asyncio.to_thread(prepare)
            if generation != self._generation:
                return
            self._waiting -= 1
            self._take_one(prepared)

    def _take_one(self, prepared: Preparation) -> None:
        if isinstance(prepared, RefusedImage):
            self._add_note(self._problems, refusal_words(prepared))
        elif len(self.value()) >= MOST_IMAGES:
            words = self.tr("At most {n} images go with one message.")
            self._add_note(self._problems, words.format(n=MOST_IMAGES))
        else:
            self._images.append(prepared)
            self._show_images()
            self._add_note(self._scaled, scaled_words(prepared))
            self.changed.emit(self.value())

    async def _restore(self, images: tuple[Image, ...], generation: int) -> None:
        restored = await asyncio.to_thread(lambda: [*map(image_preparation.restored, images)])
        if generation != self._generation:
            return
        known = [found for found in restored if isinstance(found, PreparedImage)]
        self._images, self._restoring = [*known, *self._images], ()
        self._show_images()
        if lost := len(restored) - len(known):
            words = self.tr("Images that could not be read were left out: {n}.")
            self._add_note(self._problems, words.format(n=lost))

    def _remove(self, prepared: PreparedImage) -> None:
        self._images.remove(prepared)
        self._show_images()
        self._clear_notes()
        self.changed.emit(self.value())
        self._add.setFocus()

    def _clear_notes(self) -> None:
        self._problems, self._scaled = [], []
        self._show_notes()

    def _add_note(self, notes: list[str], text: str) -> None:
        """Say this, too: of several pictures each may have something to be said about it."""
        if text and text not in notes:
            notes.append(text)
        self._show_notes()

    def _show_notes(self) -> None:
        problems = [self._warning] if self._warning else []
        reading = [self.tr("Reading the image…")] if self._waiting else []
        show_words(self._problem_words, "\n".join([*problems, *self._problems]))
        show_words(self._note, "\n".join([*self._scaled, *reading]))

    def _show_images(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self._add:
                widget.setParent(None)
                widget.deleteLater()
        for number, prepared in enumerate(self._images, start=1):
            self._row.addWidget(self._thumbnail(number, prepared))
        self._row.addWidget(self._add)

    def _thumbnail(self, number: int, prepared: PreparedImage) -> QToolButton:
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setText(self.tr("Remove"))
        button.setIcon(QIcon(_framed(prepared.thumbnail)))
        button.setIconSize(THUMBNAIL)
        button.setProperty("kind", "picture")
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
    words = _tr("A large image was scaled down to {width} by {height} pixels.")
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


def _framed(thumbnail: QImage) -> QPixmap:
    """Return the picture in the middle of a room of its own: all buttons look alike then."""
    room = QPixmap(THUMBNAIL * 2)
    room.fill(Qt.GlobalColor.transparent)
    shown = thumbnail.scaled(
        room.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(room)
    place = shown.rect()
    place.moveCenter(room.rect().center())
    painter.drawImage(place, shown)
    painter.end()
    return room


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attachments", text)
