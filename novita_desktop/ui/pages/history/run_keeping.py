"""Stars, notes, the bin and exports of the runs in the history."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.ui import formatting
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of
from novita_desktop.ui.widgets.run_marks import RunMarks

FORMATS = ("json", "csv", "md")


class RunKeeping(QObject):
    """Does to runs what a person asks, then tells: `changed` and `gone` have their ids.

    `returned` says that runs came back from the bin, which are no longer in a list of deleted
    ones and again in every other.
    """

    changed = Signal(object)
    gone = Signal(object)
    returned = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context

    def serve(self, marks: RunMarks) -> None:
        """Do what is pressed on these marks."""
        marks.starred.connect(self.star)
        marks.noted.connect(self.note)
        marks.delete_pressed.connect(lambda run_id: self.delete([run_id]))
        marks.restore_pressed.connect(lambda run_id: self.restore([run_id]))

    def star(self, run_id: int, is_starred: bool) -> None:  # noqa: FBT001  # a signal's arguments
        """Give a run a star, or take it away."""
        history = self.context.workspace.history
        self._do(
            history.set_star([run_id], is_starred=is_starred), lambda _: [run_id], self.changed.emit
        )

    def note(self, run_id: int, note: str) -> None:
        """Write a note on a run."""
        history = self.context.workspace.history
        self._do(history.set_note(run_id, note), lambda _: [run_id], self.changed.emit)

    def delete(self, run_ids: Sequence[int]) -> None:
        """Put runs in the bin, and offer to undo that."""
        if run_ids:
            self.context.tasks.start(self._delete(self.context, list(run_ids)))

    def restore(self, run_ids: Sequence[int]) -> None:
        """Bring runs back from the bin."""
        history = self.context.workspace.history
        self._do(history.restore(run_ids), list, self.returned.emit)

    def _do(
        self,
        work: Coroutine[Any, Any, Any],
        ids_of: Callable[[Any], list[int]],
        tell: Callable[[list[int]], None],
    ) -> None:
        self.context.tasks.start(self._done(self.context, work, ids_of, tell))

    async def _done(
        self,
        context: PageContext,
        work: Coroutine[Any, Any, Any],
        ids_of: Callable[[Any], list[int]],
        tell: Callable[[list[int]], None],
    ) -> None:
        found = ids_of(await context.bridge.call(work))
        if context is self.context:
            tell(found)

    async def _delete(self, context: PageContext, run_ids: list[int]) -> None:
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

    def export_menu(
        self,
        button: QPushButton,
        chosen: Callable[[], Sequence[int]],
        query: Callable[[], HistoryQuery],
    ) -> None:
        """Give `button` a menu that exports the chosen runs, or all that the search asks for."""
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, list(chosen()), query()))
        button.setMenu(menu)

    def _fill(self, menu: QMenu, run_ids: list[int], query: HistoryQuery) -> None:
        menu.clear()
        one = self.tr("This run as {format}…")
        several = self.tr("{n} selected runs as {format}…")
        every = self.tr("All runs of this list as {format}…")
        for words, ids in (((one if len(run_ids) == 1 else several), run_ids), (every, None)):
            if ids == []:
                continue
            menu.addSeparator()
            for suffix in FORMATS:
                title = words.format(n=formatting.whole(len(ids or ())), format=self._name(suffix))
                menu.addAction(title).triggered.connect(
                    lambda _=False, suffix=suffix, ids=ids: self.context.tasks.start(
                        self._export(suffix, ids, query)
                    )
                )

    def _name(self, suffix: str) -> str:
        return {"json": "JSON", "csv": "CSV"}.get(suffix, self.tr("Markdown"))

    async def _export(self, suffix: str, run_ids: list[int] | None, query: HistoryQuery) -> None:
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
        details = history.details_found(query) if run_ids is None else history.details(run_ids)
        count = await self.context.bridge.call(save_runs(path, RunsFormat(suffix), details))
        words = (
            self.tr("Saved 1 run as {name}") if count == 1 else self.tr("Saved {n} runs as {name}")
        )
        self.context.toast.show_toast(words.format(n=formatting.whole(count), name=path.name))
