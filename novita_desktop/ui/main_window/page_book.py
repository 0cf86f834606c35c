"""The pages of the window, each built when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from novita_desktop.domain.records import record
from novita_desktop.ui.actions import ActionId, Actions
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages._page import Page
from novita_desktop.ui.rail import RailEntry

PROMPT, COMPARE, BATCH, HISTORY = "prompt", "compare", "batch", "history"
MODELS, SETTINGS = "models", "settings"


@record(frozen=True, slots=True)
class PageSpec:
    """A page: its name for the command line, its action, its icon, and how it is built."""

    name: str
    action: ActionId
    icon: str
    build: Callable[[PageContext], Page]
    is_at_foot: bool = False


def _prompt(context: PageContext) -> Page:
    from novita_desktop.ui.pages.prompt import PromptPage  # noqa: PLC0415  # when first wanted

    return PromptPage(context)


def _compare(context: PageContext) -> Page:
    from novita_desktop.ui.pages.compare import ComparePage  # noqa: PLC0415  # when first wanted

    return ComparePage(context)


def _batch(context: PageContext) -> Page:
    from novita_desktop.ui.pages.batch import BatchPage  # noqa: PLC0415  # when first wanted

    return BatchPage(context)


def _history(context: PageContext) -> Page:
    from novita_desktop.ui.pages.history import HistoryPage  # noqa: PLC0415  # when first wanted

    return HistoryPage(context)


def _models(context: PageContext) -> Page:
    from novita_desktop.ui.pages.models import ModelsPage  # noqa: PLC0415  # when first wanted

    return ModelsPage(context)


def _settings(context: PageContext) -> Page:
    from novita_desktop.ui.pages.settings import SettingsPage  # noqa: PLC0415  # when first wanted

    return SettingsPage(context)


PAGES = (
    PageSpec(PROMPT, ActionId.PAGE_PROMPT, "message-square-text", _prompt),
    PageSpec(COMPARE, ActionId.PAGE_COMPARE, "columns-3", _compare),
    PageSpec(BATCH, ActionId.PAGE_BATCH, "table-2", _batch),
    PageSpec(HISTORY, ActionId.PAGE_HISTORY, "history", _history),
    PageSpec(MODELS, ActionId.PAGE_MODELS, "boxes", _models),
    PageSpec(SETTINGS, ActionId.PAGE_SETTINGS, "settings", _settings, is_at_foot=True),
)
"""Every page, in the order of the rail."""

PAGE_NAMES = tuple(spec.name for spec in PAGES)


def page_words() -> dict[str, str]:
    """Return the pages' words in the rail, by name."""
    return {
        PROMPT: _tr("Prompt"),
        COMPARE: _tr("Compare"),
        BATCH: _tr("Batch"),
        HISTORY: _tr("History"),
        MODELS: _tr("Models"),
        SETTINGS: _tr("Settings"),
    }


def rail_entries(actions: Actions) -> tuple[RailEntry, ...]:
    """Return what the rail shows."""
    words = page_words()
    return tuple(
        RailEntry(
            spec.name,
            words[spec.name],
            spec.icon,
            actions.tip(spec.action, words[spec.name]),
            spec.is_at_foot,
        )
        for spec in PAGES
    )


class PageBook(QStackedWidget):
    """Shows one page at a time. `page_built` comes once for each, before it is shown."""

    page_built = Signal(str, object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._specs = {spec.name: spec for spec in PAGES}
        self._pages: dict[str, Page] = {}
        self._views: dict[str, str] = {}

    @property
    def context(self) -> PageContext:
        """What the pages work with now."""
        return self._context

    @property
    def shown_name(self) -> str:
        """The name of the page that is shown, empty before the first."""
        shown = self.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    @property
    def shown(self) -> Page:
        """The page that is shown."""
        return self._pages[self.shown_name]

    def page(self, name: str) -> Page:
        """Return a page, building it when it is first wanted. Raises KeyError."""
        if name not in self._pages:
            page = self._specs[name].build(self._context)
            self._pages[name] = page
            self.addWidget(page)
            page.restore_view_state(self._views.get(name, ""))
            self.page_built.emit(name, page)
        return self._pages[name]

    def is_built(self, name: str) -> bool:
        """Return whether a page was wanted before."""
        return name in self._pages

    def show_page(self, name: str) -> None:
        """Show a page; an unknown name is the Prompt page."""
        page = self.page(name if name in self._specs else PROMPT)
        self.setCurrentWidget(page)
        page.activated()

    def set_context(self, context: PageContext) -> None:
        """Have every page work on another workspace; what is typed stays."""
        self._context = context
        for page in self._pages.values():
            page.set_context(context)

    def remember_views(self, views: Mapping[str, str]) -> None:
        """Give pages the sizes they had, as they are built."""
        self._views = dict(views)

    def views(self) -> dict[str, str]:
        """Return the sizes of the pages' parts; those of pages that were not built stay."""
        built = {name: page.view_state() for name, page in self._pages.items()}
        return {**self._views, **{name: state for name, state in built.items() if state}}

    async def leave(self) -> None:
        """Have every page keep what it has not kept yet."""
        for page in tuple(self._pages.values()):
            await page.leave()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PageBook", text)
