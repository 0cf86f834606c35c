"""The rows of the Models page: filtered, sorted, starred, priced for a person's own use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from novita_desktop.domain.catalogue import Ability, Model, ModelFilter, filtered
from novita_desktop.domain.costs import Price, Usage, cost_of
from novita_desktop.ui import formatting

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


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


SHOWN_ABILITIES = (Ability.VISION, Ability.JSON, Ability.TOOLS, Ability.REASONING)
"""Abilities that rows show, in this order; a long context is seen in its own column."""

SHARE_ROLE = Qt.ItemDataRole.UserRole + 1
"""For SHARE: the row's cost as a part (0 to 1) of the dearest shown; None when unknown."""


@dataclass(frozen=True, slots=True)
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


class ModelsTable(QAbstractTableModel):
    """Shows the models of a catalogue that match a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: Sequence[Model] = ()
        self._favourites: frozenset[str] = frozenset()
        self._wanted = ModelFilter()
        self._use = PlannedUse()
        self._rows: list[Model] = []
        self._dearest = 0
        self._sort_column = Column.MODEL
        self._order = Qt.SortOrder.AscendingOrder

    def set_models(self, models: Sequence[Model], favourites: Sequence[str]) -> None:
        """Take a catalogue's models and the starred ids."""
        self._models, self._favourites = models, frozenset(favourites)
        self._rebuild()

    def set_filter(self, wanted: ModelFilter) -> None:
        """Show what matches `wanted`."""
        self._wanted = wanted
        self._rebuild()

    def set_use(self, use: PlannedUse) -> None:
        """Price every row for `use`."""
        self._use = use
        self._rebuild()

    def model_at(self, row: int) -> Model | None:
        """Return the model in `row`, None when there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, model_id: str) -> int:
        """Return the row that shows this model, or -1."""
        return next((i for i, model in enumerate(self._rows) if model.id == model_id), -1)

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort_column, self._order = Column(column), order
        self._rebuild()

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return None

    def _titles(self) -> tuple[str, ...]:
        runs = formatting.whole(self._use.runs)
        return (
            self.tr("Starred"),
            self.tr("Model"),
            self.tr("Context"),
            self.tr("In / 1M"),
            self.tr("Out / 1M"),
            self.tr("Features"),
            self.tr("{count} runs").format(count=runs),
            "",
        )

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        model = self.model_at(index.row())
        if model is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(model, Column(index.column()))
        if role == SHARE_ROLE:
            return self._share(model)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.MODEL:
            return model.id
        return None

    def _text(self, model: Model, column: Column) -> str:
        match column:
            case Column.STAR:
                return self.tr("Starred") if self.is_starred(model) else ""
            case Column.MODEL:
                retired = self.tr("Retired") if model.is_retired else ""
                return "\n".join(filter(None, (model.name, model.id, retired)))
            case Column.CONTEXT:
                return formatting.context_size(model.context_size)
            case Column.INPUT | Column.OUTPUT:
                return self._price_text(model, is_output=column is Column.OUTPUT)
            case Column.ABILITIES:
                return ", ".join(formatting.ability(ability) for ability in abilities_of(model))
            case Column.COST:
                return formatting.money(cost_for(model, self._use))
            case Column.SHARE:
                return ""

    def _price_text(self, model: Model, *, is_output: bool) -> str:
        if model.prices is None:
            return formatting.money(None)
        band = model.prices.bands[0]
        text = formatting.price_per_million(band.output if is_output else band.input)
        return self.tr("from {price}").format(price=text) if model.prices.is_tiered else text

    def is_starred(self, model: Model) -> bool:
        """Return whether the person starred `model`."""
        return model.id in self._favourites

    def _share(self, model: Model) -> float | None:
        cost = cost_for(model, self._use)
        return None if cost is None or not self._dearest else cost / self._dearest

    def _rebuild(self) -> None:
        self.beginResetModel()
        rows = filtered(self._models, self._wanted, self._favourites)
        costs = [cost for model in rows if (cost := cost_for(model, self._use)) is not None]
        self._dearest = max(costs, default=0)
        self._rows = self._sorted(rows)
        self.endResetModel()

    def _sorted(self, rows: list[Model]) -> list[Model]:
        """Sort by the chosen column; what is unknown stays last in both directions."""
        by_name = sorted(rows, key=lambda model: (model.name.lower(), model.id))
        known = [model for model in by_name if self._sort_value(model) is not None]
        unknown = [model for model in by_name if self._sort_value(model) is None]
        descending = self._order == Qt.SortOrder.DescendingOrder
        return sorted(known, key=self._known_value, reverse=descending) + unknown

    def _known_value(self, model: Model) -> Any:
        return self._sort_value(model)

    def _sort_value(self, model: Model) -> str | Price | None:
        match self._sort_column:
            case Column.STAR:
                return 0 if self.is_starred(model) else 1
            case Column.CONTEXT:
                return model.context_size
            case Column.INPUT:
                return model.prices.bands[0].input if model.prices else None
            case Column.OUTPUT:
                return model.prices.bands[0].output if model.prices else None
            case Column.ABILITIES:
                return -len(abilities_of(model))
            case Column.COST | Column.SHARE:
                return cost_for(model, self._use)
            case Column.MODEL:
                return model.name.lower()


def abilities_of(model: Model) -> tuple[Ability, ...]:
    """Return the abilities of `model` that rows show, in order."""
    return tuple(ability for ability in SHOWN_ABILITIES if ability in model.abilities)


def _alignment(column: int) -> Qt.AlignmentFlag:
    numbers = {Column.CONTEXT, Column.INPUT, Column.OUTPUT, Column.COST}
    side = Qt.AlignmentFlag.AlignRight if column in numbers else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
