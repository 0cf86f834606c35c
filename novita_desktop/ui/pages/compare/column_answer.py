"""A column's answer as it streams, with names covered as long as nobody is to know whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from novita_desktop.domain.runs import RunDetail, RunStatus
from novita_desktop.domain.self_naming import NameMask
from novita_desktop.domain.word_differences import Piece
from novita_desktop.ui import metrics
from novita_desktop.ui.error_messages import ErrorText, describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.cut_off_bar import CutOffBar
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.form_labels import help_label, show_words
from novita_desktop.ui.widgets.reasoning_fold import ReasoningFold
from novita_desktop.ui.widgets.run_progress import RunProgress


class ColumnAnswer(QWidget):
    """Text, reasoning, error and the note of one run. It keeps the text as it came."""

    retry_pressed = Signal()
    action_pressed = Signal(str)
    continue_pressed = Signal()
    raise_pressed = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[str] = []
        self._reasoning: list[str] = []
        self._names: frozenset[str] | None = None
        self._mask = NameMask()
        self._detail: RunDetail | None = None
        self._theme = theme
        self._differences: DifferencesView | None = None
        self._part = ""
        self._progress = RunProgress()
        self._fold = ReasoningFold(icons, self)
        self._error = ErrorCard(icons, self)
        self._error.retry_pressed.connect(self.retry_pressed)
        self._error.action_pressed.connect(self.action_pressed)
        self.view = AnswerView(self)
        self.view.setAccessibleName(self.tr("Answer"))
        self.view.link_activated.connect(self._open_link)
        self._cut_off = CutOffBar(self)
        self._cut_off.continue_pressed.connect(self.continue_pressed)
        self._cut_off.raise_pressed.connect(self.raise_pressed)
        self._note = help_label()
        self._note.setObjectName("columnNote")
        self._note.setWordWrap(True)
        self._note.hide()
        for view in (self.view, self._fold.view):
            view.set_theme(theme)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        above, below = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(metrics.SPACE_8, 0, metrics.SPACE_8, 0)
        below.setContentsMargins(metrics.SPACE_12, 0, metrics.SPACE_12, metrics.SPACE_4)
        above.addWidget(self._fold)
        above.addWidget(self._error)
        below.addWidget(self._cut_off)
        below.addWidget(self._note)
        column.addLayout(above)
        column.addWidget(self.view, 1)
        column.addLayout(below)

    @property
    def text(self) -> str:
        """The answer so far, as it came."""
        return "".join(self._pieces)

    @property
    def shown_text(self) -> str:
        """The answer so far as it may be seen."""
        return self._mask.covered(self.text)

    @property
    def is_hidden(self) -> bool:
        """Whether names are covered, and whatever else would tell whose answer this is."""
        return self._names is not None

    def covered(self, text: str) -> str:
        """Return any text as it may be seen beside this answer."""
        return self._mask.covered(text)

    def hide_names(self, names: Iterable[str] | None) -> None:
        """Cover these words from now on, or (None) show everything as it came."""
        wanted = None if names is None else frozenset(names)
        if wanted != self._names:
            self._names = wanted
            self._mask = NameMask(wanted or ())
            self._show_again()

    def show_whole(self, note: str = "") -> None:
        """Show the answer itself; `note` says what part it plays among the differences."""
        self.view.show()
        if self._differences is not None:
            self._differences.hide()
        self._part = note
        self._show_note()

    def show_differences(self, pieces: Sequence[Piece]) -> None:
        """Show what differs from another answer, in place of the answer."""
        if self._differences is None:
            self._differences = DifferencesView(self._theme, self.tr("Differences"), self)
            self._differences.setProperty("role", "plain")
            self._differences.document().setDocumentMargin(metrics.SPACE_12)
            self._column.insertWidget(self._column.indexOf(self.view) + 1, self._differences, 1)
        self._differences.show_pieces(pieces)
        self._differences.show()
        self.view.hide()
        self._part = self._differences.counts()
        self._show_note()

    def clear(self) -> None:
        """Show no answer."""
        self._detail = None
        self._pieces, self._reasoning = [], []
        self._mask = NameMask(self._names or ())
        for view in (self.view, self._fold.view):
            view.clear()
        for widget in (self._error, self._cut_off, self._note, self._fold):
            widget.hide()

    def begin(self, text: str, reasoning: str) -> None:
        """Show a run that goes on, with what it has so far."""
        self.clear()
        self.grow(text, reasoning)

    def grow(self, text: str, reasoning: str) -> None:
        """Show more of the answer."""
        if text:
            self._pieces.append(text)
            self.view.append(self._mask.feed(text))
        if reasoning:
            self._reasoning.append(reasoning)
            if not self.is_hidden:
                self._fold.view.append(reasoning)
                self._fold.show()

    def show_progress(self, progress: RunProgress) -> None:
        """Say how long the model has thought."""
        self._progress = progress
        if self._reasoning:
            self._fold.show_progress(progress)

    def end(self, detail: RunDetail, text: str) -> None:
        """Show how the run ended; `text` is its answer with all that it continues."""
        if self.text != text:
            self.begin(text, detail.reasoning)
        self._detail = detail
        self.view.append(self._mask.finish())
        for view in (self.view, self._fold.view):
            view.finish()
        self._show_end(detail)

    def _show_again(self) -> None:
        """Write the answer anew, covered or not."""
        detail, text, reasoning = self._detail, self.text, "".join(self._reasoning)
        self.begin(text, reasoning)
        if detail is not None:
            self.end(detail, text)

    def _show_end(self, detail: RunDetail) -> None:
        if self._reasoning:
            self._fold.show_progress(self._progress)
        if detail.error is not None:
            hidden = ErrorText(
                self.tr("This answer failed"),
                self.tr("Why is told once you have judged: it could give the model away."),
            )
            self._error.show_error(hidden if self.is_hidden else describe_run_error(detail.error))
        self._cut_off.show_run(detail.summary)
        if self.is_hidden:
            self._cut_off.hide()
        self._show_note()

    def _show_note(self) -> None:
        ended = self._note_for(self._detail) if self._detail is not None else ""
        show_words(self._note, " ".join(words for words in (ended, self._part) if words))

    def _note_for(self, detail: RunDetail) -> str:
        match detail.summary.status:
            case RunStatus.STOPPED if detail.summary.charged is False:
                return self.tr("Stopped before the host began to answer: not charged.")
            case RunStatus.STOPPED:
                return self.tr("Stopped. The host bills what was generated until then.")
            case RunStatus.INTERRUPTED:
                return self.tr("The program ended while this ran. What had arrived is kept.")
            case _:
                return ""

    def _open_link(self, url: QUrl) -> None:
        QDesktopServices.openUrl(url)
