"""The columns side by side, as many as fit; the rest is reached by scrolling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QWidget

from novita_desktop.domain.answer_facts import best_of
from novita_desktop.domain.comparisons import Column
from novita_desktop.ui import metrics
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.column_drag import ColumnDrag
from novita_desktop.ui.pages.compare.compare_column import CompareColumn


class CompareBoard(QScrollArea):
    """Holds a `CompareColumn` for each column of the plan, by its key.

    `commanded` has a column's key and what was asked of it, `action_pressed` what mends an error.
    `answers_changed` tells that a run is over or that names are hidden or shown; `column_built` has
    the scroll bar of a new column's answer. `dropped` has a column's key and the place, from 0, that
    it was dragged to.
    """

    commanded = Signal(int, str)
    action_pressed = Signal(int, str)
    state_changed = Signal()
    answers_changed = Signal()
    column_built = Signal(object)
    dropped = Signal(int, int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._columns: dict[int, CompareColumn] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "ground")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(*(metrics.SPACE_12,) * 4)
        self._row.setSpacing(metrics.SPACE_12)
        self.setWidget(inside)
        self._inside = inside
        self._expected: tuple[int, ...] = ()
        self._drag = ColumnDrag(self, inside, self._movable)
        self._drag.dropped.connect(self.dropped)

    def __iter__(self) -> Iterator[CompareColumn]:
        """Yield the columns as they are shown, from the start of the row."""
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, CompareColumn):
                yield widget

    def column(self, key: int) -> CompareColumn:
        """Return the column with this key. Raises KeyError."""
        return self._columns[key]

    @property
    def is_live(self) -> bool:
        """Whether any column's run goes on."""
        return any(column.is_live for column in self._columns.values())

    def live_runs(self) -> list[int]:
        """Return the runs that go on."""
        live = (column.run_id for column in self._columns.values() if column.is_live)
        return [run_id for run_id in live if run_id is not None]

    def expect_order(self, keys: Sequence[int]) -> None:
        """Move the columns as they are when this order comes: a person asked for it."""
        self._expected = tuple(keys)

    def set_context(self, context: PageContext) -> None:
        """Begin anew, with columns that follow runs of another workspace."""
        self.set_columns((), ())
        self._context = context

    def set_columns(self, columns: Sequence[Column], order: Sequence[int]) -> None:
        """Show these columns, those of `order` first and as it has them; others go.

        Where the order changes, columns are built anew: what is heard and where Tab leads go by
        the order in which they were built, which could tell them apart in a blind round.
        """
        state = self._context.state
        wanted = {column.key: column for column in columns}
        keys = [*(key for key in order if key in wanted), *(k for k in wanted if k not in order)]
        kept = [key for key in self._columns if key in wanted]
        if kept != keys[: len(kept)] and self._can_move(keys):
            self._move(keys)
            kept = keys
        if kept != keys[: len(kept)]:
            kept = []
        for key in [key for key in self._columns if key not in kept]:
            self._remove(key)
        for key in keys:
            if key not in self._columns:
                self._columns[key] = self._built_column(key)
                self._row.addWidget(self._columns[key], 1)
                self._columns[key].show()
            column = wanted[key]
            self._columns[key].show_model(
                state.model_name(column.model), column.model, is_modified=column.is_modified
            )

    def _can_move(self, keys: Sequence[int]) -> bool:
        return self._expected == tuple(keys) and set(keys) == set(self._columns)

    def _move(self, keys: Sequence[int]) -> None:
        """Put the columns in this order as if they had been built in it: see `set_columns`."""
        self._expected = ()
        focus = QApplication.focusWidget()
        self._columns = {key: self._columns[key] for key in keys}
        for column in self._columns.values():
            self._row.removeWidget(column)
            column.setParent(None)
        for column in self._columns.values():
            column.setParent(self._inside)
            self._row.addWidget(column, 1)
            column.show()
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _movable(self) -> list[tuple[int, QWidget]]:
        """Return what can be dragged: nothing while the order could tell who is who."""
        columns = list(self)
        are_hidden = any(column.is_hidden for column in columns)
        return [] if are_hidden else [(column.key, column) for column in columns]

    def _remove(self, key: int) -> None:
        gone = self._columns.pop(key)
        gone.leave()
        self._row.removeWidget(gone)
        gone.setParent(None)
        gone.deleteLater()

    def hide_names(self, words: str, names: Sequence[str]) -> None:
        """Call the columns by their places, as `words` with `{n}` says; empty: by their names."""
        for place, column in enumerate(self, start=1):
            column.hide_names(words.format(n=place) if words else "", names)
        self.answers_changed.emit()

    def set_judgeable(self, *, is_judgeable: bool) -> None:
        """Say whether all answers are there, so that they can be judged."""
        for column in self._columns.values():
            column.set_judgeable(is_judgeable=is_judgeable)

    def show_marks(self, best: int | None, thumbs: Mapping[int, int]) -> None:
        """Mark the winner, and each column's thumb."""
        for key, column in self._columns.items():
            column.show_best(is_best=key == best)
            column.show_thumb(thumbs.get(key, 0))

    def mark_best_facts(self) -> None:
        """Mark the best figures among the columns that are over."""
        facts = {key: column.facts for key, column in self._columns.items() if column.facts}
        for key, names in best_of(facts).items():
            self._columns[key].mark_best_facts(names)

    def _built_column(self, key: int) -> CompareColumn:
        column = CompareColumn(self._context, key, self.widget())
        column.commanded.connect(lambda command: self.commanded.emit(key, command))
        column.action_pressed.connect(lambda action: self.action_pressed.emit(key, action))
        column.state_changed.connect(self.state_changed)
        column.ended.connect(self.mark_best_facts)
        column.ended.connect(self.answers_changed)
        self._drag.serve(column.head, key)
        self.column_built.emit(column.answer.view.verticalScrollBar())
        return column
