"""How many runs there are, or how many a search found, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.history_search import HistoryQuery
from novita_desktop.services.history import MOST_COUNTED
from novita_desktop.ui import formatting
from novita_desktop.ui.page_context import PageContext


class RunCount(QObject):
    """Counts once and then adds what is told; `told` has the words whenever they change."""

    told = Signal(str)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._query = HistoryQuery()
        self._count = 0
        self._added = 0

    def count(self, context: PageContext, query: HistoryQuery) -> None:
        """Count what `query` asks for from now on."""
        self._context, self._query, self._count = context, query, 0
        context.tasks.start(self._ask(context, query))

    def add(self, count: int) -> None:
        """Add runs that came, or with a number below zero take away runs that went."""
        self._added += 1
        if self._count <= MOST_COUNTED or not self._query.is_narrow:
            self._count = max(0, self._count + count)
        self._tell()

    async def _ask(self, context: PageContext, query: HistoryQuery) -> None:
        history = context.workspace.history
        while True:
            # Those that are added while the file counts may be counted twice or not at all.
            added = self._added
            work = history.count_found(query) if query.is_narrow else history.count()
            count = await context.bridge.call(work)
            if context is not self._context or query != self._query:
                return
            if added == self._added:
                break
        self._count = count
        self._tell()

    def _tell(self) -> None:
        self.told.emit(" · ".join((self._words(), *self._ignored())))

    def _words(self) -> str:
        if not self._query.is_narrow:
            words = self.tr("1 run") if self._count == 1 else self.tr("{count} runs")
            return words.format(count=formatting.whole(self._count))
        if self._count > MOST_COUNTED:
            return self.tr("{count}+ found").format(count=formatting.whole(MOST_COUNTED))
        return self.tr("{count} found").format(count=formatting.whole(self._count))

    def _ignored(self) -> list[str]:
        words = self.tr("“{part}” is not understood")
        return [words.format(part=part) for part in self._query.ignored]
