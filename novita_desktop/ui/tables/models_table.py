"""The rows of the Models page: filtered, sorted, starred, priced for a person's own use.

Ten thousand models are filtered within a frame: what a letter typed asks of a model is worked
out once, when the catalogue comes, and the filter keeps the order that sorting made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from novita_desktop.domain.catalogue import Ability, Model, ModelFilter
from novita_desktop.domain.costs import Usage, cost_of
from novita_desktop.domain.records import record
from novita_desktop.ui import formatting

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

# Compared as plain numbers: comparing enum members costs more than everything else in `data`.
DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)
TIP_ROLE = int(Qt.ItemDataRole.ToolTipRole)


class Column(IntEnum):
    """The table's columns, in order."""

    STAR = 0
    MODEL = 1
    CONTEXT = 2
    INPUT = 3
    OUTPUT = 4
    ABILITIES = 5
    COST = 6
    SHARE = 7


NUMBERS = frozenset({Column.CONTEXT, Column.INPUT, Column.OUTPUT, Column.COST})
"""The columns of figures, which stand at the right."""

SHOWN_ABILITIES = (Ability.VISION, Ability.JSON, Ability.TOOLS, Ability.REASONING)
"""Abilities that rows show, in this order; a long context is seen in its own column."""


@record(frozen=True, slots=True)
class PlannedUse:
    """What the cost calculator counts: so many runs of so many tokens."""

    runs: int = 1_000
    prompt_tokens: int = 800
    answer_tokens: int = 300


def cost_for(model: Model, use: PlannedUse) -> int | None:
    """Return what `use` costs with `model` in units of 10^-10 USD, None when unknown."""
    if model.prices is None:
        return None
    return use.runs * cost_of(Usage(use.prompt_tokens, use.answer_tokens), model.prices)


def abilities_of(model: Model) -> tuple[Ability, ...]:
    """Return the abilities of `model` that rows show, in order."""
    found = model.abilities
    return tuple(ability for ability in SHOWN_ABILITIES if ability in found)


@record(frozen=True, slots=True)
class RowWords:
    """What a row says, ready to be drawn."""

    context: str
    input_price: str
    output_price: str
    chips: tuple[str, ...]


@dataclass(slots=True)
class ModelRow:
    """A model with what filtering, sorting and painting ask of it; `cost` is for the use."""

    model: Model
    text: str
    abilities: frozenset[Ability]
    is_chat: bool
    cost: int | None = None
    words: RowWords | None = None


