"""One run in full: what it is, what can be done with it, and everything that is kept of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.requests import RunRequest
from novita_desktop.domain.runs import RunDetail, RunSummary
from novita_desktop.domain.word_differences import Piece
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.theme import Theme
from novita_desktop.ui.widgets.answer_actions import CopyKind
from novita_desktop.ui.widgets.buttons import primary_button
from novita_desktop.ui.widgets.chip import StatusChip
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import link_button
from novita_desktop.ui.widgets.run_marks import RunMarks
from novita_desktop.ui.widgets.run_sections import RunSections
from novita_desktop.ui.widgets.vertical_scroll_area import VerticalScrollArea
from novita_desktop.ui.widgets.wrapping_label import WrappingLabel

LEAST_WIDTH = 340
"""Wide enough for every button at the largest text; not scaled, so that the list stays."""


class RunDetailPanel(QFrame):
    """Shows a run. It starts nothing itself: what is pressed is told to the page.

    `copy_chosen` has a `CopyKind`; `export_menu_shown` a menu that is to be filled.
    """

    retry_pressed = Signal()
    edit_pressed = Signal()
    model_pressed = Signal()
    compare_pressed = Signal()
    open_pressed = Signal()
    origin_pressed = Signal(int)
    compared = Signal(int)
    action_pressed = Signal(str)
    copy_chosen = Signal(str)
    export_menu_shown = Signal(object)

    def __init__(
        self, icons: Icons, theme: Theme, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._origin = 0
        self.setProperty("role", "raised")
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
        self.sections = RunSections(icons, theme, tasks)
        self.sections.run_pressed.connect(self.origin_pressed)
        self.sections.compared.connect(self.compared)
        self.sections.action_pressed.connect(self.action_pressed)
        self._build()
        self.show_nothing()

    def _make_buttons(self, icons: Icons) -> None:
        self._retry = primary_button(self.tr("Retry"))
        self._retry.clicked.connect(self.retry_pressed)
        self._edit = QPushButton(self.tr("Edit and run"))
        self._edit.clicked.connect(self.edit_pressed)
        self._open = QPushButton(self.tr("Open in Prompt"))
        self._open.clicked.connect(self.open_pressed)
        self._more = QPushButton(self.tr("More"))
        self._more.setMenu(self._more_menu())
        icons.show_on(self._retry, "rotate-cw", "on_accent")
        icons.show_on(self._edit, "pencil")
        icons.show_on(self._open, "message-square-text")

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Run with another model…")).triggered.connect(self.model_pressed)
        menu.addAction(self.tr("Compare models…")).triggered.connect(self.compare_pressed)
        copy = menu.addMenu(self.tr("Copy"))
        for words, kind in (
            (self.tr("Answer as Markdown"), CopyKind.MARKDOWN),
            (self.tr("Answer as plain text"), CopyKind.PLAIN),
            (self.tr("Request as cURL"), CopyKind.CURL),
            (self.tr("Request as Python"), CopyKind.PYTHON),
        ):
            copy.addAction(words).triggered.connect(
                lambda _=False, kind=kind: self.copy_chosen.emit(kind)
            )
        export = menu.addMenu(self.tr("Export"))
        export.aboutToShow.connect(lambda: self.export_menu_shown.emit(export))
        return menu

    def show_nothing(self) -> None:
        """Show an empty panel: no run is chosen."""
        self.marks.show_nothing()
        self._head.hide()
        self.sections.hide()

    def show_summary(self, summary: RunSummary, model_name: str) -> None:
        """Show at once what the list knows of the run; the rest comes with `show_detail`."""
        self._name.setText(model_name)
        self._status.set_status(summary.status)
        facts = [formatting.run_time(summary.created_at)]
        if summary.duration_ms is not None:
            facts.append(formatting.duration(summary.duration_ms))
        if summary.preset_name:
            facts.append(summary.preset_name)
        self._facts.setText(" · ".join(facts))
        self._origin = summary.retry_of or summary.continues or 0
        words = self.tr("Retry of run {id}") if summary.retry_of else self.tr("Continues run {id}")
        show_words_on(self._origin_link, words.format(id=self._origin) if self._origin else "")
        self._retry.setEnabled(summary.status.is_over and not summary.is_hidden)
        for button in (self._edit, self._more):
            button.setEnabled(not summary.is_hidden)
        if summary.is_hidden:
            self.sections.hide()
        self.marks.show_run(summary)
        self._head.show()

    def show_detail(self, detail: RunDetail, request: RunRequest, model_name: str) -> None:
        """Show everything about a run; `request` is what its stored body says."""
        self.show_summary(detail.summary, model_name)
        self.sections.show_detail(detail, request)
        self.sections.show()

    def show_hidden(self, summary: RunSummary, words: str) -> None:
        """Show a run of a blind round without verdict: `words` in place of what tells its model."""
        self.show_summary(summary, words)
        self.sections.hide()

    def show_family(self, runs: Sequence[RunSummary], shown_id: int) -> None:
        """Show the first run that the shown one goes back to, and every retry of it."""
        self.sections.show_family(runs, shown_id)

    def show_differences(self, run_id: int, pieces: Sequence[Piece]) -> None:
        """Show what differs between the answers of a run of the family and of the shown one."""
        self.sections.show_differences(run_id, pieces)

    def show_answer(self, text: str) -> None:
        """Show an answer as far as there is one."""
        self.sections.show_answer(text)

    def grow(self, text: str) -> None:
        """Show more of a live run's answer."""
        self.sections.grow(text)

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
        for button in (self._retry, self._edit, self._open, self._more, self.marks.delete):
            buttons.addWidget(button)
        head.addLayout(buttons)
        head.addWidget(self.marks)
        ground = QWidget()
        ground.setProperty("role", "raised")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(self.sections)
        whole.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # All of it scrolls: large text leaves no height for a head that stays.
        column.addWidget(self._scrolled(ground))

    def _scrolled(self, ground: QWidget) -> QScrollArea:
        area = VerticalScrollArea(LEAST_WIDTH, self)
        area.setProperty("role", "raised")
        area.viewport().setProperty("role", "raised")
        area.setAccessibleName(self.tr("Run details"))  # the keyboard scrolls it
        area.setWidget(ground)
        return area


def show_words_on(button: QPushButton, text: str) -> None:
    """Show `text` on a link, and the link only while there is text."""
    button.setText(text)
    button.setVisible(bool(text))
