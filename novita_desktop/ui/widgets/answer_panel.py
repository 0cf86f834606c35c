"""The answer: what the run does, its text as it streams, reasoning, raw JSON, request, receipt."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain import json_schemas
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import FormatKind
from novita_desktop.domain.runs import RunDetail, RunStatus
from novita_desktop.ui.error_messages import ErrorText, describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_actions import AnswerActions
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.cut_off_bar import CutOffBar
from novita_desktop.ui.widgets.empty_state import EmptyState
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.form_labels import help_label, show_words
from novita_desktop.ui.widgets.json_answer import JsonAnswer
from novita_desktop.ui.widgets.json_text_view import JsonTextView
from novita_desktop.ui.widgets.reasoning_fold import ReasoningFold
from novita_desktop.ui.widgets.receipt import Receipt
from novita_desktop.ui.widgets.request_view import RequestView
from novita_desktop.ui.widgets.run_progress import RunProgress
from novita_desktop.ui.widgets.run_status import RunStatusLine

MARGIN = 12


class AnswerPanel(QWidget):
    """Shows one run. It starts nothing itself: what is pressed is told to the page."""

    retry_pressed = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._detail: RunDetail | None = None
        self.status = RunStatusLine()
        self.error = ErrorCard(icons)
        self.cut_off = CutOffBar()
        self.answer_actions = AnswerActions(icons)
        self.answer = AnswerView()
        self.answer.setAccessibleName(self.tr("Answer"))
        self.answer.link_activated.connect(self._open_link)
        self.reasoning = AnswerView()
        self.reasoning.setAccessibleName(self.tr("Reasoning"))
        self._fold = ReasoningFold(icons)
        self._json = JsonAnswer()
        self._json.text_shown.connect(self.answer.setVisible)
        self._raw = JsonTextView(tasks, self.tr("Raw JSON"))
        self.request = RequestView(tasks)
        self._note = help_label()
        self._note.setObjectName("runNote")
        self._note.setWordWrap(True)
        self._receipt = Receipt()
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.setToolTip(self.tr("Send the same request again as a new run"))
        self._retry.clicked.connect(self.retry_pressed)
        self.error.retry_pressed.connect(self.retry_pressed)
        for view in (self.answer, self.reasoning, self._fold.view):
            view.set_theme(theme)
        self._build(icons)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show the empty state: no run yet."""
        self._detail = None
        self._pages.setCurrentIndex(0)
        self._foot.hide()
        self.answer_actions.set_available(is_available=False)
        for view in (self.answer, self.reasoning, self._fold.view):
            view.clear()
        self._raw.show_json(self.tr("The host's answer stands here after a run."), "")
        self.request.show_sent("")

    def begin(self, text: str, reasoning: str) -> None:
        """Show a run that goes on, with what it has so far."""
        self._detail = None
        self._pages.setCurrentIndex(1)
        self._foot.hide()
        self.error.hide()
        self.cut_off.hide()
        self._json.hide()
        self._json.reset()
        self.answer.show()
        show_words(self._note, "")
        self.answer_actions.set_available(is_available=False)
        self._raw.show_json(self.tr("The host's answer stands here when the run is over."), "")
        self._restart(self.answer, text)
        self._restart(self.reasoning, reasoning)
        self._restart(self._fold.view, reasoning)
        self._fold.setVisible(bool(reasoning))

    def grow(self, text: str, reasoning: str) -> None:
        """Show more of the run's answer."""
        self.answer.append(text)
        if reasoning:
            self.reasoning.append(reasoning)
            self._fold.view.append(reasoning)
            self._fold.show()

    def show_progress(self, progress: RunProgress) -> None:
        """Say what the run does now."""
        self.status.show_progress(progress)
        self._fold.show_progress(progress)

    def end(self, detail: RunDetail, text: str) -> None:
        """Show how the run ended; `text` is its answer with all that it continues."""
        if self.answer.markdown() != text or self._pages.currentIndex() == 0:
            self.begin(text, detail.reasoning)
        self._detail = detail
        for view in (self.answer, self.reasoning, self._fold.view):
            view.finish()
        self._receipt.show_run(detail)
        self._foot.show()
        self._retry.setVisible(detail.error is None)
        self.answer_actions.set_available(is_available=True)
        self.cut_off.show_run(detail.summary)
        show_words(self._note, self._note_for(detail))
        if detail.error is not None:
            self.error.show_error(describe_run_error(detail.error))
        self._raw.show_json(self.tr("The host's whole answer"), detail.raw_response)
        self.request.show_sent(detail.request_body)
        self._tasks.start(self._judge_json(detail, text))

    def show_refusal(self, text: ErrorText) -> None:
        """Show why a run could not even be started."""
        self._pages.setCurrentIndex(1)
        self.error.show_error(text)

    def detail(self) -> RunDetail | None:
        """Return the run that is shown, None while it goes on or without one."""
        return self._detail

    def _restart(self, view: AnswerView, text: str) -> None:
        if view.markdown() == text:
            return
        view.clear()
        view.append(text)

    def _note_for(self, detail: RunDetail) -> str:
        match detail.summary.status:
            case RunStatus.STOPPED if detail.summary.charged is False:
                return self.tr("You stopped this run before the host began to answer.")
            case RunStatus.STOPPED:
                return self.tr(
                    "You stopped this run. What arrived is kept. The host bills what was"
                    " generated until then."
                )
            case RunStatus.INTERRUPTED:
                return self.tr("The program ended while this ran. What had arrived is kept.")
            case RunStatus.FAILED if detail.text:
                return self.tr("What arrived before the failure is kept.")
            case _:
                return ""

    async def _judge_json(self, detail: RunDetail, text: str) -> None:
        """Check a JSON answer on a worker thread: a schema's library is slow to load."""
        if not text.strip():
            return
        found = await asyncio.to_thread(_verdict_on, detail.request_body, text)
        if found is not None and self._detail is detail:
            self._json.show_verdict(found)
            self._json.show()

    def _open_link(self, url: QUrl) -> None:
        QDesktopServices.openUrl(url)

    def _build(self, icons: Icons) -> None:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self._answer_page(icons), self.tr("Answer"))
        tabs.addTab(self.reasoning, self.tr("Reasoning"))
        tabs.addTab(self._raw, self.tr("Raw JSON"))
        tabs.addTab(self.request, self.tr("Request"))
        tabs.setCornerWidget(self.answer_actions, Qt.Corner.TopRightCorner)
        self._foot = QFrame()
        self._foot.setProperty("role", "foot")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.addWidget(self._receipt, 1)
        row.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(tabs, 1)
        layout.addWidget(self._foot)

    def _answer_page(self, icons: Icons) -> QWidget:
        empty = EmptyState(icons, "message-square-text")
        empty.set_words(
            self.tr("The answer appears here"),
            self.tr("Write a message and press Run, or Ctrl+Enter."),
        )
        shown = QWidget()
        above, below = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        for widget in (self.status, self._fold, self.error, self._json):
            above.addWidget(widget)
        below.setContentsMargins(MARGIN, 0, MARGIN, 8)
        below.addWidget(self.cut_off)
        below.addWidget(self._note)
        self._note.hide()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.answer, 1)  # its own margin lines its text up with the rest
        layout.addLayout(below)
        page = QWidget()
        self._pages = QStackedLayout(page)
        self._pages.addWidget(empty)
        self._pages.addWidget(shown)
        return page


def _verdict_on(request_body: str, text: str) -> json_schemas.JsonVerdict | None:
    """Return the verdict on an answer that JSON was asked for, None for any other."""
    wanted = request_of(request_body).parameters.response_format
    if wanted is None or wanted.kind is FormatKind.TEXT:
        return None
    schema = wanted.schema if wanted.kind is FormatKind.JSON_SCHEMA else ""
    return json_schemas.verdict_on(text, schema)
