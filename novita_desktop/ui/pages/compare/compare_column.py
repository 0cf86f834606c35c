"""One column of a comparison: a model, its answer as it streams, its figures, and the verdict."""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.answer_facts import AnswerFacts, FactName, facts_of
from novita_desktop.domain.runs import RunDetail
from novita_desktop.services.workspace import Workspace
from novita_desktop.ui import metrics
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.column_answer import ColumnAnswer
from novita_desktop.ui.pages.compare.column_checks import ColumnChecks
from novita_desktop.ui.pages.compare.column_facts import ColumnFacts
from novita_desktop.ui.widgets.buttons import icon_button, quiet_button, show_icon_and_word
from novita_desktop.ui.widgets.chip import Chip
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import set_look
from novita_desktop.ui.widgets.run_follower import RunFollower
from novita_desktop.ui.widgets.run_status import RunStatusLine

LEAST_WIDTH = 256
GROWTH_SECONDS = 0.25
"""How often the figures of an answer that still comes change: each time costs a layout."""


class ColumnCommand(StrEnum):
    """What can be asked of a column, told to the page."""

    BEST = "best"
    THUMB_UP = "thumb_up"
    THUMB_DOWN = "thumb_down"
    RETRY = "retry"
    STOP = "stop"
    TRY_NOW = "try_now"
    CONTINUE = "continue"
    RAISE = "raise"
    CHANGE_MODEL = "change_model"
    MODIFY = "modify"
    COPY_COLUMN = "copy_column"
    MOVE_LEFT = "move_left"
    MOVE_RIGHT = "move_right"
    REMOVE = "remove"
    USE = "use"
    COMPARE_WITH = "compare_with"


