"""What all pages share: a head with title, fact and actions, a place for notices, a body."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.notices import NoticeBar
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.widgets.elided_label import ElidedLabel

HEAD_HEIGHT = 54


class Page(QWidget):
    """One page of the window. Subclasses put their content into `body`."""

    def __init__(self, context: PageContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self._title = ElidedLabel(title, self)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._title.setProperty("type", "title")
        self._fact = ElidedLabel("", self)
        self._fact.setProperty("tone", "muted")
        self._fact.setObjectName("pageFact")
        self.notice = NoticeBar(context.icons, self)
        self._head = QWidget(self)
        self._head.setProperty("role", "head")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head_row = QHBoxLayout(self._head)
        self._head_row.setContentsMargins(
            metrics.PAGE_MARGIN, metrics.SPACE_8, metrics.PAGE_MARGIN, metrics.SPACE_8
        )
        # A minimum height would hide from the layout that large text needs more than that.
        self._head_row.addStrut(metrics.scaled(HEAD_HEIGHT) - 2 * metrics.SPACE_8)
        self._head_row.setSpacing(metrics.SPACE_8)
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._fact, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        notice_row = QHBoxLayout()
        notice_row.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 0)
        notice_row.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(notice_row)
        column.addLayout(self.body, 1)

    @property
    def title(self) -> str:
        """The page's title."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Change the title in the head."""
        self._title.setText(title)

    def set_fact(self, fact: str) -> None:
        """Show a muted fact beside the title."""
        self._fact.setText(fact)

    def add_title_mark(self, mark: QWidget, stretch: int = 0) -> None:
        """Put a small mark beside the title; the fact's share of free room is 1."""
        self._head_row.insertWidget(self._head_row.indexOf(self._title) + 1, mark, stretch)

    def add_head_start(self, widget: QWidget) -> None:
        """Put a control before the title."""
        self._head_row.insertWidget(0, widget)

    def add_head_action(self, widget: QWidget) -> None:
        """Put a control at the right of the head."""
        self._head_row.addWidget(widget)

    def activated(self) -> None:
        """Do what is due when the page comes into view; subclasses extend it."""

    def preparations(self) -> Iterator[None]:
        """Do ahead what a person will want first, with a pause every few milliseconds.

        Gone through once the program is warm; subclasses extend it.
        """
        yield from ()

    async def leave(self) -> None:
        """Keep what is not kept yet: the window is about to close. Subclasses extend it."""

    def view_state(self) -> str:
        """Return the sizes of the page's parts, to be kept between sessions; empty for none."""
        return ""

    def restore_view_state(self, state: str) -> None:
        """Bring back the sizes that `view_state` returned; an empty text changes nothing."""

    def set_context(self, context: PageContext) -> None:
        """Work with another workspace from now on; subclasses extend it."""
        self.context = context
