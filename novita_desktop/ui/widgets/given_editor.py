"""A variable's value that a person chooses, drops or pastes rather than types."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.announcement import announce
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.form_labels import problem_label, set_look, show_tone, show_words

Start = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a coroutine that belongs to the window, such as `Tasks.start`."""


@record(frozen=True, slots=True)
class EditorMeans:
    """What editors need that do more than edit a text."""

    icons: Icons
    start: Start


class GivenEditor(QWidget):
    """A button that chooses, beside it what was chosen; below it what is wrong.

    `changed` is emitted for what the person gives or takes away. A subclass says what it takes.
    """

    changed = Signal(str)
    left = Signal()
    is_composing = False

    def __init__(
        self, means: EditorMeans, title: str, hint: str, parent: QWidget | None = None
    ) -> None:
        """Make an editor whose dialog has a `title`; `hint` is shown while it is empty."""
        super().__init__(parent)
        self._start = means.start
        self._hint = hint
        self._value, self._source = "", ""
        self._generation = 0
        self._title = title
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.clicked.connect(self.choose_file)
        self._shown = ElidedLabel()
        self._remove = icon_button(means.icons, "x", self.tr("Remove"))
        self._remove.clicked.connect(self.remove)
        self._note = problem_label()
        self._row = QHBoxLayout()
        self._row.setSpacing(metrics.SPACE_8)
        self._row.addWidget(self._choose)
        self._row.addWidget(self._shown, 1)
        self._row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        column.addLayout(self._row)
        column.addWidget(self._note)
        self.setAcceptDrops(True)
        self.setFocusProxy(self._choose)
        self._show()

    def name_after(self, variable: str) -> None:
        """Have assistive technology name the controls after the variable."""
        words = self.tr("{title} for {name}")
        self._choose.setAccessibleName(words.format(title=self._title, name=variable))
        self._remove.setAccessibleName(self.tr("Remove {name}").format(name=variable))

    def set_image_warning(self, words: str) -> None:
        """Take what is to be said of images, whichever is chosen; nothing for other values."""

    def value(self) -> str:
        """Return the value, empty for none."""
        return self._value

    def source(self) -> str:
        """Return the name of the file that the value came from, empty for none."""
        return self._source

    def set_value(self, text: str, source: str = "") -> None:
        """Show a value; a `source` without one is a file that is to be chosen again."""
        self._generation += 1
        self._value, self._source = text, source
        self._show()

    def choose_file(self) -> None:
        """Let the person choose a file; the dialog does not block the window."""
        dialog = QFileDialog(self, self._title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(self.file_filters())
        dialog.filesSelected.connect(lambda names: self.take_file(Path(names[0])))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self) -> None:
        """Take the value away."""
        self._give("", "")
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def file_filters(self) -> list[str]:
        """Return the kinds of files to choose from, as the dialog shows them."""
        raise NotImplementedError

    def takes(self, given: QMimeData) -> bool:
        """Return whether something that is dropped or pasted can be taken."""
        raise NotImplementedError

    def take(self, given: QMimeData) -> None:
        """Take what was dropped or pasted."""
        raise NotImplementedError

    def take_file(self, path: Path) -> None:
        """Take what is in a file."""
        raise NotImplementedError

    def shown_words(self) -> str:
        """Return what is said of a value that is there."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        given = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and self.takes(given):
            self.take(given)
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes(event.mimeData()):
            event.acceptProposedAction()
            self._shown.setText(self.tr("Drop it here"))

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._shown.setText(self._words())

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._shown.setText(self._words())
        self.take(event.mimeData())
        event.acceptProposedAction()

    def _give(self, value: str, source: str) -> None:
        """Take a value from the person."""
        self.set_value(value, source)
        self.changed.emit(value)
        self.left.emit()
        announce(self._choose, self._words())

    def _begin(self) -> int:
        """Say that something is being read; return the number by which `_is_awaited` knows it."""
        self._generation += 1
        show_words(self._note, "")
        self._shown.setText(self.tr("Reading…"))
        return self._generation

    def _is_awaited(self, generation: int) -> bool:
        """Return whether this is still there, and nothing else was given while it was read."""
        return shiboken6.isValid(self) and generation == self._generation

    def _say(self, words: str, *, is_problem: bool) -> None:
        """Say something below, and show what stands here as before."""
        self._show()
        self._note_below(words, is_problem=is_problem)
        announce(self._choose, words, is_urgent=is_problem)

    def _note_below(self, words: str, *, is_problem: bool) -> None:
        show_tone(self._note, is_problem=is_problem)
        show_words(self._note, words)

    def _show(self) -> None:
        show_words(self._note, "")
        self._remove.setVisible(bool(self._value))
        set_look(self._shown, "tone", "" if self._value else "muted")
        words = self._words()
        self._shown.setText(words)
        self._choose.setAccessibleDescription(words)

    def _words(self) -> str:
        if self._value:
            return self.shown_words()
        again = self.tr("Last time: {name}. Choose it again.")
        return again.format(name=self._source) if self._source else self._hint


def local_files(given: QMimeData) -> list[Path]:
    """Return the files of this computer in what was dropped or pasted."""
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
