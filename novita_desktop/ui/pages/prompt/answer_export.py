"""Copies the shown answer, and saves it to a file that the person chooses."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from novita_desktop.domain.runs import RunDetail
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.answer_actions import CopyKind, put_on_clipboard, text_of
from novita_desktop.ui.widgets.answer_panel import AnswerPanel

MOST_NAME_CHARACTERS = 40


class AnswerExport(QObject):
    """Takes what the answer panel shows out of the program. The key is never in it."""

    def __init__(self, context: PageContext, panel: AnswerPanel, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._panel = panel

    def copy(self, kind: str) -> None:
        """Put the shown run on the clipboard, as a `CopyKind` says."""
        if (detail := self._panel.detail()) is not None:
            self.context.tasks.start(self._copy(detail, CopyKind(kind)))

    def save(self) -> None:
        """Let the person choose a file and write the answer to it."""
        if (detail := self._panel.detail()) is not None:
            self.context.tasks.start(self._save(detail))

    async def _copy(self, detail: RunDetail, kind: CopyKind) -> None:
        view = self._panel.parts.answer
        answer, shown = view.markdown(), view.plain_text()
        text = await asyncio.to_thread(text_of, detail, kind, answer=answer, shown=shown)
        put_on_clipboard(text)
        self.context.toast.show_toast(self.tr("Copied"))

    async def _save(self, detail: RunDetail) -> None:
        dialog = QFileDialog(self._panel, self.tr("Save the answer"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("Markdown (*.md)"), self.tr("Plain text (*.txt)"), self.tr("JSON (*.json)")]
        )
        dialog.setDefaultSuffix("md")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(suffix_of_filter(chosen))
        )
        dialog.selectFile(f"{file_name_for(detail)}.md")
        if not await answer_of(dialog) or not dialog.selectedFiles():
            return
        path = Path(dialog.selectedFiles()[0])
        await self.save_to(path, detail)

    async def save_to(self, path: Path, detail: RunDetail) -> None:
        """Write the shown answer to `path`, in the form that its suffix names.

        Raises StorageError.
        """
        match path.suffix.lower():
            case ".json":
                from novita_desktop.ui.widgets.json_text_view import (  # noqa: PLC0415  # rare
                    readable_json,
                )

                text = await asyncio.to_thread(readable_json, detail.raw_response or "{}")
            case ".txt":
                text = self._panel.parts.answer.plain_text()
            case _:
                text = self._panel.parts.answer.markdown()
        from novita_desktop.services import exports  # noqa: PLC0415  # when something is saved

        await self.context.bridge.call(exports.save_text(path, text))
        self.context.toast.show_toast(self.tr("Saved as {name}").format(name=path.name))


def suffix_of_filter(chosen: str) -> str:
    """Return the suffix that a file dialog's filter such as "JSON (*.json)" stands for."""
    found = re.search(r"\*\.(\w+)", chosen)
    return found.group(1) if found else "md"


def file_name_for(detail: RunDetail) -> str:
    """Return a file's name, without suffix, made of what was asked."""
    words = re.sub(r"[^\w]+", "-", detail.summary.message_head).strip("-").lower()
    return words[:MOST_NAME_CHARACTERS].strip("-") or f"run-{detail.summary.id}"
