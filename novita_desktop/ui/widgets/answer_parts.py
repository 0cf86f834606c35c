"""What shows a run: its state, its text as it streams, reasoning, raw JSON, request, receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from novita_desktop.domain import json_schemas
from novita_desktop.domain.request_body import request_of
from novita_desktop.domain.requests import FormatKind
from novita_desktop.domain.runs import RunDetail, RunStatus
from novita_desktop.ui import metrics
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_view import ANSWER_MARGIN, AnswerView
from novita_desktop.ui.widgets.cut_off_bar import CutOffBar
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.form_labels import help_label, show_words
from novita_desktop.ui.widgets.json_answer import JsonAnswer
from novita_desktop.ui.widgets.json_text_view import JsonTextView
from novita_desktop.ui.widgets.reasoning_fold import ReasoningFold
from novita_desktop.ui.widgets.receipt import Receipt
from novita_desktop.ui.widgets.request_view import RequestView
from novita_desktop.ui.widgets.run_progress import RunProgress
from novita_desktop.ui.widgets.run_status import RunStatusLine

MARGIN = metrics.PAGE_MARGIN


class AnswerParts(QWidget):
    """The answer's tab for one run, with the contents of the other tabs beside it.

    `reasoning`, `raw`, `request` and `foot` are placed by the panel. It is loaded and built apart
    from the panel, because a quarter of the start would go into it; with `in_steps` nothing is
    there until `steps` or `build` has been gone through.
    """

    retry_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        tasks: Tasks,
        parent: QWidget,
        *,
        in_steps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._detail: RunDetail | None = None
        self.steps = self._built(theme, icons)
        if not in_steps:
            self.build()

    def build(self) -> None:
        """Build at once what is not there yet."""
        for _ in self.steps:
            pass

    def _built(self, theme: Theme, icons: Icons) -> Iterator[None]:
        """Build all parts, with a pause after each that takes milliseconds."""
        # Made in reading order: the focus follows it.
        self.status = RunStatusLine(self)
        yield
        self.fold = ReasoningFold(icons, self)
        yield
        self.error = ErrorCard(icons, self)
        yield
        self._json = JsonAnswer(self)
        yield
        self.answer = AnswerView(self)
        self.answer.setAccessibleName(self.tr("Answer"))
        self.answer.link_activated.connect(self._open_link)
        self._json.text_shown.connect(self.answer.setVisible)
        self.cut_off = CutOffBar(self)
        self._note = help_label()
        self._note.setObjectName("runNote")
        self._note.setWordWrap(True)
        yield
        self.reasoning = AnswerView(self)
        self.reasoning.setAccessibleName(self.tr("Reasoning"))
        self.raw = JsonTextView(self._tasks, self.tr("Raw JSON"), self)
        self.request = RequestView(self._tasks, self)
        yield
        self.error.retry_pressed.connect(self.retry_pressed)
        for view in (self.answer, self.reasoning, self.fold.view):
            view.set_theme(theme)
        self._place()
        self.foot = self._built_foot()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Forget the run that was shown."""
        self._detail = None
        self.foot.hide()
        self._json.hide()
        for view in (self.answer, self.reasoning, self.fold.view):
            view.clear()
        self.raw.show_json(self.tr("The host's answer stands here after a run."), "")
        self.request.show_sent("")

    def begin(self, text: str, reasoning: str) -> None:
        """Show a run that goes on, with what it has so far."""
        self._detail = None
        self.foot.hide()
        self.error.hide()
        self.cut_off.hide()
        self._json.hide()
        self._json.reset()
        self.answer.show()
        show_words(self._note, "")
        self.raw.show_json(self.tr("The host's answer stands here when the run is over."), "")
        self._restart(self.answer, text)
        self._restart(self.reasoning, reasoning)
        self._restart(self.fold.view, reasoning)
        self.fold.setVisible(bool(reasoning))

    def grow(self, text: str, reasoning: str) -> None:
        """Show more of the run's answer."""
        self.answer.append(text)
        if reasoning:
            self.reasoning.append(reasoning)
            self.fold.view.append(reasoning)
            self.fold.show()

    def show_progress(self, progress: RunProgress) -> None:
        """Say what the run does now."""
        self.status.show_progress(progress)
        self.fold.show_progress(progress)

    def end(self, detail: RunDetail, text: str) -> None:
        """Show how the run ended; `text` is its answer with all that it continues."""
        self._detail = detail
        for view in (self.answer, self.reasoning, self.fold.view):
            view.finish()
        self._receipt.show_run(detail)
        self.foot.show()
        self._retry.setVisible(detail.error is None)
        self.cut_off.show_run(detail.summary)
        show_words(self._note, self._note_for(detail))
        if detail.error is not None:
            self.error.show_error(describe_run_error(detail.error))
        self.raw.show_json(self.tr("The host's whole answer"), detail.raw_response)
        self.request.show_sent(detail.request_body)
        self._tasks.start(self._judge_json(detail, text))

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

    def _place(self) -> None:
        above, below = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(MARGIN, metrics.SPACE_12, MARGIN, 0)
        above.setSpacing(metrics.SPACE_12)
        below.setContentsMargins(MARGIN, 0, MARGIN, metrics.SPACE_8)
        # The answer has a margin of its own, in which its scroll bar stands.
        middle = QVBoxLayout()
        middle.setContentsMargins(MARGIN - ANSWER_MARGIN, 0, 0, 0)
        middle.addWidget(self.answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addLayout(middle, 1)
        layout.addLayout(below)
        for widget in (self.status, self.fold, self.error, self._json):
            above.addWidget(widget)
        below.addWidget(self.cut_off)
        below.addWidget(self._note)
        self._note.hide()

    def _built_foot(self) -> QFrame:
        foot = QFrame(self)
        foot.setProperty("role", "foot")
        self._receipt = Receipt(foot)
        self._retry = QPushButton(self.tr("Retry"), foot)
        self._retry.setToolTip(self.tr("Send the same request again as a new run"))
        self._retry.clicked.connect(self.retry_pressed)
        row = QHBoxLayout(foot)
        row.setContentsMargins(MARGIN, metrics.SPACE_12, MARGIN, metrics.SPACE_12)
        row.addWidget(self._receipt, 1)
        row.addWidget(self._retry)
        return foot


def _verdict_on(request_body: str, text: str) -> json_schemas.JsonVerdict | None:
    """Return the verdict on an answer that JSON was asked for, None for any other."""
    wanted = request_of(request_body).parameters.response_format
    if wanted is None or wanted.kind is FormatKind.TEXT:
        return None
    schema = wanted.schema if wanted.kind is FormatKind.JSON_SCHEMA else ""
    return json_schemas.verdict_on(text, schema)
