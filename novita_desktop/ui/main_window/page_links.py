"""Connects the pages, which do not know each other, with the window and so with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.model_sets import ModelSet
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.main_window import page_book
from novita_desktop.ui.main_window.page_book import BATCH, COMPARE, PROMPT, SETTINGS, PageBook
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page

if TYPE_CHECKING:  # a page is loaded when it is first wanted
    from novita_desktop.ui.pages.batch import BatchPage
    from novita_desktop.ui.pages.compare import ComparePage
    from novita_desktop.ui.pages.history import HistoryPage
    from novita_desktop.ui.pages.models import ModelsPage
    from novita_desktop.ui.pages.prompt import PromptPage
    from novita_desktop.ui.pages.settings import SettingsPage


class PageLinks(QObject):
    """Passes on what a page asks of the window or of another page.

    `key_requested` has what is to be done once there is a key, or None; `settings_built` has the
    Settings page, for what only the window can do. `export_requested` has the ids of presets.
    """

    page_requested = Signal(str)
    key_requested = Signal(object)
    settings_built = Signal(object)
    import_requested = Signal()
    library_requested = Signal()
    export_requested = Signal(object)

    def __init__(self, book: PageBook) -> None:
        super().__init__(book)
        self._book = book
        book.page_built.connect(self._link)

    def prompt(self) -> PromptPage:
        """Show the Prompt page and return it."""
        self.page_requested.emit(PROMPT)
        return cast("PromptPage", self._book.page(PROMPT))

    def runner(self) -> PromptPage | ComparePage:
        """Return the page that Run and Stop mean: Compare when it is shown, else Prompt."""
        if self._book.shown_name == COMPARE:
            return cast("ComparePage", self._book.page(COMPARE))
        return self.prompt()

    def compare(self) -> ComparePage:
        """Show the Compare page and return it."""
        self.page_requested.emit(COMPARE)
        return cast("ComparePage", self._book.page(COMPARE))

    def batch(self) -> BatchPage:
        """Show the Batch page and return it."""
        self.page_requested.emit(BATCH)
        return cast("BatchPage", self._book.page(BATCH))

    def use_model(self, model_id: str) -> None:
        """Choose a model on the Prompt page."""
        self.prompt().use_model(model_id)

    def open_preset(self, preset_id: int) -> None:
        """Open a preset on the Prompt page."""
        self.prompt().library.open(preset_id)

    def run_preset(self, preset_id: int) -> None:
        """Open a preset on the Prompt page and run it, or go to the field that it still needs."""
        self.prompt().library.open(preset_id, is_run=True)

    def compare_form(self) -> None:
        """Take the Prompt page's form to Compare; what is private there stays so."""
        page = cast("PromptPage", self._book.page(PROMPT))
        page.compare_requested.emit(page.form.value())

    def compare_preset(self, preset_id: int) -> None:
        """Open a preset on the Compare page, with its model as the first column."""
        preset = self._book.context.state.preset(preset_id)
        if preset is not None:
            self.compare().show_form(preset.opened())

    def compare_set(self, chosen: ModelSet) -> None:
        """Fill the columns of the Compare page with a set of models."""
        self.compare().use_set(chosen)

    def use_model_here(self, model_id: str) -> None:
        """Choose a model on the page that is shown: on Compare it becomes a column."""
        self.runner().use_model(model_id)

    def show_settings(self, section: str) -> None:
        """Show a section of Settings."""
        self.page_requested.emit(SETTINGS)
        cast("SettingsPage", self._book.page(SETTINGS)).show_section(section)

    def _link(self, name: str, page: Page) -> None:
        match name:
            case page_book.PROMPT:
                self._link_prompt(cast("PromptPage", page))
            case page_book.COMPARE:
                self._link_compare(cast("ComparePage", page))
            case page_book.BATCH:
                batch = cast("BatchPage", page)
                batch.connect_requested.connect(self._ask_for_key)
                batch.open_requested.connect(self._open_run)
            case page_book.HISTORY:
                self._link_history(cast("HistoryPage", page))
            case page_book.MODELS:
                models = cast("ModelsPage", page)
                models.use_requested.connect(self.use_model)
                models.compare_requested.connect(self._add_to_comparison)
            case page_book.SETTINGS:
                settings = cast("SettingsPage", page)
                settings.connect_requested.connect(self._ask_for_key)
                self.settings_built.emit(settings)

    def _link_prompt(self, page: PromptPage) -> None:
        page.connect_requested.connect(
            lambda is_run: self.key_requested.emit(page.run if is_run else None)
        )
        page.settings_requested.connect(self.show_settings)
        library = page.library
        library.import_requested.connect(self.import_requested)
        library.library_requested.connect(self.library_requested)
        library.export_requested.connect(self.export_requested)
        library.offer_exchange()
        page.compare_requested.connect(self._compare)
        self._join_private()

    def _link_compare(self, page: ComparePage) -> None:
        page.connect_requested.connect(
            lambda is_run: self.key_requested.emit(page.run if is_run else None)
        )
        page.settings_requested.connect(self.show_settings)
        page.renamed.connect(self._read_history_again)
        self._join_private()

    def _join_private(self) -> None:
        """Have one Private for both pages: nobody is to find kept what was typed on the other."""
        if not (self._book.is_built(PROMPT) and self._book.is_built(COMPARE)):
            return
        prompt = cast("PromptPage", self._book.page(PROMPT)).private
        compare = cast("ComparePage", self._book.page(COMPARE)).private
        is_private = prompt.isChecked() or compare.isChecked()
        for one, other in ((prompt, compare), (compare, prompt)):
            one.setChecked(is_private)
            one.toggled.connect(other.setChecked)

    def _link_history(self, page: HistoryPage) -> None:
        page.edit_requested.connect(self._edit)
        page.model_requested.connect(self._run_with_another_model)
        page.compare_requested.connect(self._compare)
        page.open_requested.connect(self._open)
        page.prompt_requested.connect(self.prompt)
        page.connect_requested.connect(self._ask_for_key)
        page.settings_requested.connect(self.show_settings)

    def _read_history_again(self) -> None:
        if self._book.is_built(page_book.HISTORY):
            cast("HistoryPage", self._book.page(page_book.HISTORY)).read_again()

    def _ask_for_key(self) -> None:
        self.key_requested.emit(None)

    def _edit(self, form: PromptForm) -> None:
        self.prompt().show_form(form)

    def _run_with_another_model(self, form: PromptForm) -> None:
        page = self.prompt()
        page.show_form(form)
        page.choose_model()

    def _open(self, run_id: int) -> None:
        context = self._book.context
        context.tasks.start(self._open_where_it_was(context, run_id))

    async def _open_where_it_was(self, context: PageContext, run_id: int) -> None:
        """Show a run where it was started: with all of its comparison or batch, or on Prompt."""
        workspace, call = context.workspace, context.bridge.call
        comparison_id = await call(workspace.comparisons.of_run(run_id))
        if comparison_id is not None:
            self.compare().show_comparison(comparison_id)
        elif (batch_id := await call(workspace.batches.of_run(run_id))) is not None:
            self.batch().show_batch(batch_id)
        else:
            self._open_run(run_id)

    def _open_run(self, run_id: int) -> None:
        self.prompt().show_run(run_id)

    def _compare(self, form: PromptForm) -> None:
        self.compare().show_form(form)

    def _add_to_comparison(self, model_id: str) -> None:
        self.compare().use_model(model_id)
