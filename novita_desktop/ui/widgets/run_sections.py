"""Everything that is kept of one run, section by section, for the side panel of the history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from novita_desktop.domain.requests import RunRequest
from novita_desktop.domain.runs import Attempt, RunDetail, RunStatus, RunSummary
from novita_desktop.domain.word_differences import Piece
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.attempts_list import AttemptsList
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.fact_rows import Fact, FactRows
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.form_labels import section_label, show_words
from novita_desktop.ui.widgets.json_text_view import JsonTextView
from novita_desktop.ui.widgets.read_only_text import ReadOnlyText
from novita_desktop.ui.widgets.receipt import Receipt, response_id
from novita_desktop.ui.widgets.run_family import RunFamily
from novita_desktop.ui.widgets.run_inputs import asked_message, input_facts

MOST_ANSWER_HEIGHT = 320
JSON_HEIGHT = 240


class RunSections(QWidget):
    """Shows the sections that have something to say; a run's answer grows while it goes on.

    `run_pressed` asks for another run of the family, `compared` for the differences to one.
    """

    run_pressed = Signal(int)
    compared = Signal(int)
    action_pressed = Signal(str)

    def __init__(
        self, icons: Icons, theme: Theme, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._error = ErrorCard(icons, has_retry=False)
        self._error.action_pressed.connect(self.action_pressed)
        self._note = QLabel()
        self._note.setProperty("tone", "muted")
        self._note.setWordWrap(True)
        self._attempts = AttemptsList()
        self._system = ReadOnlyText(self.tr("System prompt"), most_lines=4)
        self._message = ReadOnlyText(self.tr("Message"))
        self._answer = AnswerView()
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.set_theme(theme)
        self._answer.link_activated.connect(_open_link)
        self._answer.document().documentLayout().documentSizeChanged.connect(self._fit_answer)
        self._variables, self._inputs, self._ids = (FactRows(icons) for _ in range(3))
        self._receipt = Receipt()
        self._family = RunFamily(theme)
        self._family.run_pressed.connect(self.run_pressed)
        self._family.compared.connect(self.compared)
        self._make_folds(icons, tasks)
        self._build()

    def _make_folds(self, icons: Icons, tasks: Tasks) -> None:
        """Make what only the curious unfold: it is made readable when it is first looked at."""
        self._reasoning = ReadOnlyText(self.tr("Reasoning"), most_lines=16)
        self._details = ReadOnlyText(self.tr("Details of the attempts"), most_lines=16)
        self._request = JsonTextView(tasks, self.tr("Request"))
        self._raw = JsonTextView(tasks, self.tr("Raw response"))
        self._folds: dict[QWidget, Fold] = {}
        for words, part in (
            (self.tr("Reasoning"), self._reasoning),
            (self.tr("Details"), self._details),
            (self.tr("Request"), self._request),
            (self.tr("Raw response"), self._raw),
        ):
            self._folds[part] = Fold(icons, words)
            self._folds[part].body_layout.addWidget(part)
            if isinstance(part, JsonTextView):
                part.setFixedHeight(metrics.scaled(JSON_HEIGHT))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.SPACE_16, 0, metrics.SPACE_16, metrics.SPACE_16)
        column.setSpacing(metrics.SPACE_8)
        column.addWidget(self._error)
        column.addWidget(self._note)
        self._titles: dict[QWidget, QLabel] = {}
        for words, part in (
            (self.tr("Answer"), self._answer),
            ("", self._folds[self._reasoning]),
            (self.tr("Receipt"), self._receipt),
            (self.tr("Attempts"), self._attempts),
            ("", self._folds[self._details]),
            (self.tr("Message"), self._message),
            (self.tr("System prompt"), self._system),
            (self.tr("Variables"), self._variables),
            (self.tr("Inputs"), self._inputs),
            (self.tr("Retries"), self._family),
            ("", self._folds[self._request]),
            ("", self._folds[self._raw]),
        ):
            if words:
                self._titles[part] = section_label(words)
                column.addWidget(self._titles[part])
            column.addWidget(part)
        column.addSpacing(metrics.SPACE_4)
        column.addWidget(self._ids)

    def show_detail(self, detail: RunDetail, request: RunRequest) -> None:
        """Show everything about a run; `request` is what its stored body says."""
        summary = detail.summary
        self._error.hide()
        if detail.error is not None:
            self._error.show_error(describe_run_error(detail.error))
        show_words(self._note, self._note_on(summary))
        self._attempts.set_attempts(detail.attempts)
        self._show_section(self._attempts, is_shown=bool(detail.attempts))
        details = "\n\n".join(map(self._attempt_details, detail.attempts))
        self._show_text_fold(self._details, details)
        self._message.show_text(asked_message(request, is_continued=summary.continues is not None))
        self._system.show_text(request.system_text)
        self._show_section(self._system, is_shown=bool(request.system_text))
        if summary.status.is_over:
            self.show_answer(detail.text)
            self._receipt.show_run(detail)
        self._show_text_fold(self._reasoning, detail.reasoning)
        self._show_section(self._receipt, is_shown=summary.status.is_over)
        self._show_facts(self._variables, [Fact(*item) for item in detail.variables.items()])
        self._show_facts(self._inputs, input_facts(request))
        self._ids.set_facts(self._id_facts(detail))
        self._request.show_json(self.tr("As it was sent"), detail.request_body)
        self._raw.show_json(self.tr("As it came"), detail.raw_response)
        self._folds[self._raw].setVisible(bool(detail.raw_response))

    def show_family(self, runs: Sequence[RunSummary], shown_id: int) -> None:
        """Show the first run that the shown one goes back to, and every retry of it."""
        is_shown = self._family.show_family(runs, shown_id)
        self._show_section(self._family, is_shown=is_shown)

    def show_differences(self, run_id: int, pieces: Sequence[Piece]) -> None:
        """Show what differs between the answers of a run of the family and of the shown one."""
        self._family.show_differences(run_id, pieces)

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

    def answer(self) -> tuple[str, str]:
        """Return the shown answer as Markdown and as it is read."""
        return self._answer.markdown(), self._answer.plain_text()

    def _note_on(self, summary: RunSummary) -> str:
        match summary.status:
            case RunStatus.STOPPED:
                return self.tr("You stopped this run. What had arrived is kept.")
            case RunStatus.INTERRUPTED:
                return self.tr("The program ended while this ran. What had arrived is kept.")
            case _:
                return ""

    def _attempt_details(self, attempt: Attempt) -> str:
        """Return what the list of attempts has no room for, a line each."""
        took = formatting.duration(attempt.duration_ms)
        lines = [self.tr("Attempt {n} took {time}").format(n=attempt.number, time=took)]
        if attempt.first_word_ms is not None:
            first = formatting.duration(attempt.first_word_ms)
            lines.append(self.tr("First word after {time}").format(time=first))
        if attempt.error is not None:
            reply = attempt.error.reply
            words = (reply.reason, reply.message)
            lines += [word for word in words if word]
            if reply.trace_id:
                lines.append(self.tr("Trace id: {id}").format(id=reply.trace_id))
        lines += [f"{name}: {value}" for name, value in attempt.headers]
        return "\n".join(lines)

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

    def _show_facts(self, part: FactRows, facts: Sequence[Fact]) -> None:
        part.set_facts(facts)
        self._show_section(part, is_shown=bool(facts))

    def _show_text_fold(self, part: ReadOnlyText, text: str) -> None:
        part.show_text(text)
        self._folds[part].setVisible(bool(text))

    def _show_section(self, part: QWidget, *, is_shown: bool) -> None:
        part.setVisible(is_shown)
        self._titles[part].setVisible(is_shown)


def _open_link(url: QUrl) -> None:
    QDesktopServices.openUrl(url)
