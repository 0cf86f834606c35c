"""The rows of the model palette: sections of models that match what was typed.

Ten thousand models are filtered within a frame: texts are lower-cased and sorted once, and the
view gets its rows in pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from novita_desktop.domain.catalogue import Ability, Model, SortKey, ordered
from novita_desktop.domain.records import record

PAGE_ROWS = 300
NO_INDEX = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


@record(frozen=True, slots=True)
class Heading:
    """A section's title."""

    text: str


@record(frozen=True, slots=True)
class ModelRow:
    """A model that can be chosen."""

    model: Model
    is_starred: bool


@record(frozen=True, slots=True)
class TypedRow:
    """An id that the person typed and the catalogue lacks."""

    model_id: str


Row = Heading | ModelRow | TypedRow


@record(frozen=True, slots=True)
class PaletteFilter:
    """Which models the palette shows, and in which order."""

    words: str = ""
    abilities: frozenset[Ability] = frozenset()
    sort: SortKey = SortKey.NAME


@record(frozen=True, slots=True)
class SectionTitles:
    """The translated titles of the sections."""

    starred: str
    recent: str
    others: str
    found: str


class _Indexed(NamedTuple):
    """A model's row, made once, with what every letter typed asks of it."""

    text: str
    abilities: frozenset[Ability]
    row: ModelRow


class ModelList(QAbstractListModel):
    """Shows the models that match a filter, with starred and recent ones first."""

    def __init__(self, titles: SectionTitles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._by_sort: dict[SortKey, list[_Indexed]] = {}
        self._indexed: dict[str, _Indexed] = {}
        self._favourites: tuple[str, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._wanted = PaletteFilter()
        self._rows: list[Row] = []
        self._shown = 0

    def set_models(
        self, models: Iterable[Model], favourites: Sequence[str], recent: Sequence[str]
    ) -> None:
        """Take a catalogue's models, the starred ids and the ids used last, newest first."""
        self._indexed = {
            m.id: _Indexed(f"{m.name} {m.id}".lower(), m.abilities, ModelRow(m, is_starred=False))
            for m in models
        }
        self._by_sort.clear()
        self._favourites, self._recent = tuple(favourites), tuple(recent)
        self._rebuild()

    def set_favourites(self, favourites: Sequence[str]) -> None:
        """Mark other models as starred; the rows stay where they are until the next filter."""
        self._favourites = tuple(favourites)
        starred = frozenset(favourites)
        self._rows = [
            ModelRow(row.model, row.model.id in starred) if isinstance(row, ModelRow) else row
            for row in self._rows
        ]
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    def set_filter(self, wanted: PaletteFilter) -> None:
        """Show what matches `wanted`."""
        self._wanted = wanted
        self._rebuild()

    def row_at(self, position: int) -> Row | None:
        """Return the row at `position`, None when there is none."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def first_choice(self) -> int:
        """Return the position of the first row that can be chosen, or -1."""
        return next((i for i, row in enumerate(self._rows) if not isinstance(row, Heading)), -1)

    def match_count(self) -> int:
        """Return how many catalogue models match."""
        return sum(1 for row in self._rows if isinstance(row, ModelRow))

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = self._found_rows()
        self._shown = min(PAGE_ROWS, len(self._rows))
        self.endResetModel()

    def _found_rows(self) -> list[Row]:
        words = self._wanted.words.lower().split()
        found = self._sorted()
        for word in words:
            found = [entry for entry in found if word in entry.text]
        if self._wanted.abilities:
            found = [entry for entry in found if self._wanted.abilities <= entry.abilities]
        starred = frozenset(self._favourites)
        recent = [i for i in self._recent if i not in starred]
        apart = starred.union(recent)
        first = {e.row.model.id: e.row.model for e in found if e.row.model.id in apart}
        others = (
            [e.row for e in found if e.row.model.id not in apart]
            if first
            else [e.row for e in found]
        )
        title = self._titles.found if words else self._titles.others
        rows = [
            *_section(
                self._titles.starred,
                [ModelRow(m, is_starred=True) for i, m in first.items() if i in starred],
            ),
            *_section(
                self._titles.recent,
                [ModelRow(first[i], is_starred=False) for i in recent if i in first],
            ),
            *_section(title, others),
        ]
        typed = self._wanted.words.strip()
        if typed and typed not in self._indexed:
            rows.append(TypedRow(typed))
        return rows

    def _sorted(self) -> list[_Indexed]:
        key = self._wanted.sort
        if key not in self._by_sort:
            models = (entry.row.model for entry in self._indexed.values())
            self._by_sort[key] = [self._indexed[model.id] for model in ordered(models, key)]
        return self._by_sort[key]

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._shown

    @override
    def canFetchMore(self, parent: Index = NO_INDEX) -> bool:
        return not parent.isValid() and self._shown < len(self._rows)

    @override
    def fetchMore(self, parent: Index = NO_INDEX) -> None:
        more = min(PAGE_ROWS, len(self._rows) - self._shown)
        if more > 0:
            self.beginInsertRows(NO_INDEX, self._shown, self._shown + more - 1)
            self._shown += more
            self.endInsertRows()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.row_at(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return None
        row = self.row_at(index.row())
        match row:
            case Heading(text):
                return text
            case ModelRow(model):
                return model.name if role == Qt.ItemDataRole.DisplayRole else model.id
            case TypedRow(model_id):
                return self.tr("Use “{id}” as typed").format(id=model_id)
        return None


def _section(title: str, rows: Sequence[Row]) -> Sequence[Row]:
    return [Heading(title), *rows] if rows else []
