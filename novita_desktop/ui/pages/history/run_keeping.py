"""Stars, notes, the bin and exports of the runs in the history."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.domain.runs import RunDetail
from novita_desktop.ui import formatting
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.answer_actions import CopyKind, put_on_clipboard, text_of
from novita_desktop.ui.widgets.run_marks import RunMarks

FORMATS = ("json", "csv", "md")

Which = Callable[[], Awaitable[list[int]]]
"""Finds out which runs are meant, in the moment in which something is done to them."""


class ChosenRuns(Protocol):
    """What is selected in a list, and what the list searches for."""

    query: HistoryQuery

    def chosen_count(self) -> int:
        """Return how many rows are selected."""

    async def chosen_run_ids(self) -> list[int]:
        """Return the runs of the selected rows."""


class RunKeeping(QObject):
    """Does to runs what a person asks, then tells: `changed` and `gone` have their ids.

    `marked` has the summary of a run whose star or note changed.
    `returned` says that runs came back from the bin, which are no longer in a list of deleted
    ones and again in every other.
    """

    changed = Signal(object)
    marked = Signal(object)
    gone = Signal(object)
    returned = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context

    def serve(self, marks: RunMarks) -> None:
        """Do what is pressed on these marks."""
        marks.starred.connect(self.star)
        marks.noted.connect(self.note)
        marks.delete_pressed.connect(lambda run_id: self.delete(_only(run_id)))
        marks.restore_pressed.connect(lambda run_id: self.restore([run_id]))

    def star(self, run_id: int, is_starred: bool) -> None:  # noqa: FBT001  # a signal's arguments
        """Give a run a star, or take it away."""
        history = self.context.workspace.history
        self._mark(run_id, history.set_star([run_id], is_starred=is_starred))

    def note(self, run_id: int, note: str) -> None:
        """Write a note on a run."""
        self._mark(run_id, self.context.workspace.history.set_note(run_id, note))

    def delete(self, which: Which) -> None:
        """Put runs in the bin, and offer to undo that."""
        self.context.tasks.start(self._delete(self.context, which))

    def restore(self, run_ids: Sequence[int]) -> None:
        """Bring runs back from the bin."""
        self.context.tasks.start(self._restore(self.context, run_ids))

    def copy(self, detail: RunDetail, kind: str, answer: tuple[str, str]) -> None:
        """Put a run on the clipboard, as a `CopyKind` says; `answer` is its Markdown and its text."""
        self.context.tasks.start(self._copy(self.context, detail, CopyKind(kind), answer))

    async def _copy(
        self, context: PageContext, detail: RunDetail, kind: CopyKind, answer: tuple[str, str]
    ) -> None:
        markdown, shown = answer
        text = await asyncio.to_thread(text_of, detail, kind, answer=markdown, shown=shown)
        put_on_clipboard(text)
        context.toast.show_toast(self.tr("Copied"))

    def _mark(self, run_id: int, work: Coroutine[Any, Any, None]) -> None:
        self.context.tasks.start(self._marked(self.context, run_id, work))

    async def _marked(
        self, context: PageContext, run_id: int, work: Coroutine[Any, Any, None]
    ) -> None:
        await context.bridge.call(work)
        detail = await context.bridge.call(context.workspace.history.detail(run_id))
        if context is self.context:
            self.changed.emit([run_id])
            self.marked.emit(detail.summary)

    async def _restore(self, context: PageContext, run_ids: Sequence[int]) -> None:
        found = await context.bridge.call(context.workspace.history.restore(run_ids))
        if context is self.context:
            self.returned.emit(found)

    async def _delete(self, context: PageContext, which: Which) -> None:
        run_ids = await which()
        deleted = await context.bridge.call(context.workspace.history.delete(run_ids))
        if context is not self.context or not deleted:
            return
        self.gone.emit(deleted)
        words = (
            self.tr("Deleted 1 run. It is gone for good after 30 days.")
            if len(deleted) == 1
            else self.tr("Deleted {n} runs. They are gone for good after 30 days.")
        )
        undo = NoticeAction(self.tr("Undo"), lambda: self._undo(context, deleted))
        context.toast.show_toast(words.format(n=formatting.whole(len(deleted))), undo)

    def _undo(self, context: PageContext, run_ids: list[int]) -> None:
        if context is self.context:
            self.restore(run_ids)

    def export_menu(self, button: QPushButton, runs: ChosenRuns) -> None:
        """Give `button` a menu that exports the chosen runs, or all that the search asks for."""
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, runs))
        button.setMenu(menu)

    def fill_export_menu(self, menu: QMenu, run_id: int) -> None:
        """Put into `menu` the forms in which a run can be exported."""
        menu.clear()
        self._add_formats(menu, self.tr("This run as {format}…"), _only(run_id), HistoryQuery())

    def _fill(self, menu: QMenu, runs: ChosenRuns) -> None:
        menu.clear()
        count = runs.chosen_count()
        if count:
            one, many = (
                self.tr("Selected row as {format}…"),
                self.tr("{n} selected rows as {format}…"),
            )
            words = one if count == 1 else many.replace("{n}", formatting.whole(count))
            self._add_formats(menu, words, runs.chosen_run_ids, runs.query)
            menu.addSeparator()
        self._add_formats(menu, self.tr("All runs of this list as {format}…"), None, runs.query)

    def _add_formats(
        self, menu: QMenu, words: str, which: Which | None, query: HistoryQuery
    ) -> None:
        """Add an entry for each form; without `which`, all that `query` asks for is exported."""
        for suffix in FORMATS:
            menu.addAction(words.format(format=self._name(suffix))).triggered.connect(
                lambda _=False, suffix=suffix: self.context.tasks.start(
                    self._export(suffix, which, query)
                )
            )

    def _name(self, suffix: str) -> str:
        return {"json": "JSON", "csv": "CSV"}.get(suffix, self.tr("Markdown"))

    async def _export(self, suffix: str, which: Which | None, query: HistoryQuery) -> None:
        run_ids = None if which is None else await which()
        parent = self.parent()
        dialog = QFileDialog(
            parent if isinstance(parent, QWidget) else None, self.tr("Export runs")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{self._name(suffix)} (*.{suffix})")
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"runs.{suffix}")
        if await answer_of(dialog) and dialog.selectedFiles():
            await self.export_to(Path(dialog.selectedFiles()[0]), suffix, run_ids, query)

    async def export_to(
        self, path: Path, suffix: str, run_ids: Sequence[int] | None, query: HistoryQuery
    ) -> None:
        """Write these runs, or for None all that `query` asks for, to `path`.

        Raises StorageError.
        """
        from novita_desktop.services.exports import (  # noqa: PLC0415  # when something is saved
            RunsFormat,
            save_runs,
        )

        history = self.context.workspace.history
        hidden: list[int] = []
        details = (
            history.details_found(query, hidden.append)
            if run_ids is None
            else history.details(run_ids, hidden.append)
        )
        count = await self.context.bridge.call(save_runs(path, RunsFormat(suffix), details))
        words = (
            self.tr("Saved 1 run as {name}") if count == 1 else self.tr("Saved {n} runs as {name}")
        )
        words = words.format(n=formatting.whole(count), name=path.name)
        self.context.toast.show_toast(". ".join(filter(None, (words, self._hidden_words(hidden)))))

    def _hidden_words(self, hidden: Sequence[int]) -> str:
        """Return how many runs an export left out, and why; nothing for none."""
        if not hidden:
            return ""
        return formatting.counted(
            len(hidden),
            self.tr("Left out: 1 run of a blind comparison that is not judged yet"),
            self.tr("Left out: {n} runs of blind comparisons that are not judged yet"),
        )


def _only(run_id: int) -> Which:
    async def found() -> list[int]:
        return [run_id]

    return found
