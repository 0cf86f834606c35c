"""What the history says when its list is empty."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.empty_state import EmptyState


class HistoryEmpty(EmptyState):
    """Says that there is no run yet, or that no run matches the search."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, "history", parent)
        self.say(is_narrow=False)

    def say(self, *, is_narrow: bool) -> None:
        """Choose the words; `is_narrow` is for a search that found nothing."""
        if is_narrow:
            self.set_words(
                self.tr("Nothing matches"),
                self.tr("No run has all that the search asks for."),
                self.tr("Clear"),
            )
        else:
            self.set_words(
                self.tr("Runs appear here"),
                self.tr(
                    "Every run is kept with its answer, its cost, and a button to run it again."
                ),
                self.tr("Write a prompt"),
            )
