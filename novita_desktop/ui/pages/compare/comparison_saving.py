"""Saves the comparison in view to a file that the person chooses."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from novita_desktop.domain.comparisons import Comparison
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of

MOST_NAME_CHARACTERS = 40


class ComparisonSaving(QObject):
    """Asks for a file, and has the engine write it. The key is never in it."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page

    def ask(self, comparison: Comparison | None) -> None:
        """Let the person choose where to; without a comparison there is nothing to save."""
        if comparison is None:
            self.context.toast.show_toast(
                self.tr("Run a comparison first: then it can be exported")
            )
        else:
            self.context.tasks.start(self._ask(comparison))

    async def _ask(self, comparison: Comparison) -> None:
        dialog = QFileDialog(self._page, self.tr("Export the comparison"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("Markdown (*.md)"), self.tr("CSV table (*.csv)"), self.tr("JSON (*.json)")]
        )
        dialog.setDefaultSuffix("md")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(re.findall(r"\*\.(\w+)", chosen)[0])
        )
        dialog.selectFile(f"{_file_name(comparison)}.md")
        if await answer_of(dialog) and dialog.selectedFiles():
            await self.save(comparison, Path(dialog.selectedFiles()[0]))

    async def save(self, comparison: Comparison, path: Path) -> None:
        """Write `comparison` to `path`. Raises StorageError."""
        comparisons = self.context.workspace.comparisons
        await self.context.bridge.call(comparisons.export(comparison.id, path))
        self.context.toast.show_toast(self.tr("Saved as {name}").format(name=path.name))


def _file_name(comparison: Comparison) -> str:
    words = re.sub(r"[^\w]+", "-", comparison.title).strip("-").lower()
    return words[:MOST_NAME_CHARACTERS].strip("-") or f"comparison-{comparison.id}"
