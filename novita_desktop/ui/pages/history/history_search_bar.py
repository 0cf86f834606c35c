"""The search of the history: its field, which stands in the page's head, and a bar of filters."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from novita_desktop.domain.history_search import is_worth_searching, parsed
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.history_filters import HistoryFilters, NamedModels
from novita_desktop.ui.widgets.search_field import SearchField

FIELD_WIDTH = 380
TYPING_MS = 60
"""A search waits this long for the next letter, so that fast typing starts fewer."""


class HistorySearchBar(QWidget):
    """Tells with `searched` what to look for: while it is typed, from the third letter on."""

    searched = Signal(object)
    retry_failed_pressed = Signal()

    def __init__(self, icons: Icons, models: NamedModels, page: QWidget) -> None:
        super().__init__(page)
        self.setProperty("role", "head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        hint = self.tr('Words, "phrases", model: preset: status: cost:>0.01 after: before:')
        self.field = SearchField(icons, self.tr("Search history"), hint, page)
        self.field.setMinimumWidth(metrics.scaled(FIELD_WIDTH) // 2)
        self.field.setMaximumWidth(metrics.scaled(FIELD_WIDTH))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.field.textChanged.connect(self._take_text)
        self.field.returnPressed.connect(self._tell)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._enter)
        retry = QPushButton(self.tr("Retry all failed in this list"))
        retry.clicked.connect(self.retry_failed_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_8, metrics.PAGE_MARGIN, metrics.SPACE_8
        )
        row.addWidget(HistoryFilters(self.field, models), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(retry)

    def clear(self) -> None:
        """Ask for the whole list."""
        self.field.clear()
        self._tell()

    def _enter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _take_text(self, text: str) -> None:
        if is_worth_searching(text):
            self._typing.start()
        else:
            self._typing.stop()

    def _tell(self) -> None:
        self._typing.stop()
        today = datetime.now().astimezone().date()
        self.searched.emit(parsed(self.field.text(), today))
