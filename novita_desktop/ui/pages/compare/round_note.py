"""A person's note on the round in view: kept while it is written, each with its own round."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui.page_context import PageContext

MOST_NOTE_CHARACTERS = 2_000
SAVE_AFTER_MS = 500

Place = tuple[int, int]
"""A comparison's id and the number of a round of it."""


class RoundNote(QLineEdit):
    """Saves half a second after the last key, when the focus leaves and when the round changes."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._place: Place | None = None
        # What was written here is newer than what a comparison read meanwhile says.
        self._written: dict[Place, str] = {}
        self._due: dict[Place, str] = {}
        self._saving: asyncio.Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("Note"))
        self.setToolTip(self.tr("A note of your own on these answers; it is exported with them"))
        self.setMaxLength(MOST_NOTE_CHARACTERS)
        self.textEdited.connect(self._take)
        self.editingFinished.connect(self.save)

    def set_context(self, context: PageContext) -> None:
        """Note rounds of another workspace from now on; what is due goes to the one before."""
        self._timer.stop()
        if self._due:
            self._context.tasks.start(self._store(self._context, self._due))
        self._due = {}
        self._context = context
        self._place, self._written = None, {}

    def show_round(self, comparison: Comparison | None, number: int) -> None:
        """Show the note of a round; one that is being written to the same round stays."""
        found = comparison.round(number) if comparison is not None else None
        place = None if comparison is None or found is None else (comparison.id, number)
        text = found.note if found is not None else ""
        if place is not None:
            text = self._written.get(place, text)
        if place != self._place:
            self.save()
        self._place = place
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def save(self) -> None:
        """Save now what was not saved yet."""
        self._timer.stop()
        if self._due and (self._saving is None or self._saving.done()):
            self._saving = self._context.tasks.start(self._store(self._context, self._due))
            self._due = {}

    async def finish(self) -> None:
        """Save what was not saved yet, and return when it is; what fails is shown."""
        while self._due or (self._saving is not None and not self._saving.done()):
            self.save()
            saving = self._saving
            if saving is None:
                return
            await asyncio.wait({saving})
            if saving.cancelled() or saving.exception() is not None:
                return

    def _take(self, text: str) -> None:
        if self._place is not None:
            self._written[self._place] = self._due[self._place] = text
            self._timer.start()

    async def _store(self, context: PageContext, notes: dict[Place, str]) -> None:
        """Keep `notes`. Raises StorageError; they stay due, behind what was written meanwhile."""
        comparisons = context.workspace.comparisons
        try:
            for (comparison_id, number), text in notes.items():
                await context.bridge.call(comparisons.set_note(comparison_id, number, text))
        except BaseException:
            if context is self._context:
                self._due = {**notes, **self._due}
            raise
        if self._due and context is self._context:
            self._timer.start()
