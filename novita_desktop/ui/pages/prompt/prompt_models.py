"""Choosing the model on the Prompt page: the palette, and which models are favourites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.widgets.model_button import ModelButton

if TYPE_CHECKING:  # the palette is loaded when it is first wanted
    from novita_desktop.ui.dialogs.model_palette import ModelPalette


class PromptModels(QObject):
    """Opens the palette for a model button, and keeps the stars."""

    def __init__(self, context: PageContext, button: ModelButton, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._button = button
        self._page = page
        self._palette: ModelPalette | None = None
        button.palette_requested.connect(self.choose)
        button.star_toggled.connect(self._toggle_star)

    def choose(self) -> None:
        """Open the model palette."""
        if self._palette is None:
            self._palette = self._built_palette()
        state = self.context.state
        settings = state.settings
        self._palette.open_for(
            state.catalogue,
            settings.favourite_models,
            settings.recent_models,
            self._button.value(),
        )

    def _built_palette(self) -> ModelPalette:
        from novita_desktop.ui.dialogs.model_palette import (  # noqa: PLC0415  # when wanted
            ModelPalette,
        )

        palette = ModelPalette(self.context.theme, self.context.icons, self._page)
        palette.chosen.connect(self._button.choose)
        palette.favourites_changed.connect(self._keep_favourites)
        return palette

    def _toggle_star(self, model_id: str) -> None:
        starred = self.context.state.settings.favourite_models
        if model_id in starred:
            self._keep_favourites(tuple(i for i in starred if i != model_id))
        else:
            self._keep_favourites((*starred, model_id))

    def _keep_favourites(self, favourites: tuple[str, ...]) -> None:
        context = self.context

        async def keep() -> None:
            work = context.workspace.settings.change(favourite_models=favourites)
            await context.bridge.call(work)

        context.tasks.start(keep())
