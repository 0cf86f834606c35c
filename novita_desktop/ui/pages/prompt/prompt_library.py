"""The presets of the Prompt page: the panel at its left, its head, and the form's two views."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.presets import Preset, PresetVersion
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.prompt.prompt_head import PromptHead
from novita_desktop.ui.pages.prompt.prompt_presets import PromptPresets
from novita_desktop.ui.widgets.preset_split import PresetSplit
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView

if TYPE_CHECKING:  # the panel is loaded after the first paint
    from novita_desktop.ui.pages.prompt.preset_actions import PresetActions
    from novita_desktop.ui.widgets.preset_panel import PresetPanel

PANEL_MODULES = (
    "novita_desktop.ui.pages.prompt.preset_actions",
    "novita_desktop.ui.widgets.preset_row_delegate",
    "novita_desktop.ui.widgets.preset_list",
    "novita_desktop.ui.widgets.preset_panel",
)
"""What the panel is made of, in the order it is loaded."""


class PromptLibrary(QObject):
    """Connects presets, panel, head and form.

    `run_requested` asks for a run of the form, `preview_requested` to see what it would send. `import_requested`, `library_requested` and
    `export_requested` (ids) ask for what `offer_exchange` promised.
    """

    run_requested = Signal()
    preview_requested = Signal()
    import_requested = Signal()
    library_requested = Signal()
    export_requested = Signal(object)

    def __init__(
        self, context: PageContext, form: PromptFormView, split: PresetSplit, page: Page
    ) -> None:
        super().__init__(page)
        self._context = context
        self._form = form
        self._split = split
        self._page = page
        self._panel: PresetPanel | None = None
        self._is_wanted = self._is_loaded = False
        self._offers_exchange = False
        self._is_filling = False
        self._actions: PresetActions | None = None
        self._counts: dict[int, tuple[Preset, int]] = {}
        self.presets = PromptPresets(context, form, page)
        self._head = PromptHead(page)
        self._connect()
        context.state.presets_changed.connect(self._take_presets)
        context.state.catalogue_changed.connect(self._take_catalogue)

    @property
    def panel(self) -> PresetPanel | None:
        """The panel of presets, None until it is built."""
        return self._panel

    @property
    def is_filling(self) -> bool:
        """Whether a form with variables is shown as its fields alone."""
        return self._is_filling

    def set_context(self, context: PageContext) -> None:
        """Work with the presets of another workspace."""
        state = self._context.state
        state.presets_changed.disconnect(self._take_presets)
        state.catalogue_changed.disconnect(self._take_catalogue)
        self._context = self.presets.context = context
        if self._actions is not None:
            self._actions.context = context
        context.state.presets_changed.connect(self._take_presets)
        context.state.catalogue_changed.connect(self._take_catalogue)
        # There the same number is another preset, which this form must never be saved over.
        self._form.set_preset(None)
        self._counts.clear()
        self._take_presets()

    def build_panel(self) -> None:
        """Build the panel as soon as presets are known; called after the first paint."""
        if not self._is_wanted:
            self._is_wanted = True
            self._context.tasks.start(self._build_panel())

    def offer_exchange(self) -> None:
        """Offer importing, exporting and the library from now on: somebody listens."""
        self._offers_exchange = True
        if self._panel is not None:
            self._panel.offer_exchange()

    def show_names(self, names: Sequence[str]) -> None:
        """Follow the form's variables."""
        self._form.set_variables(names)
        self._show_view()
        self.presets.refresh()

    def set_filling(self, *, is_filling: bool) -> None:
        """Show a form with variables whole, or as its fields alone."""
        self._is_filling = is_filling
        self._show_view()

    def open(self, preset_id: int, *, is_run: bool = False) -> None:
        """Put a copy of a preset into the form; run it if `is_run`."""
        self.presets.open(preset_id, self.run_requested.emit if is_run else None)

    def search(self) -> None:
        """Go to the search field of the panel."""
        self._split.show_presets()
        if self._panel is not None:
            self._panel.search.setFocus()

    def _connect(self) -> None:
        presets, head = self.presets, self._head
        presets.changed.connect(self._show_opened)
        presets.form_opened.connect(self._split.give_way)
        head.revert_pressed.connect(presets.revert)
        head.save_new_pressed.connect(presets.save_as_new)
        head.versions_pressed.connect(self._open_versions_of_opened)
        head.view_chosen.connect(lambda is_filling: self.set_filling(is_filling=is_filling))
        self._form.preview.show()
        self._form.preview.clicked.connect(self._split.give_way)
        self._form.preview.clicked.connect(self.preview_requested)
        self._form.build_needed.connect(lambda: self.set_filling(is_filling=False))

    async def _build_panel(self) -> None:
        # One after another, with the window's turns between. Not in a thread: Qt's bindings make
        # their classes known when they are first asked for, and two threads get in each other's way.
        for module in PANEL_MODULES:
            importlib.import_module(module)
            await asyncio.sleep(0)
        self._is_loaded = True
        self._take_presets()

    def _built_panel(self) -> PresetPanel:
        from novita_desktop.ui.pages.prompt.preset_actions import (  # noqa: PLC0415  # likewise
            PresetActions,
        )
        from novita_desktop.ui.widgets.preset_panel import (  # noqa: PLC0415  # see _build_panel
            PresetPanel,
        )

        context, presets = self._context, self.presets
        self._actions = actions = PresetActions(context, self._page)
        panel = PresetPanel(context.theme, context.icons, context.state.model_name)
        panel.opened.connect(self.open)
        panel.run_requested.connect(lambda preset_id: self.open(preset_id, is_run=True))
        panel.new_requested.connect(presets.new)
        panel.save_requested.connect(presets.save)
        panel.star_toggled.connect(actions.toggle_star)
        panel.rename_requested.connect(actions.rename)
        panel.duplicate_requested.connect(actions.duplicate)
        panel.delete_requested.connect(actions.delete)
        panel.placed.connect(actions.place)
        panel.versions_requested.connect(self._open_versions)
        panel.import_requested.connect(self.import_requested)
        panel.library_requested.connect(self.library_requested)
        panel.export_requested.connect(self.export_requested)
        if self._offers_exchange:
            panel.offer_exchange()
        return panel

    def _take_presets(self) -> None:
        presets = self._context.state.presets
        self.presets.refresh()
        if presets is None or not self._is_loaded:
            return
        if self._panel is None:
            self._panel = self._built_panel()
            self._panel.set_presets(presets)
            self._split.presets.hold(self._panel)
        else:
            self._panel.set_presets(presets)
        self._show_opened()
        self._context.tasks.start(self._count_variables(presets))

    def _take_catalogue(self) -> None:
        if self._panel is not None:
            self._panel.rows.show_names()

    async def _count_variables(self, presets: Sequence[Preset]) -> None:
        """Count what is not counted yet, in a thread: each takes longer than a frame has."""
        known = self._counts
        new = [p for p in presets if p.id not in known or known[p.id][0].form is not p.form]
        found = await asyncio.to_thread(lambda: [(p, len(p.form.variables())) for p in new])
        known.update((preset.id, (preset, count)) for preset, count in found)
        if self._panel is not None:
            self._panel.set_variable_counts({i: count for i, (_, count) in known.items()})

    def _show_opened(self) -> None:
        presets = self.presets
        self._head.show_preset(presets.title, presets.opened, presets.changes)
        self._show_view()
        if self._panel is not None:
            self._panel.choose(presets.opened.id if presets.opened else None)

    def _show_view(self) -> None:
        has_variables = bool(self._form.variables.names())
        is_filling = self._is_filling and has_variables
        opened = self.presets.opened
        self._form.set_filling(is_filling=is_filling, words=opened.description if opened else "")
        self._head.show_view(is_filling=is_filling, has_variables=has_variables)

    def _open_versions_of_opened(self) -> None:
        if self.presets.opened is not None:
            self._open_versions(self.presets.opened.id)

    def _open_versions(self, preset_id: int) -> None:
        preset = self._context.state.preset(preset_id)
        if preset is not None:
            self._context.tasks.start(self._show_versions(preset))

    async def _show_versions(self, preset: Preset) -> None:
        from novita_desktop.ui.dialogs.preset_versions import (  # noqa: PLC0415  # when wanted
            PresetVersions,
        )

        context = self._context
        versions = await context.bridge.call(context.workspace.presets.versions(preset.id))
        dialog = PresetVersions(preset.name, versions, context.theme, context.tasks, self._page)
        dialog.restore_chosen.connect(
            lambda version: context.tasks.start(self._go_back(preset.id, version))
        )
        dialog.open()

    async def _go_back(self, preset_id: int, version: PresetVersion) -> None:
        """Save what an earlier version held as the newest: nothing in between is lost."""
        context = self._context
        service = context.workspace.presets
        was_edited = bool(self.presets.changes)
        work = service.save(preset_id, version.form, version.description)
        saved = await context.bridge.call(work)
        if saved is None:
            return
        words = self.tr("Version {old} of “{name}” is in use again, as version {new}.")
        words = words.format(old=version.number, name=saved.name, new=saved.version)
        self.presets.show_version(saved, words, was_edited=was_edited)
