"""The tables that were opened before, to be shown again with what their rows brought."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from novita_desktop.domain.batches import Batch
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import formatting
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.widgets.buttons import icon_button

MOST_TABLES = 20


class EarlierTables(QObject):
    """`button` opens a list of them; `chosen` has the id of a batch."""

    chosen = Signal(int)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page
        self.button = icon_button(context.icons, "history", self.tr("Earlier tables"))
        self.button.clicked.connect(self.ask)

    def ask(self) -> None:
        """Read the list and open it below the button."""
        self.context.tasks.start(self._ask(self.context))

    def menu_of(self, batches: list[Batch]) -> QMenu:
        """Return the menu of these batches."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for batch in batches:
            # An ampersand would make the letter behind it a shortcut.
            name = visible_text(batch.title).replace("&", "&&")
            words = f"{name} · {formatting.run_time(batch.created_at)}"
            menu.addAction(words).triggered.connect(partial(self.chosen.emit, batch.id))
        if not batches:
            menu.addAction(self.tr("No table was opened yet")).setEnabled(False)
        return menu

    async def _ask(self, context: PageContext) -> None:
        work = context.workspace.batches.recent(MOST_TABLES)
        menu = self.menu_of(await context.bridge.call(work))
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
