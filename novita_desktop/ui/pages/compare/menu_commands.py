"""Does what the page's menu asks for that is not the page's own: boards, files, names."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.model_sets import ModelSet
from novita_desktop.ui.notices import NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.compare.comparison_name import ComparisonName
from novita_desktop.ui.pages.compare.comparison_saving import ComparisonSaving
from novita_desktop.ui.pages.compare.leaderboard_view import LeaderboardView
from novita_desktop.ui.pages.compare.model_sets_menu import ModelSetsMenu
from novita_desktop.ui.pages.compare.more_menu import MoreMenu
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.pages.compare.round_view import RoundView
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView


class MenuCommands(QObject):
    """Connects the menu with the round in view and the form. `name` is shown in the page's head."""

    renamed = Signal(object)

    def __init__(
        self,
        context: PageContext,
        menu: MoreMenu,
        view: RoundView,
        form: PromptFormView,
        columns: PlanColumns,
        page: Page,
    ) -> None:
        super().__init__(page)
        self.name = ComparisonName(context, page)
        self._form, self._view, self._columns, self._page = form, view, columns, page
        self.sets = ModelSetsMenu(context, columns, self.use_set, page)
        self.leaderboard = LeaderboardView(context, page)
        self.saving = ComparisonSaving(context, page)
        menu.leaderboard_requested.connect(self._show_leaderboard)
        menu.export_requested.connect(self._export)
        menu.sets.aboutToShow.connect(lambda: self.sets.fill(menu.sets))
        menu.rename_requested.connect(self.name.ask)
        self.name.renamed.connect(self.renamed)

    def set_context(self, context: PageContext) -> None:
        """Work with another workspace."""
        for part in (self.name, self.leaderboard, self.saving, self.sets):
            part.context = context

    def use_set(self, chosen: ModelSet) -> None:
        """Fill the columns with a set of models."""
        if self._view.hides_names:
            words = self.tr("The names are hidden: judge the answers first, then choose a set.")
            self._page.notice.show_notice(NoticeKind.INFO, words)
        else:
            self._columns.fill(chosen.columns)

    def _show_leaderboard(self) -> None:
        self.leaderboard.open(self._form.value().preset)

    def _export(self) -> None:
        self.saving.ask(self._view.comparison)
