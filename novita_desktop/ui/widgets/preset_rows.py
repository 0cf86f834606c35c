"""The rows of the list of presets: a heading for each section, and the presets below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from novita_desktop.domain.presets import (
    Preset,
    PresetSection,
    has_words,
    search_text,
    sections_of,
)
from novita_desktop.domain.records import record
from novita_desktop.domain.templates import has_variables

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
DRAGGED_TYPE = "application/x-novita-preset"
NO_INDEX = QModelIndex()


@record(frozen=True, slots=True)
class PresetHeading:
    """The title of a section."""

    section: PresetSection
    title: str


@record(frozen=True, slots=True)
class PresetRow:
    """A preset, with the fact that stands below its name."""

    section: PresetSection
    preset: Preset
    fact: str


@record(frozen=True, slots=True)
class Placing:
    """Where a preset was put: its section, and all ids of that section in their new order."""

    preset_id: int
    among: tuple[int, ...]
    folder: str
    is_favourite: bool


class PresetRows(QAbstractListModel):
    """Presets in sections. `placed` has the Placing of a preset that was dragged.

    A drag changes nothing here: the list shows the new place when the presets come again.
    """

    placed = Signal(object)

    def __init__(self, model_name: Callable[[str], str], parent: QObject | None = None) -> None:
        """Show models by what `model_name` makes of their ids."""
        super().__init__(parent)
        self._model_name = model_name
        self._presets: Sequence[Preset] = ()
        self._counts: Mapping[int, int] = {}
        self._texts: dict[int, tuple[Preset, str]] = {}
        self._typed = ""
        self._rows: list[PresetHeading | PresetRow] = []
        self._seen: list[tuple[object, ...]] = []

    @property
    def presets(self) -> Sequence[Preset]:
        """All presets, shown or not."""
        return self._presets

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """Show these presets."""
        self._presets = presets
        ids = {preset.id for preset in presets}
        self._texts = {key: kept for key, kept in self._texts.items() if key in ids}
        self._show()

    def set_variable_counts(self, counts: Mapping[int, int]) -> None:
        """Say how many variables presets have, by id; it takes long to find."""
        if counts != self._counts:
            self._counts = counts
            self._show()

    def search(self, typed: str) -> None:
        """Show only presets that have every typed word."""
        self._typed = typed
        self._show()

    def show_names(self) -> None:
        """Show facts anew: models may have other names."""
        self._show()

    def row_at(self, row: int) -> PresetHeading | PresetRow | None:
        """Return a row, None when there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, preset_id: int | None) -> int:
        """Return the row of a preset, -1 when it is not shown."""
        return next(
            (
                place
                for place, row in enumerate(self._rows)
                if isinstance(row, PresetRow) and row.preset.id == preset_id
            ),
            -1,
        )

    def preset_at(self, row: int) -> Preset | None:
        """Return the preset in a row, None for a heading."""
        found = self.row_at(row)
        return found.preset if isinstance(found, PresetRow) else None

    def stepped(self, preset_id: int, step: int) -> Placing | None:
        """Return a preset's place one up (-1) or down (1) in its section; None at the end."""
        found = self.row_at(self.row_of(preset_id))
        if not isinstance(found, PresetRow) or self._typed:
            return None
        ids = [preset.id for preset in found.section.presets]
        at = ids.index(preset_id)
        if not 0 <= at + step < len(ids):
            return None
        ids.insert(at + step, ids.pop(at))
        return self._placing(preset_id, ids, found.section)

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if isinstance(row, PresetHeading):
            return row.title if role == Qt.ItemDataRole.DisplayRole else None
        return self._preset_data(row, role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        drop = Qt.ItemFlag.NoItemFlags if self._typed else Qt.ItemFlag.ItemIsDropEnabled
        if self.preset_at(index.row()) is None:
            return drop  # a heading is passed over by the keyboard
        drag = Qt.ItemFlag.NoItemFlags if self._typed else Qt.ItemFlag.ItemIsDragEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drag | drop

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [DRAGGED_TYPE]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        content = QMimeData()
        for index in indexes:
            if (preset := self.preset_at(index.row())) is not None:
                content.setData(DRAGGED_TYPE, str(preset.id).encode())
        return content

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        number = bytes(data.data(DRAGGED_TYPE).data()).decode("ascii", "ignore")
        if not number.isdecimal() or self._typed:
            return False
        is_on = parent.isValid()
        placing = self.dropped(int(number), parent.row() if is_on else row, is_on_row=is_on)
        if placing is None:
            return False
        self.placed.emit(placing)
        return True

    def dropped(self, preset_id: int, row: int, *, is_on_row: bool = False) -> Placing | None:
        """Return where a preset is put that is dropped above a row, or on it.

        On a heading is the start of its section, above it the end of the section before. Row -1
        stands for the end of the list. None when there is no such place or it stands there.
        """
        above = (row if row >= 0 else len(self._rows)) - 1
        at = self.row_at(above + 1)
        holder = at if is_on_row or above < 0 or isinstance(at, PresetRow) else self.row_at(above)
        if holder is None or self.row_of(preset_id) < 0:
            return None
        ids = [preset.id for preset in holder.section.presets if preset.id != preset_id]
        if not isinstance(at, PresetRow):
            ids.insert(0 if holder is at else len(ids), preset_id)
        elif at.preset.id in ids:
            ids.insert(ids.index(at.preset.id), preset_id)
        else:
            return None
        return self._placing(preset_id, ids, holder.section)

    def _placing(self, preset_id: int, ids: Sequence[int], section: PresetSection) -> Placing:
        folder = section.folder
        if folder is not None:
            return Placing(preset_id, tuple(ids), folder, is_favourite=False)
        # Among the favourites a preset keeps the folder that it comes back to.
        kept = next((p.folder for p in self._presets if p.id == preset_id), "")
        return Placing(preset_id, tuple(ids), kept, is_favourite=True)

    def _preset_data(self, row: PresetRow, role: int) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.preset.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            star = self.tr("Favourite") if row.preset.is_favourite else ""
            return " · ".join(filter(None, (row.fact, star, row.preset.description)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.preset.name, row.preset.description)))
        return None

    def _show(self) -> None:
        shown = self._presets
        if self._typed.strip():
            shown = [p for p in shown if has_words(self._text_of(p), self._typed)]
        rows: list[PresetHeading | PresetRow] = []
        for section in sections_of(shown):
            if section.folder != "" or rows:
                rows.append(PresetHeading(section, self._title(section)))
            rows += [PresetRow(section, preset, self._fact(preset)) for preset in section.presets]
        before, self._seen = self._seen, [_seen_of(row) for row in rows]
        if before != self._seen:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            # What is not seen may differ, such as how often a preset was used.
            self._rows = rows

    def _title(self, section: PresetSection) -> str:
        if section.folder is None:
            return self.tr("Favourites")
        return section.folder or self.tr("In no folder")

    def _fact(self, preset: Preset) -> str:
        model = preset.form.model
        name = self.tr("Model from a field") if has_variables(model) else self._model_name(model)
        count = self._counts.get(preset.id, 0)
        words = self.tr("{count} variables").format(count=count)
        words = words if count > 1 else self.tr("1 variable")
        return " · ".join(filter(None, (name, words if count else "")))

    def _text_of(self, preset: Preset) -> str:
        kept = self._texts.get(preset.id)
        if kept is None or kept[0] is not preset:
            kept = preset, search_text(preset)
            self._texts[preset.id] = kept
        return kept[1]


def _seen_of(row: PresetHeading | PresetRow) -> tuple[object, ...]:
    """Return what a person sees, or hears, of a row."""
    if isinstance(row, PresetHeading):
        return (row.section.folder, row.title)
    preset = row.preset
    return (preset.id, preset.name, row.fact, preset.is_favourite, preset.description)
