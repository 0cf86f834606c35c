"""Presets in and out of the window: files that are opened, chosen or written, and the starters."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Coroutine, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from novita_desktop.domain.presets import NewPreset, Preset
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui import formatting
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of

if TYPE_CHECKING:  # loaded when presets are first exchanged
    from novita_desktop.services.preset_exchange import ImportOffer
    from novita_desktop.ui.dialogs.export_presets import ExportPresets
    from novita_desktop.ui.dialogs.import_presets import ImportPresets

SUFFIX = "novita.json"
MOST_FILES = 20
"""More files than this at once were hardly meant to be opened one after another."""

MOST_NAME_CHARACTERS = 60
SHEET_PARTS = (
    *("widgets.fold", "widgets.read_only_text", "widgets.json_text_view", "widgets.wrapping_label"),
    *("widgets.code_line", "widgets.fact_rows", "widgets.search_field", "widgets.differences_view"),
    *("widgets.preset_as_text", "widgets.preset_tick_list", "widgets.preset_offer_list"),
    "widgets.preset_offer_view",
    *("dialogs.sheet", "dialogs.import_presets"),
)
"""What the sheet is made of, each after those it imports; loaded one a turn of the window."""

PATIENCE_SECONDS = 1.0
"""When reading takes longer than this, it is told of."""


class PresetExchanging(QObject):
    """Asks for files, shows what is in them, and adds what the person ticks.

    `presets_added` comes once some were added: the Prompt page shows them.
    """

    presets_added = Signal()

    def __init__(self, context: PageContext, covered: QWidget) -> None:
        super().__init__(covered)
        self._context = context
        self._covered = covered
        self._sheet: ImportPresets | None = None
        self._export_sheet: ExportPresets | None = None
        self._waiting: deque[Path] = deque()
        self._is_busy = False

    def set_context(self, context: PageContext) -> None:
        """Exchange with another workspace from now on; what was looked at is no longer true."""
        self._context = context
        self._waiting.clear()
        for sheet in (self._sheet, self._export_sheet):
            if sheet is not None:
                sheet.close_sheet()

    def import_files(self, paths: Iterable[Path]) -> None:
        """Show what is in these files, one after another."""
        room = MOST_FILES - len(self._waiting)
        self._waiting.extend(list(paths)[:room])
        self._go_on()

    def choose_files(self) -> None:
        """Ask which files to import."""
        self._context.tasks.start(self._choose_files())

    def show_library(self) -> None:
        """Show the presets that are shipped with the program."""
        if not self._is_taken():
            self._start(_starters(self._context.workspace))

    def export(self, preset_ids: Sequence[int] | None = None) -> None:
        """Ask for a file and write these presets to it; without ids, ask first for which."""
        presets = self._context.state.presets or ()
        wanted = [each for each in presets if preset_ids is None or each.id in preset_ids]
        if not wanted:
            self._context.toast.show_toast(self.tr("There are no presets to export yet."))
        elif preset_ids is None and len(wanted) > 1:
            self._shown_export_sheet().open_with(wanted)
        else:
            self._context.tasks.start(self._export(wanted))

    def _shown_export_sheet(self) -> ExportPresets:
        from novita_desktop.ui.dialogs.export_presets import (  # noqa: PLC0415  # when wanted
            ExportPresets,
        )

        if self._export_sheet is None:
            context = self._context
            self._export_sheet = ExportPresets(context.theme, context.icons, self._covered)
            self._export_sheet.chosen.connect(self.export)
        return self._export_sheet

    def _go_on(self) -> None:
        """Open the next file that waits, unless something is being looked at."""
        if self._waiting and not self._is_taken():
            path = self._waiting.popleft()
            self._start(_offer_of(self._context.workspace, path, self._stand_in()))

    def _is_taken(self) -> bool:
        return self._is_busy or (self._sheet is not None and not self._sheet.isHidden())

    def _stand_in(self) -> str:
        from novita_desktop.ui.pages.prompt.starter import first_model  # noqa: PLC0415  # rarely needed

        state = self._context.state
        return first_model(state.catalogue, state.settings)

    def _start(self, reading: Coroutine[Any, Any, ImportOffer]) -> None:
        self._is_busy = True
        self._context.tasks.start(self._show(reading))

    async def _show(self, reading: Coroutine[Any, Any, ImportOffer]) -> None:
        """Read in the engine and open the sheet; a file that is refused lets the next one come."""
        is_shown = False
        context = self._context
        try:
            offer = await self._read(reading)
            sheet = await self._opened_sheet()
            if context is self._context:
                sheet.open_with(offer)
                is_shown = True
        finally:
            self._is_busy = False
            if not is_shown:
                self._go_on()

    async def _read(self, reading: Coroutine[Any, Any, ImportOffer]) -> ImportOffer:
        """Await what is read; say so when that takes long."""
        context = self._context
        words = self.tr("Reading the presets…")
        telling = asyncio.get_running_loop().call_later(
            PATIENCE_SECONDS, context.toast.show_toast, words
        )
        try:
            return await context.bridge.call(reading)
        finally:
            telling.cancel()

    async def _opened_sheet(self) -> ImportPresets:
        if self._sheet is None:
            # Not in a thread: two that make classes of Qt's bindings at once kill the process.
            for name in SHEET_PARTS:
                import_module(f"novita_desktop.ui.{name}")
                await asyncio.sleep(0)
            self._sheet = self._built_sheet()
        return self._sheet

    def _built_sheet(self) -> ImportPresets:
        from novita_desktop.ui.dialogs.import_presets import (  # noqa: PLC0415  # when wanted
            ImportPresets,
            ImportWork,
        )

        context = self._context
        work = ImportWork(self._add, context.state.model_name, self._is_known)
        sheet = ImportPresets(context.theme, context.icons, context.tasks, work, self._covered)
        sheet.closed.connect(self._go_on)
        return sheet

    def _is_known(self, model_id: str) -> bool:
        return self._context.state.model(model_id) is not None

    async def _add(self, presets: tuple[NewPreset, ...]) -> None:
        context = self._context
        added = await context.bridge.call(context.workspace.presets.add(presets))
        undo = NoticeAction(self.tr("Undo"), lambda: self._undo(context, added))
        context.toast.show_toast(self._added_words(added), undo)
        self.presets_added.emit()

    def _added_words(self, added: Sequence[Preset]) -> str:
        if len(added) == 1:
            return self.tr("Added “{name}”").format(name=visible_text(added[0].name))
        return self.tr("Added {count} presets").format(count=formatting.whole(len(added)))

    def _undo(self, context: PageContext, added: Sequence[Preset]) -> None:
        async def remove() -> None:
            for preset in added:
                await context.bridge.call(context.workspace.presets.delete(preset.id))

        context.tasks.start(remove())

    async def _choose_files(self) -> None:
        dialog = QFileDialog(self._covered, self.tr("Import presets"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Presets and prompts (*.json *.yaml *.yml *.txt *.md *.j2)"),
                self.tr("Presets (*.novita.json)"),
                self.tr("All files (*)"),
            ]
        )
        if await answer_of(dialog):
            self.import_files([Path(name) for name in dialog.selectedFiles()])

    async def _export(self, presets: Sequence[Preset]) -> None:
        dialog = QFileDialog(self._covered, self.tr("Export presets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Presets (*.novita.json)")])
        dialog.setDefaultSuffix(SUFFIX)
        name = file_name_for(presets[0].name) if len(presets) == 1 else self.tr("presets")
        dialog.selectFile(f"{name}.{SUFFIX}")
        if not await answer_of(dialog) or not dialog.selectedFiles():
            return
        path = Path(dialog.selectedFiles()[0])
        ids = [preset.id for preset in presets]
        context = self._context
        count = await context.bridge.call(_saved(context.workspace, path, ids))
        words = self.tr("Saved {count} presets as {name}")
        if count == 1:
            words = self.tr("Saved the preset as {name}")
        context.toast.show_toast(words.format(count=formatting.whole(count), name=path.name))


def file_name_for(name: str) -> str:
    """Return a file's name, without suffix, made of a preset's: never a path."""
    words = re.sub(r"[^\w]+", "-", name).strip("-").lower()
    return words[:MOST_NAME_CHARACTERS].strip("-") or "preset"


# The exchange is loaded when it is first used: on the engine's loop, not in the window.


async def _offer_of(workspace: Workspace, path: Path, stand_in: str) -> ImportOffer:
    return await workspace.preset_exchange.read(path, stand_in)


async def _starters(workspace: Workspace) -> ImportOffer:
    return await workspace.preset_exchange.starters()


async def _saved(workspace: Workspace, path: Path, preset_ids: Iterable[int]) -> int:
    return await workspace.preset_exchange.save(path, preset_ids)
