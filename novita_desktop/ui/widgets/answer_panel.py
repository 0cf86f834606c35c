"""The answer's place: empty before the first run, then a run with its four tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from novita_desktop.domain.runs import RunDetail
from novita_desktop.services.preview import Preview
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_actions import AnswerActions
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.preparation import polished

if TYPE_CHECKING:  # loaded when there is something to show, or after the first paint
    from novita_desktop.ui.error_messages import ErrorText
    from novita_desktop.ui.widgets.answer_parts import AnswerParts
    from novita_desktop.ui.widgets.run_progress import RunProgress


class AnswerPanel(QWidget):
    """Shows one run. It starts nothing itself: what is pressed is told to the page."""

    retry_pressed = Signal()
    continue_pressed = Signal()
    raise_pressed = Signal()
    try_now_pressed = Signal()
    cancel_pressed = Signal()
    action_pressed = Signal(str)

    def __init__(
        self, theme: Theme, icons: Icons, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._tasks = theme, icons, tasks
        self._parts: AnswerParts | None = None
        self._unfinished: AnswerParts | None = None
        self._next: Preview | None = None
        self._is_previewing = False
        self._tabs = QTabWidget(self)
        self.answer_actions = AnswerActions(icons, self._tabs)
        self._build(icons)
        self.show_nothing()

    @property
    def parts(self) -> AnswerParts:
        """What shows a run, built when it is first wanted."""
        if self._parts is None:
            parts = self._unfinished or self._new_parts()
            parts.build()
            self._take_parts(parts)
            self._parts = parts
        return self._parts

    def preparations(self) -> Iterator[None]:
        """Build and style bit by bit what the first run will show."""
        if self._parts is None and self._unfinished is None:
            self._unfinished = self._new_parts()
            yield from self._unfinished.steps
        yield from polished(self.parts)

    def show_nothing(self) -> None:
        """Show the empty state: no run yet."""
        self._pages.setCurrentIndex(0)
        self.answer_actions.set_available(is_available=False)
        if self._parts is not None:
            self._parts.show_nothing()

    def begin(self, text: str, reasoning: str) -> None:
        """Show a run that goes on, with what it has so far."""
        self._end_preview()
        self.parts.begin(text, reasoning)
        self._pages.setCurrentIndex(1)
        self.answer_actions.set_available(is_available=False)

    def grow(self, text: str, reasoning: str) -> None:
        """Show more of the run's answer."""
        self.parts.grow(text, reasoning)

    def show_progress(self, progress: RunProgress) -> None:
        """Say what the run does now."""
        self.parts.show_progress(progress)

    def end(self, detail: RunDetail, text: str) -> None:
        """Show how the run ended; `text` is its answer with all that it continues."""
        if self.parts.answer.markdown() != text or self._pages.currentIndex() == 0:
            self.begin(text, detail.reasoning)
        self.parts.end(detail, text)
        self.answer_actions.set_available(is_available=True)

    def show_refusal(self, text: ErrorText) -> None:
        """Show why a run could not even be started."""
        self._end_preview()
        self.parts.error.show_error(text, is_of_run=False)
        self._pages.setCurrentIndex(1)

    def show_next_request(self, found: Preview) -> None:
        """Take the request that would be sent now, or the problem that keeps it back."""
        self._next = found
        if self._parts is not None:
            self._parts.request.show_next(found)

    def preview(self) -> None:
        """Show the request that would be sent now, as text to read."""
        self.parts.request.preview()
        self._is_previewing = True
        self._tabs.setCurrentIndex(len(self._others))

    def look_ahead(self) -> None:
        """Show what will be sent rather than what was: the form was edited."""
        if self._parts is not None:
            self._parts.request.look_ahead()

    def detail(self) -> RunDetail | None:
        """Return the run that is shown, None while it goes on or without one."""
        return None if self._parts is None else self._parts.detail()

    def _end_preview(self) -> None:
        """Go back to the answer: what was read before the run has been sent."""
        if self._is_previewing and self._tabs.currentIndex() == len(self._others):
            self._tabs.setCurrentIndex(0)
        self._is_previewing = False

    def _build(self, icons: Icons) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs, 1)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Views of the answer"))
        self._page = page = QWidget(self._tabs)
        self._pages = QStackedLayout(page)
        empty = EmptyState(icons, "message-square-text", page)
        empty.set_words(
            self.tr("The answer appears here"),
            self.tr("Write a message and press Run, or Ctrl+Enter."),
        )
        self._pages.addWidget(empty)
        self._tabs.addTab(page, self.tr("Answer"))
        self._others: list[QVBoxLayout] = []
        for word in (self.tr("Reasoning"), self.tr("Raw JSON"), self.tr("Request")):
            other = QWidget(self._tabs)
            self._tabs.addTab(other, word)
            self._others.append(QVBoxLayout(other))
            self._others[-1].setContentsMargins(0, 0, 0, 0)
        self._tabs.setCornerWidget(self.answer_actions, Qt.Corner.TopRightCorner)
        self._tabs.currentChanged.connect(lambda: self.parts)

    def _new_parts(self) -> AnswerParts:
        from novita_desktop.ui.widgets.answer_parts import (  # noqa: PLC0415  # when wanted
            AnswerParts,
        )

        return AnswerParts(self._theme, self._icons, self._tasks, self._page, in_steps=True)

    def _take_parts(self, parts: AnswerParts) -> None:
        self._pages.addWidget(parts)
        for place, content in zip(
            self._others, (parts.reasoning, parts.raw, parts.request), strict=True
        ):
            place.addWidget(content)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(parts.foot)
        if self._next is not None:
            parts.request.show_next(self._next)
        parts.retry_pressed.connect(self.retry_pressed)
        parts.cut_off.continue_pressed.connect(self.continue_pressed)
        parts.cut_off.raise_pressed.connect(self.raise_pressed)
        parts.status.try_now_pressed.connect(self.try_now_pressed)
        parts.status.cancel_pressed.connect(self.cancel_pressed)
        parts.error.action_pressed.connect(self.action_pressed)
