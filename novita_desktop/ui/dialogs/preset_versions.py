"""What was saved of a preset before: every version, what changed in it, and the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.presets import PresetVersion
from novita_desktop.domain.word_differences import Piece, word_differences
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.form_labels import help_label
from novita_desktop.ui.widgets.form_words import form_words

WIDTH, HEIGHT, LIST_WIDTH = 780, 540, 220


class PresetVersions(QDialog):
    """Lists versions, newest first; `restore_chosen` has the one to go back to.

    Texts are compared in a thread: they can be long.
    """

    restore_chosen = Signal(object)

    def __init__(
        self,
        name: str,
        versions: Sequence[PresetVersion],
        theme: Theme,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Versions of {name}").format(name=name))
        self._versions = versions
        self._tasks = tasks
        self._wanted = 0
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Versions"))
        self.list.setProperty("role", "card")
        self.list.setSpacing(metrics.SPACE_4)
        self.list.setWordWrap(True)
        self.against = QComboBox()
        self.against.addItem(self.tr("the version before it"))
        self.against.addItem(self.tr("the newest version"))
        self.differences = DifferencesView(theme, self.tr("Differences"))
        self._counts = help_label()
        self._build()
        self._fill()
        self.list.currentRowChanged.connect(self._compare)
        self.against.currentIndexChanged.connect(self._compare)
        self.finished.connect(self._forget)
        self.list.setCurrentRow(0)
        self._compare()

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self.restore = buttons.addButton(self.tr("Go back to this version"), roles.ActionRole)
        self.restore.clicked.connect(self._restore)
        close = buttons.addButton(self.tr("Close"), roles.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        label = QLabel(self.tr("Compared with"))
        label.setBuddy(self.against)
        head.addWidget(label)
        head.addWidget(self.against)
        head.addStretch(1)
        head.addWidget(self._counts)
        right = QVBoxLayout()
        right.addLayout(head)
        right.addWidget(self.differences, 1)
        legend = self.tr("Underlined was added, struck through was removed.")
        right.addWidget(help_label(legend))
        middle = QHBoxLayout()
        middle.setSpacing(metrics.SPACE_16)
        size = metrics.dialog_size(WIDTH, HEIGHT, self.parentWidget())
        self.list.setFixedWidth(min(metrics.scaled(LIST_WIDTH), size.width() // 3))
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_20,) * 4)
        column.setSpacing(metrics.SPACE_16)
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        self.resize(size)

    def _fill(self) -> None:
        for place, version in enumerate(self._versions):
            words = self.tr("Version {number}") if place else self.tr("Version {number} · in use")
            saved = formatting.run_time(version.saved_at)
            item = QListWidgetItem(f"{words.format(number=version.number)}\n{saved}")
            self.list.addItem(item)

    def _compare(self) -> None:
        place = self.list.currentRow()
        self.restore.setEnabled(place > 0)
        if not 0 <= place < len(self._versions):
            return
        shown = after = self._versions[place]
        before: PresetVersion | None
        if self.against.currentIndex():
            before, after = shown, self._versions[0]
        else:
            is_first = place + 1 >= len(self._versions)
            before = None if is_first else self._versions[place + 1]
        self._wanted += 1
        self._tasks.start(self._show(before, after, self._wanted))

    async def _show(self, before: PresetVersion | None, after: PresetVersion, number: int) -> None:
        old = "" if before is None else form_words(before.form, before.description)
        new = form_words(after.form, after.description)
        pieces = await asyncio.to_thread(word_differences, old, new)
        if number == self._wanted:
            self._show_pieces(pieces, is_first=before is None)

    def _show_pieces(self, pieces: Sequence[Piece], *, is_first: bool) -> None:
        self.differences.show_pieces(pieces)
        self._counts.setText(
            self.tr("The first version") if is_first else self.differences.counts()
        )

    def _forget(self) -> None:
        """Show no more: what is still compared comes too late."""
        self._wanted += 1

    def _restore(self) -> None:
        chosen = self._versions[self.list.currentRow()]
        self.accept()
        self.restore_chosen.emit(chosen)