class CompareColumn(QGroupBox):
    """Follows one run. It starts nothing itself: `commanded` has a `ColumnCommand`.

    `action_pressed` has what mends an error; `ended` says that the figures may have changed. `head`
    is where it can be taken hold of.
    """

    commanded = Signal(str)
    action_pressed = Signal(str)
    state_changed = Signal()
    ended = Signal()

    def __init__(self, context: PageContext, key: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setMinimumWidth(metrics.scaled(LEAST_WIDTH))
        self.key = key
        self.facts: AnswerFacts | None = None
        self._name, self._model_id, self._hidden_name = "", "", ""
        self._is_modified = False
        self._is_judgeable = False
        self._growth_due = 0.0
        self._state: tuple[int | None, bool] = (None, False)
        icons = context.icons
        self.head = QFrame()
        self._title = ElidedLabel()
        self._title.setProperty("weight", "bold")
        self._id = ElidedLabel()
        self._id.setProperty("face", "mono")
        self._id.setProperty("tone", "muted")
        self._modified = Chip(self.tr("modified"), "warn")
        self._modified.hide()
        self._menu_button = icon_button(icons, "ellipsis-vertical", self.tr("Column menu"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(self._built_menu())
        self._status = RunStatusLine(self, state_name="columnStatus", has_facts=False)
        self.answer = ColumnAnswer(context.theme, icons, self)
        self._facts = ColumnFacts(self)
        self.checks = ColumnChecks(self)
        self._best = QPushButton()
        self._up = icon_button(icons, "thumbs-up", self.tr("Good answer"))
        self._down = icon_button(icons, "thumbs-down", self.tr("Bad answer"))
        self._retry = quiet_button("")
        self._copy = icon_button(icons, "copy", self.tr("Copy the answer"))
        show_icon_and_word(icons, self._best, "trophy", self.tr("Best"), checked="accent_soft_text")
        self._icons = icons
        self._follower = RunFollower(context.bridge, context.tasks, self)
        self._build()
        self._connect()
        self._show_retry()
        self.clear()

    @property
    def is_live(self) -> bool:
        """Whether the column's run goes on."""
        return self._follower.is_live

    @property
    def run_id(self) -> int | None:
        """The run that is shown, None before the first."""
        return self._follower.run_id

    @property
    def is_hidden(self) -> bool:
        """Whether nobody is to know which model it is."""
        return bool(self._hidden_name)

    @property
    def shown_name(self) -> str:
        """What the column is called now: the model's name, or what hides it."""
        return self._hidden_name or self._name

    def show_model(self, name: str, model_id: str, *, is_modified: bool) -> None:
        """Say which model the column is."""
        self._name, self._model_id = name, model_id
        self._is_modified = is_modified
        self._show_names()

    def hide_names(self, hidden_name: str, names: Iterable[str]) -> None:
        """Call the column `hidden_name` and cover `names` in it; an empty name shows everything."""
        self._hidden_name = hidden_name
        self.answer.hide_names(names if hidden_name else None)
        self._status.set_discreet(is_discreet=bool(hidden_name))
        self._show_names()
        self._show_facts()

    def clear(self) -> None:
        """Show no run."""
        self._follower.leave()
        self.facts = None
        self.answer.clear()
        self._facts.clear()
        self.checks.clear()
        self._status.hide()
        self.show_thumb(0)
        self.show_best(is_best=False)
        self._show_state()

    def follow(self, workspace: Workspace, run_id: int) -> None:
        """Show a run, and follow it while it goes on."""
        if self._follower.run_id == run_id:
            return
        self.clear()
        self._status.show()
        self._follower.show(workspace, run_id)

    def leave(self) -> None:
        """Follow nothing any more: the column goes."""
        self._follower.leave()

    def set_judgeable(self, *, is_judgeable: bool) -> None:
        """Say whether all answers are there, so that they can be judged."""
        if is_judgeable != self._is_judgeable:
            self._is_judgeable = is_judgeable
            self._show_state()

    def show_best(self, *, is_best: bool) -> None:
        """Mark the column as the winner."""
        set_look(self, "chosen", "true" if is_best else "false")
        self._best.setChecked(is_best)

    def show_thumb(self, thumb: int) -> None:
        """Show a thumb up (1), down (-1), or none."""
        self._up.setChecked(thumb > 0)
        self._down.setChecked(thumb < 0)

    def mark_best_facts(self, names: Iterable[FactName]) -> None:
        """Mark the figures that are the best of all columns."""
        self._facts.mark_best(() if self._hidden_name else names)

    def _build(self) -> None:
        head = self.head
        head.setProperty("role", "plain")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._id)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(names, 1)
        row.addWidget(self._modified)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._menu_button, 0, Qt.AlignmentFlag.AlignTop)
        head_column = QVBoxLayout(head)
        head_column.setContentsMargins(
            metrics.SPACE_12, metrics.SPACE_8, metrics.SPACE_8, metrics.SPACE_8
        )
        head_column.setSpacing(metrics.SPACE_4)
        head_column.addLayout(row)
        head_column.addWidget(self._status)
        facts = QFrame()
        facts.setProperty("role", "foot")
        facts_row = QVBoxLayout(facts)
        facts_row.setContentsMargins(
            metrics.SPACE_12, metrics.SPACE_8, metrics.SPACE_12, metrics.SPACE_8
        )
        facts_row.addWidget(self._facts)
        facts_row.addWidget(self.checks)
        foot = QFrame()
        foot.setProperty("role", "foot")
        flow = FlowLayout(foot)
        flow.setContentsMargins(*(metrics.SPACE_8,) * 4)
        flow.setSpacing(metrics.SPACE_4)
        for button in (self._best, self._up, self._down):
            button.setCheckable(True)
        for button in (self._best, self._up, self._down, self._retry):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.LINE,) * 4)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.answer, 1)
        column.addWidget(facts)
        column.addWidget(foot)

    def _connect(self) -> None:
        commands = {
            self._best: ColumnCommand.BEST,
            self._up: ColumnCommand.THUMB_UP,
            self._down: ColumnCommand.THUMB_DOWN,
        }
        for button, command in commands.items():
            # What is shown follows from what is kept, not from the press.
            button.clicked.connect(lambda checked, b=button: b.setChecked(not checked))
            button.clicked.connect(lambda _=False, c=command: self.commanded.emit(c.value))
        self._retry.clicked.connect(self._retry_or_stop)
        self._copy.clicked.connect(self._copy_answer)
        self._status.try_now_pressed.connect(lambda: self._tell(ColumnCommand.TRY_NOW))
        self._status.cancel_pressed.connect(lambda: self._tell(ColumnCommand.STOP))
        self.answer.retry_pressed.connect(lambda: self._tell(ColumnCommand.RETRY))
        self.answer.continue_pressed.connect(lambda: self._tell(ColumnCommand.CONTINUE))
        self.answer.raise_pressed.connect(lambda: self._tell(ColumnCommand.RAISE))
        self.answer.action_pressed.connect(self.action_pressed)
        follower = self._follower
        follower.began.connect(self.answer.begin)
        follower.grew.connect(self.answer.grow)
        follower.progressed.connect(self._show_progress)
        follower.ended.connect(self._show_end)

    def _built_menu(self) -> QMenu:
        menu = QMenu(self)
        entries = (
            (ColumnCommand.USE, self.tr("Use this as the preset")),
            (ColumnCommand.COMPARE_WITH, self.tr("Show differences from this answer")),
            (ColumnCommand.CHANGE_MODEL, self.tr("Change model…")),
            (ColumnCommand.MODIFY, self.tr("Own settings…")),
            (ColumnCommand.COPY_COLUMN, self.tr("Add a copy of this column")),
            (ColumnCommand.MOVE_LEFT, self.tr("Move left")),
            (ColumnCommand.MOVE_RIGHT, self.tr("Move right")),
            (ColumnCommand.REMOVE, self.tr("Remove")),
        )
        for command, words in entries:
            menu.addAction(words).triggered.connect(lambda _=False, c=command: self._tell(c))
        return menu

    def _tell(self, command: ColumnCommand) -> None:
        self.commanded.emit(command.value)

    def _retry_or_stop(self) -> None:
        self._tell(ColumnCommand.STOP if self.is_live else ColumnCommand.RETRY)

    def _show_names(self) -> None:
        is_hidden = bool(self._hidden_name)
        self.setAccessibleName(self.shown_name)
        self._title.setText(self.shown_name)
        self._id.setText("" if is_hidden else self._model_id)
        self._id.setVisible(not is_hidden)
        self._modified.setVisible(self._is_modified and not is_hidden)
        self._menu_button.setVisible(not is_hidden)

    def _show_progress(self) -> None:
        progress = self._follower.progress
        self._status.show_progress(progress)
        self.answer.show_progress(progress)
        now = time.monotonic()
        if not self._hidden_name and not progress.is_over and now >= self._growth_due:
            self._growth_due = now + GROWTH_SECONDS
            first = progress.first_word
            waited = None if first is None else round((first - progress.started) * 1000)
            tokens = progress.written_tokens + progress.reasoning_tokens
            speed = progress.tokens_per_second(now)
            self._facts.show_growth(waited, speed, tokens)
        self._show_state()

    def _show_end(self, detail: RunDetail, text: str) -> None:
        self.answer.end(detail, text)
        self.facts = facts_of(detail.summary, text)
        self._show_facts()
        self._show_state()
        self.ended.emit()

    def _show_facts(self) -> None:
        if self._hidden_name or self.facts is None:
            self._facts.clear()
        else:
            self._facts.show_facts(self.facts)

    def _show_state(self) -> None:
        is_there = self.run_id is not None
        is_over = is_there and not self.is_live
        for button in (self._best, self._up, self._down):
            button.setEnabled(is_over and self._is_judgeable)
        self._copy.setEnabled(is_over)
        self._retry.setEnabled(is_there)
        state = (self.run_id, self.is_live)
        if state != self._state:
            self._state = state
            self._show_retry()
            self.state_changed.emit()

    def _show_retry(self) -> None:
        if self.is_live:
            show_icon_and_word(self._icons, self._retry, "circle-stop", self.tr("Stop"))
        else:
            show_icon_and_word(self._icons, self._retry, "rotate-cw", self.tr("Retry"))

    def _copy_answer(self) -> None:
        QGuiApplication.clipboard().setText(self.answer.view.markdown())
