"""One run in full: what was asked, every attempt, the answer, what it cost, and running it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.requests import RunRequest
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.attempts_list import AttemptsList
from novita_desktop.ui.widgets.buttons import primary_button
from novita_desktop.ui.widgets.chip import StatusChip
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import link_button, section_label, show_words
from novita_desktop.ui.widgets.read_only_text import ReadOnlyText
from novita_desktop.ui.widgets.receipt import Receipt, response_id
from novita_desktop.ui.widgets.run_family import RunFamily
from novita_desktop.ui.widgets.run_inputs import asked_message, input_facts
from novita_desktop.ui.widgets.run_marks import RunMarks
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

LEAST_WIDTH = 340
"""Wide enough for every button at the largest text; not scaled, so that the list stays."""

MOST_ANSWER_HEIGHT = 320


class RunDetailPanel(QFrame):
    """Shows a run. It starts nothing itself: what is pressed is told to the page."""

    retry_pressed = Signal()
    edit_pressed = Signal()
    open_pressed = Signal()
    origin_pressed = Signal(int)
    action_pressed = Signal(str)

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin = 0
        self.setProperty("role", "raised")
        self.setMinimumWidth(LEAST_WIDTH)
        self._name = WrappingLabel()
        self._name.setObjectName("runModel")
        self._name.setProperty("type", "title")
        self._status = StatusChip()
        self._status.setObjectName("runDetailStatus")
        self._facts = ElidedLabel()
        self._facts.setProperty("tone", "muted")
        self._origin_link = link_button("")
        self._origin_link.clicked.connect(lambda: self.origin_pressed.emit(self._origin))
        self._make_buttons(icons)
        self.marks = RunMarks(icons)
        self._family = RunFamily()
        self._family.run_pressed.connect(self.origin_pressed)
        self._error = ErrorCard(icons, has_retry=False)
        self._error.action_pressed.connect(self.action_pressed)
        self._attempts = AttemptsList()
        self._system = ReadOnlyText(self.tr("System prompt"), most_lines=4)
        self._message = ReadOnlyText(self.tr("Message"))
        self._answer = AnswerView()
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.set_theme(theme)
        self._answer.link_activated.connect(_open_link)
        self._answer.document().documentLayout().documentSizeChanged.connect(self._fit_answer)
        self._inputs, self._ids = FactRows(icons), FactRows(icons)
        self._receipt = Receipt()
        self._build()
        self.show_nothing()

    def _make_buttons(self, icons: Icons) -> None:
        self._retry = primary_button(self.tr("Retry"))
        self._retry.setToolTip(self.tr("Send the same request again as a new run"))
        self._retry.clicked.connect(self.retry_pressed)
        self._edit = QPushButton(self.tr("Edit and run"))
        self._edit.setToolTip(self.tr("Open the form with everything filled in"))
        self._edit.clicked.connect(self.edit_pressed)
        self._open = QPushButton(self.tr("Open in Prompt"))
        self._open.setToolTip(self.tr("Show this run on the Prompt page"))
        self._open.clicked.connect(self.open_pressed)
        icons.show_on(self._retry, "rotate-cw", "on_accent")
        icons.show_on(self._edit, "pencil")
        icons.show_on(self._open, "message-square-text")

    def show_nothing(self) -> None:
        """Show an empty panel: no run is chosen."""
        self.marks.show_nothing()
        self._head.hide()
        self._body.hide()

    def show_summary(self, summary: RunSummary, model_name: str) -> None:
        """Show at once what the list knows of the run; the rest comes with `show_detail`."""
        self._name.setText(model_name)
        self._status.set_status(summary.status)
        time = formatting.run_time(summary.created_at)
        self._facts.setText(
            f"{time} · {formatting.duration(summary.duration_ms)}"
            if summary.duration_ms is not None
            else time
        )
        self._origin = summary.retry_of or summary.continues or 0
        words = self.tr("Retry of run {id}") if summary.retry_of else self.tr("Continues run {id}")
        show_words_on(self._origin_link, words.format(id=self._origin) if self._origin else "")
        self._retry.setEnabled(summary.status.is_over)
        self.marks.show_run(summary)
        self._head.show()

    def show_detail(self, detail: RunDetail, request: RunRequest, model_name: str) -> None:
        """Show everything about a run; `request` is what its stored body says."""
        summary = detail.summary
        self.show_summary(summary, model_name)
        self._error.hide()
        if detail.error is not None:
            self._error.show_error(describe_run_error(detail.error))
        show_words(self._note, self._note_on(summary))
        self._attempts.set_attempts(detail.attempts)
        self._show_section(self._attempts, is_shown=bool(detail.attempts))
        self._message.show_text(asked_message(request, is_continued=summary.continues is not None))
        self._system.show_text(request.system_text)
        self._show_section(self._system, is_shown=bool(request.system_text))
        if summary.status.is_over:
            self.show_answer(detail.text)
            self._receipt.show_run(detail)
        facts = input_facts(request)
        self._inputs.set_facts(facts)
        self._show_section(self._inputs, is_shown=bool(facts))
        self._ids.set_facts(self._id_facts(detail))
        self._show_section(self._receipt, is_shown=summary.status.is_over)
        self._body.show()

    def show_family(self, runs: Sequence[RunSummary], shown_id: int) -> None:
        """Show the first run that the shown one goes back to, and every retry of it."""
        is_shown = self._family.show_family(runs, shown_id)
        self._show_section(self._family, is_shown=is_shown)

    def show_answer(self, text: str) -> None:
        """Show an answer as far as there is one."""
        if self._answer.markdown() != text or not text:
            self._answer.set_text(text)
        self._show_section(self._answer, is_shown=bool(text))

    def grow(self, text: str) -> None:
        """Show more of a live run's answer."""
        if text:
            self._show_section(self._answer, is_shown=True)
            self._answer.append(text)

    def _note_on(self, summary: RunSummary) -> str:
        match summary.status:
            case RunStatus.STOPPED:
                return self.tr("You stopped this run. What had arrived is kept.")
            case RunStatus.INTERRUPTED:
                return self.tr("The program ended while this ran. What had arrived is kept.")
            case _:
                return ""

    def _id_facts(self, detail: RunDetail) -> list[Fact]:
        facts = [Fact(self.tr("Run"), str(detail.summary.id))]
        if answer_id := response_id(detail.raw_response):
            facts.append(Fact(self.tr("Response id"), answer_id, is_code=True))
        replies = [attempt.error.reply for attempt in detail.attempts if attempt.error is not None]
        if trace_id := next((reply.trace_id for reply in reversed(replies) if reply.trace_id), ""):
            facts.append(Fact(self.tr("Trace id"), trace_id, is_code=True))
        return facts

    def _fit_answer(self) -> None:
        """Give the answer the height of its text, up to a limit."""
        height = round(self._answer.document().size().height()) + metrics.SPACE_8
        self._answer.setFixedHeight(min(height, metrics.scaled(MOST_ANSWER_HEIGHT)))

    def _show_section(self, part: QWidget, *, is_shown: bool) -> None:
        part.setVisible(is_shown)
        self._titles[part].setVisible(is_shown)

    def _build(self) -> None:
        self._head = QWidget(self)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(*(metrics.SPACE_16,) * 4)
        head.setSpacing(metrics.SPACE_8)
        facts = QHBoxLayout()
        facts.setSpacing(metrics.SPACE_8)
        facts.addWidget(self._status)
        facts.addWidget(self._facts, 1)
        head.addWidget(self._name)
        head.addLayout(facts)
        head.addWidget(self._origin_link, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = FlowLayout()
        buttons.setSpacing(metrics.SPACE_8)
        for button in (self._retry, self._edit, self._open, self.marks.delete):
            buttons.addWidget(button)
        head.addLayout(buttons)
        head.addWidget(self.marks)
        self._body = self._sections()
        ground = QWidget()
        ground.setProperty("role", "raised")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(self._body)
        whole.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # All of it scrolls: large text leaves no height for a head that stays.
        column.addWidget(self._scrolled(ground))

    def _sections(self) -> QWidget:
        body = QWidget()
        body.setProperty("role", "plain")
        column = QVBoxLayout(body)
        column.setContentsMargins(metrics.SPACE_16, 0, metrics.SPACE_16, metrics.SPACE_16)
        column.setSpacing(metrics.SPACE_8)
        self._note = QLabel()
        self._note.setProperty("tone", "muted")
        self._note.setWordWrap(True)
        column.addWidget(self._error)
        column.addWidget(self._note)
        self._titles: dict[QWidget, QLabel] = {}
        for words, part in (
            (self.tr("Attempts"), self._attempts),
            (self.tr("System prompt"), self._system),
            (self.tr("Message"), self._message),
            (self.tr("Answer"), self._answer),
            (self.tr("Receipt"), self._receipt),
            (self.tr("Inputs"), self._inputs),
            (self.tr("Retries"), self._family),
        ):
            self._titles[part] = section_label(words)
            column.addWidget(self._titles[part])
            column.addWidget(part)
        column.addSpacing(metrics.SPACE_4)
        column.addWidget(self._ids)
        return body

    def _scrolled(self, ground: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setProperty("role", "raised")
        area.viewport().setProperty("role", "raised")
        area.setAccessibleName(self.tr("Run details"))  # the keyboard scrolls it
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        return area


def show_words_on(button: QPushButton, text: str) -> None:
    """Show `text` on a link, and the link only while there is text."""
    button.setText(text)
    button.setVisible(bool(text))


def _open_link(url: QUrl) -> None:
    QDesktopServices.openUrl(url)
