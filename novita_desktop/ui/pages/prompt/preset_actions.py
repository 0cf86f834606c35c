"""What is done with presets in their list: stars, names, places, copies, deleting with undo."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.presets import Preset, folders_of
from novita_desktop.ui.notices import NoticeAction
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of

if TYPE_CHECKING:  # it comes with the panel
    from novita_desktop.ui.widgets.preset_rows import Placing


class PresetActions(QObject):
    """Changes presets for the panel; what changed comes back as an event."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page

    def toggle_star(self, preset_id: int) -> None:
        """Put a preset among the favourites, or take it from there."""
        preset = self.context.state.preset(preset_id)
        if preset is not None:
            presets = self.context.workspace.presets
            self._do(presets.set_favourite(preset_id, is_favourite=not preset.is_favourite))

    def place(self, placing: Placing) -> None:
        """Put a preset where it was dragged."""
        presets = self.context.workspace.presets
        self._do(
            presets.place(
                placing.preset_id,
                placing.among,
                folder=placing.folder,
                is_favourite=placing.is_favourite,
            )
        )

    def duplicate(self, preset_id: int) -> None:
        """Add a copy of a preset beside it."""
        self._do(self.context.workspace.presets.duplicate(preset_id))

    def rename(self, preset_id: int) -> None:
        """Ask for a preset's name and folder."""
        preset = self.context.state.preset(preset_id)
        if preset is not None:
            self.context.tasks.start(self._rename(preset))

    def delete(self, preset_id: int) -> None:
        """Delete a preset, and offer to take that back."""
        preset = self.context.state.preset(preset_id)
        if preset is not None:
            self.context.tasks.start(self._delete(preset))

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        context = self.context

        async def change() -> None:
            await context.bridge.call(work)

        context.tasks.start(change())

    async def _rename(self, preset: Preset) -> None:
        from novita_desktop.ui.dialogs.save_preset import (  # noqa: PLC0415  # when wanted
            PresetWords,
            SavePreset,
        )

        presets = self.context.state.presets or ()
        dialog = SavePreset(
            self.tr("Rename or move"),
            PresetWords(preset.name, preset.folder, None),
            folders_of(presets),
            [other.name for other in presets if other.id != preset.id],
            self._page,
        )
        if await answer_of(dialog):
            said = dialog.words()
            work = self.context.workspace.presets.rename(preset.id, said.name, said.folder)
            await self.context.bridge.call(work)

    async def _delete(self, preset: Preset) -> None:
        context = self.context
        await context.bridge.call(context.workspace.presets.delete(preset.id))
        restore = context.workspace.presets.restore
        context.toast.show_toast(
            self.tr("Deleted “{name}”. Its runs stay in History.").format(name=preset.name),
            NoticeAction(self.tr("Undo"), lambda: self._do(restore(preset.id))),
        )
