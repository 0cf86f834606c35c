"""Does what the page's and the columns' menus ask for that is not the page's own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.model_sets import ModelSet
from novita_desktop.domain.records import record
from novita_desktop.ui.notices import NoticeKind
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.pages.compare.board_differences import BoardDifferences
from novita_desktop.ui.pages.compare.column_commands import ColumnCommands
from novita_desktop.ui.pages.compare.column_order import ColumnOrder
from novita_desktop.ui.pages.compare.compare_board import CompareBoard
from novita_desktop.ui.pages.compare.compare_runs import CompareRuns
from novita_desktop.ui.pages.compare.comparison_name import ComparisonName
from novita_desktop.ui.pages.compare.comparison_saving import ComparisonSaving
from novita_desktop.ui.pages.compare.leaderboard_view import LeaderboardView
from novita_desktop.ui.pages.compare.model_sets_menu import ModelSetsMenu
from novita_desktop.ui.pages.compare.more_menu import MoreMenu
from novita_desktop.ui.pages.compare.plan_columns import PlanColumns
from novita_desktop.ui.pages.compare.preset_saving import PresetSaving
from novita_desktop.ui.pages.compare.round_view import RoundView
from novita_desktop.ui.pages.compare.scroll_together import ScrollTogether
from novita_desktop.ui.widgets.prompt_form_view import PromptFormView


@record(frozen=True, slots=True)
class PageParts:
    """What stands on the page, as far as commands are about it."""

    menu: MoreMenu
    commands: ColumnCommands
    board: CompareBoard
    view: RoundView
    runs: CompareRuns
    columns: PlanColumns
    form: PromptFormView


class MenuCommands(QObject):
    """Connects the menus with what they are about. `name` is shown in the page's head."""

    renamed = Signal(object)

    def __init__(self, context: PageContext, parts: PageParts, page: Page) -> None:
        super().__init__(page)
        self._parts, self._page = parts, page
        self.name = ComparisonName(context, page)
        self.sets = ModelSetsMenu(context, parts.columns, self.use_set, page)
        self.leaderboard = LeaderboardView(context, page)
        self.saving = ComparisonSaving(context, page)
        self._presets = PresetSaving(context, page)
        self._differences = BoardDifferences(context, parts.board)
        self._scroll = ScrollTogether(parts.board)
        ColumnOrder(parts.board, parts.commands, parts.view, parts.runs, parts.columns)
        self.name.renamed.connect(self.renamed)
        self._connect_menu(parts.menu)
        self._connect_columns(parts.commands)

    def set_context(self, context: PageContext) -> None:
        """Work with another workspace."""
        for part in (
            self.name,
            self.sets,
            self.leaderboard,
            self.saving,
            self._presets,
            self._differences,
        ):
            part.context = context

    def use_set(self, chosen: ModelSet) -> None:
        """Fill the columns with a set of models."""
        if self._parts.view.hides_names:
            words = self.tr("The names are hidden: judge the answers first, then choose a set.")
            self._page.notice.show_notice(NoticeKind.INFO, words)
        else:
            self._parts.columns.fill(chosen.columns)

    def _connect_menu(self, menu: MoreMenu) -> None:
        menu.leaderboard_requested.connect(self._show_leaderboard)
        menu.export_requested.connect(self._export)
        menu.sets.aboutToShow.connect(lambda: self.sets.fill(menu.sets))
        menu.rename_requested.connect(self.name.ask)
        menu.differences_toggled.connect(self._differences.set_on)
        menu.scroll_toggled.connect(self._scroll.set_on)

    def _connect_columns(self, commands: ColumnCommands) -> None:
        commands.differences_requested.connect(self._compare_with)
        commands.modify_requested.connect(self._modify)
        commands.use_requested.connect(self._use_as_preset)

    def _show_leaderboard(self) -> None:
        self.leaderboard.open(self._parts.form.value().preset)

    def _export(self) -> None:
        self.saving.ask(self._parts.view.comparison)

    def _compare_with(self, key: int) -> None:
        self._differences.compare_with(key)
        self._parts.menu.show_differences(is_on=True)

    def _modify(self, key: int) -> None:
        self._parts.columns.modify(key, self._parts.form.value())

    def _use_as_preset(self, key: int) -> None:
        if (column := self._parts.columns.find(key)) is not None:
            self._presets.use(self._parts.form.value(), column)
