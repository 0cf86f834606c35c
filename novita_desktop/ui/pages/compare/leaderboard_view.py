"""Opens the leaderboard and fills it for the scope that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.requests import PresetUse
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.tasks import answer_of


class LeaderboardView(QObject):
    """Shows the leaderboard of all comparisons, or of those of the form's preset."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page

    def open(self, preset: PresetUse | None) -> None:
        """Open it; with a preset, its comparisons are shown first."""
        self.context.tasks.start(self._open(self.context, preset))

    async def _open(self, context: PageContext, preset: PresetUse | None) -> None:
        from novita_desktop.ui.dialogs.leaderboard import (  # noqa: PLC0415  # when wanted
            Leaderboard,
        )

        dialog = Leaderboard(context.state.model_name, self._page)
        is_open = True

        async def fill(preset_id: int | None) -> None:
            work = context.workspace.comparisons.standings(preset_id)
            found = await context.bridge.call(work)
            if is_open and dialog.scope.currentData() == preset_id:
                dialog.show_standings(found)

        dialog.scope_chosen.connect(lambda preset_id: context.tasks.start(fill(preset_id)))
        if preset is not None:
            dialog.add_preset(preset.id, preset.name)
        else:
            await fill(None)
        try:
            await answer_of(dialog)
        finally:
            is_open = False
