"""The columns that stand on the page: added, changed, moved, removed, with the model palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from novita_desktop.domain.comparisons import MOST_COLUMNS, Column, next_key
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.page_context import PageContext
from novita_desktop.ui.pages.compare.compare_column import ColumnCommand
from novita_desktop.ui.tasks import answer_of

if TYPE_CHECKING:  # the palette is loaded when it is first wanted
    from novita_desktop.ui.dialogs.model_palette import ModelPalette


class PlanColumns(QObject):
    """Holds the columns in their order; `changed` tells that they are others now.

    A column that changes gets a new key: the answer that it had is no longer its own.
    """

    changed = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self._page = page
        self._columns: tuple[Column, ...] = ()
        # Keys of columns that are gone still stand in the comparison in view.
        self._last_key = 0
        self._palette: ModelPalette | None = None
        self._take: Callable[[str], object] = self.add

    @property
    def value(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    def set_value(self, columns: tuple[Column, ...], last_key: int = 0) -> None:
        """Take these columns; keys up to `last_key` are in use elsewhere."""
        self._columns = columns
        self._last_key = max(self._last_key, last_key, next_key(columns) - 1)

    def why_none_is_added(self, *, are_hidden: bool) -> str:
        """Return why there cannot be one more column now, or nothing if there can."""
        if are_hidden:
            return self.tr("The names are hidden: judge the answers first, then add a model.")
        if len(self._columns) >= MOST_COLUMNS:
            words = self.tr("There are {n} columns already: remove one, then add the model.")
            return words.format(n=MOST_COLUMNS)
        return ""

    def choose(self) -> None:
        """Open the palette for one more column."""
        self._open_palette(self.add, "")

    def add(self, model_id: str) -> None:
        """Add a column for a model."""
        self._insert(Column(0, model_id), len(self._columns))

    def add_first(self, model_id: str) -> None:
        """Have a column for a model, as the first if there is none; the last gives way to it."""
        if not any(column.model == model_id for column in self._columns):
            self._columns = self._columns[: MOST_COLUMNS - 1]
            self._insert(Column(0, model_id), 0)

    def fill(self, columns: Iterable[Column]) -> None:
        """Have these columns instead; one that is there already stays, with its answer."""
        left, filled = list(self._columns), []
        for wanted in columns:
            kept = next((old for old in left if replace(old, key=wanted.key) == wanted), None)
            if kept is not None:
                left.remove(kept)
            filled.append(kept or replace(wanted, key=self._new_key()))
        self._set(tuple(filled[:MOST_COLUMNS]))

    def edit(self, key: int, command: ColumnCommand) -> None:
        """Change the columns as a column's menu says."""
        place = next((i for i, column in enumerate(self._columns) if column.key == key), None)
        if place is None:
            return
        match command:
            case ColumnCommand.CHANGE_MODEL:
                self._open_palette(
                    lambda model_id: self._change_model(key, model_id), self._columns[place].model
                )
            case ColumnCommand.COPY_COLUMN:
                self._insert(self._columns[place], place + 1)
            case ColumnCommand.REMOVE:
                self._set((*self._columns[:place], *self._columns[place + 1 :]))
            case _:
                return

    def arrange(self, keys: Sequence[int]) -> None:
        """Put the columns in the order of `keys`; others follow behind."""
        places = {key: place for place, key in enumerate(keys)}
        self._set(tuple(sorted(self._columns, key=lambda c: places.get(c.key, len(places)))))

    def find(self, key: int) -> Column | None:
        """Return the column with this key, or None."""
        return next((column for column in self._columns if column.key == key), None)

    def modify(self, key: int, shared: PromptForm) -> None:
        """Let the person change what a column does differently from the shared form."""
        if (column := self.find(key)) is not None:
            self.context.tasks.start(self._modify(column, shared))

    async def _modify(self, column: Column, shared: PromptForm) -> None:
        from novita_desktop.ui.dialogs.column_settings import (  # noqa: PLC0415  # when wanted
            ColumnSettings,
        )

        state = self.context.state
        dialog = ColumnSettings(column, shared, self.context.icons, input_problem, self._page)
        dialog.show_model(state.model(column.model), state.model_name(column.model))
        if await answer_of(dialog):
            self.change(column.key, dialog.column())

    def change(self, key: int, column: Column) -> None:
        """Put `column` in the place of the one with this key, under a key of its own."""
        if any(old.key == key and old == replace(column, key=key) for old in self._columns):
            return
        changed = replace(column, key=self._new_key())
        self._set(tuple(changed if old.key == key else old for old in self._columns))

    def _change_model(self, key: int, model_id: str) -> None:
        if (old := self.find(key)) is not None:
            self.change(key, replace(old, model=model_id))

    def _insert(self, column: Column, place: int) -> None:
        if len(self._columns) < MOST_COLUMNS:
            added = replace(column, key=self._new_key())
            self._set((*self._columns[:place], added, *self._columns[place:]))

    def _new_key(self) -> int:
        self._last_key = max(self._last_key + 1, next_key(self._columns))
        return self._last_key

    def _set(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self.changed.emit()

    def _open_palette(self, take: Callable[[str], object], current: str) -> None:
        if self._palette is None:
            from novita_desktop.ui.dialogs.model_palette import (  # noqa: PLC0415  # when wanted
                ModelPalette,
            )

            self._palette = ModelPalette(self.context.theme, self.context.icons, self._page)
            self._palette.chosen.connect(self._take_choice)
            self._palette.favourites_changed.connect(self._keep_favourites)
        self._take = take
        state = self.context.state
        settings = state.settings
        self._palette.open_for(
            state.catalogue, settings.favourite_models, settings.recent_models, current
        )

    def _take_choice(self, model_id: str) -> None:
        self._take(model_id)

    def _keep_favourites(self, favourites: tuple[str, ...]) -> None:
        context = self.context

        async def keep() -> None:
            work = context.workspace.settings.change(favourite_models=favourites)
            await context.bridge.call(work)

        context.tasks.start(keep())