class ModelsTable(QAbstractTableModel):
    """Shows the models of a catalogue that match a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ordered: list[ModelRow] = []
        self._favourites: frozenset[str] = frozenset()
        self._wanted = ModelFilter()
        self._use = PlannedUse()
        self._rows: list[ModelRow] = []
        self._dearest = 0
        self._sort_column = Column.MODEL
        self._order = Qt.SortOrder.AscendingOrder

    def set_models(self, models: Iterable[Model], favourites: Sequence[str]) -> None:
        """Take a catalogue's models and the starred ids."""
        self._favourites = frozenset(favourites)
        rows = [
            ModelRow(model, f"{model.id} {model.name}".lower(), model.abilities, model.is_chat)
            for model in models
        ]
        self._price(rows)
        self._ordered = self._sorted(rows)
        self._show_matching()

    def set_favourites(self, favourites: Sequence[str]) -> None:
        """Mark other models as starred; rows stay where they are until the next filter or sort."""
        self._favourites = frozenset(favourites)
        if self._rows:
            last = self.index(len(self._rows) - 1, Column.STAR)
            self.dataChanged.emit(self.index(0, Column.STAR), last)

    def set_filter(self, wanted: ModelFilter) -> None:
        """Show what matches `wanted`."""
        self._wanted = wanted
        self._show_matching()

    def set_use(self, use: PlannedUse) -> None:
        """Price every row for `use`."""
        self._use = use
        self._price(self._ordered)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.COST, Column.COST)
        if self._sort_column in {Column.COST, Column.SHARE}:
            self._ordered = self._sorted(self._ordered)
        self._show_matching()

    def row_at(self, row: int) -> ModelRow | None:
        """Return what stands in `row`, None when nothing does."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def model_at(self, row: int) -> Model | None:
        """Return the model in `row`, None when there is none."""
        found = self.row_at(row)
        return found.model if found else None

    def row_of(self, model_id: str) -> int:
        """Return the row that shows this model, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.model.id == model_id), -1)

    def total(self) -> int:
        """Return how many models the catalogue has, shown or not."""
        return len(self._ordered)

    def is_starred(self, model: Model) -> bool:
        """Return whether the person starred `model`."""
        return model.id in self._favourites

    def share(self, row: ModelRow) -> float | None:
        """Return a row's cost as a part (0 to 1) of the dearest shown; None when unknown."""
        if row.cost is None:
            return None
        return row.cost / self._dearest if self._dearest else 0.0

    def words(self, row: ModelRow) -> RowWords:
        """Return what `row` says; put together when it is first seen."""
        if row.words is None:
            row.words = RowWords(
                formatting.context_size(row.model.context_size),
                self._price_text(row.model, is_output=False),
                self._price_text(row.model, is_output=True),
                tuple(formatting.ability(ability) for ability in abilities_of(row.model)),
            )
        return row.words

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(Column):
            self._sort_column, self._order = Column(column), order
            self._ordered = self._sorted(self._ordered)
            self._show_matching()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ALIGNMENT_ROLE:
            return alignment(section, NUMBERS)
        if role == DISPLAY_ROLE:
            return self._titles()[section]
        return None

    def _titles(self) -> tuple[str, ...]:
        return (
            "",
            self.tr("Model"),
            self.tr("Context"),
            self.tr("In / 1M"),
            self.tr("Out / 1M"),
            self.tr("Features"),
            formatting.counted(self._use.runs, self.tr("1 run"), self.tr("{n} runs")),
            "",
        )

    @override
    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if role not in (DISPLAY_ROLE, ALIGNMENT_ROLE, TIP_ROLE):
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == DISPLAY_ROLE:
            return self._text(row, Column(index.column()))
        if role == ALIGNMENT_ROLE:
            return alignment(index.column(), NUMBERS)
        return self._tip(row, Column(index.column()))

    def _tip(self, row: ModelRow, column: Column) -> str | None:
        if column is Column.STAR:
            is_starred = self.is_starred(row.model)
            return self.tr("Remove from favourites") if is_starred else self.tr("Add to favourites")
        return row.model.id if column is Column.MODEL else None

    def _text(self, row: ModelRow, column: Column) -> str:
        model = row.model
        match column:
            case Column.STAR:
                return self.tr("Favourite") if self.is_starred(model) else ""
            case Column.MODEL:
                retired = self.tr("Retired") if model.is_retired else ""
                return "\n".join(filter(None, (model.name, model.id, retired)))
            case Column.CONTEXT:
                return self.words(row).context
            case Column.INPUT:
                return self.words(row).input_price
            case Column.OUTPUT:
                return self.words(row).output_price
            case Column.ABILITIES:
                return ", ".join(self.words(row).chips)
            case Column.COST:
                return formatting.money(row.cost)
            case Column.SHARE:
                return self._share_text(row)

    def _share_text(self, row: ModelRow) -> str:
        share = self.share(row)
        if share is None:
            return ""
        return self.tr("{percent} % of the dearest").format(percent=round(share * 100))

    def _price_text(self, model: Model, *, is_output: bool) -> str:
        if model.prices is None:
            return formatting.money(None)
        band = model.prices.bands[0]
        text = formatting.price_per_million(band.output if is_output else band.input)
        return self.tr("from {price}").format(price=text) if model.prices.is_tiered else text

    def _price(self, rows: Iterable[ModelRow]) -> None:
        for row in rows:
            row.cost = cost_for(row.model, self._use)

    def _show_matching(self) -> None:
        self.beginResetModel()
        self._rows = self._matching()
        self._dearest = max((row.cost for row in self._rows if row.cost is not None), default=0)
        self.endResetModel()

    def _matching(self) -> list[ModelRow]:
        """Return the rows that `domain.catalogue.filtered` would find, in their order."""
        wanted, found = self._wanted, self._ordered
        for word in wanted.words.lower().split():
            found = [row for row in found if word in row.text]
        if wanted.chat_only:
            found = [row for row in found if row.is_chat]
        if not wanted.with_retired:
            found = [row for row in found if not row.model.is_retired]
        if wanted.favourites_only:
            found = [row for row in found if row.model.id in self._favourites]
        if wanted.abilities:
            found = [row for row in found if wanted.abilities <= row.abilities]
        if (most := wanted.max_input_price) is not None:
            found = [
                row for row in found if row.model.prices and row.model.prices.bands[0].input <= most
            ]
        return found

    def _sorted(self, rows: Iterable[ModelRow]) -> list[ModelRow]:
        """Sort by the chosen column; what is unknown stays last in both directions."""
        by_name = sorted(rows, key=lambda row: (row.model.name.lower(), row.model.id))
        if self._sort_column is Column.MODEL:
            return by_name[::-1] if self._order == Qt.SortOrder.DescendingOrder else by_name
        known, unknown = [], []
        for row in by_name:
            value = self._sort_value(row)
            if value is None:
                unknown.append(row)
            else:
                known.append((value, row))
        known.sort(key=lambda pair: pair[0], reverse=self._order == Qt.SortOrder.DescendingOrder)
        return [row for _, row in known] + unknown

    def _sort_value(self, row: ModelRow) -> int | Fraction | None:
        prices = row.model.prices
        match self._sort_column:
            case Column.STAR:
                return 0 if self.is_starred(row.model) else 1
            case Column.CONTEXT:
                return row.model.context_size
            case Column.INPUT:
                return prices.bands[0].input if prices else None
            case Column.OUTPUT:
                return prices.bands[0].output if prices else None
            case Column.ABILITIES:
                return -len(abilities_of(row.model))
            case _:
                return row.cost


def alignment(column: int, numbers: frozenset[Any]) -> Qt.AlignmentFlag:
    """Return how a column's cells are aligned: figures at the right."""
    side = Qt.AlignmentFlag.AlignRight if column in numbers else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
