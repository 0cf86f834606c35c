"""The inputs of a comparison: a table with a value for each variable, a row for each input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from novita_desktop.domain.comparisons import MOST_INPUTS
from novita_desktop.domain.pasted_tables import rows_of
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import help_label, problem_label, show_words

SIZE = (640, 440)
MOST_SHOWN_CHARACTERS = 200
"""Of a longer text, its start is drawn: a whole file's would hold up the window for seconds."""

MOST_EDITED_CHARACTERS = 10_000
Values = Mapping[str, str]


class _ShortText(QStyledItemDelegate):
    """Draws the start of a long text."""

    @override
    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        text = super().displayText(value, locale)
        is_cut = len(text) > MOST_SHOWN_CHARACTERS
        return f"{text[:MOST_SHOWN_CHARACTERS]}…" if is_cut else text


class ComparisonInputs(QDialog):
    """Edits the inputs; `value` has them once it is accepted. Empty rows do not count.

    `images` are the variables that no table can fill, `files` those among `names` whose values are
    the texts of files. `file_requested` and `history_requested` ask for rows to `add`.
    """

    file_requested = Signal()
    history_requested = Signal()

    def __init__(
        self,
        names: Sequence[str],
        inputs: Sequence[Values],
        parent: QWidget,
        *,
        stand_in: Values | None = None,
        images: Sequence[str] = (),
        files: Sequence[str] = (),
    ) -> None:
        """Begin with `inputs`; without any, with `stand_in`, which gives way to what is added."""
        super().__init__(parent)
        self._images, self._files = images, files
        self._stand_in = None if inputs else stand_in
        self.setWindowTitle(self.tr("Inputs to compare"))
        self._names = tuple(names)
        self.table = QTableWidget(0, len(self._names), self)
        self.table.setAccessibleName(self.tr("Inputs"))
        self.table.setHorizontalHeaderLabels(list(self._names))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setItemDelegate(_ShortText(self.table))
        self._count = help_label()
        self._problem = problem_label()
        self._build()
        self._add_rows(inputs or (stand_in or {},))
        self.table.itemChanged.connect(self._show_count)
        self._show_count()

    def value(self) -> tuple[dict[str, str], ...]:
        """Return the inputs."""
        rows = (self._row(place) for place in range(self.table.rowCount()))
        return tuple(row for row in rows if any(text.strip() for text in row.values()))

    @property
    def names(self) -> tuple[str, ...]:
        """The variables' names, in the order of the columns."""
        return self._names

    @property
    def room(self) -> int:
        """How many more inputs there can be."""
        return MOST_INPUTS - len(self._kept())

    def _kept(self) -> tuple[dict[str, str], ...]:
        """Return the rows that stay when others are added."""
        is_alone = self._stand_in is not None and self.value() == (self._plain(self._stand_in),)
        return () if is_alone else self.value()

    def _plain(self, values: Values) -> dict[str, str]:
        return {name: values.get(name, "") for name in self._names}

    def paste(self) -> None:
        """Add the rows of the table on the clipboard."""
        self.add(rows_of(QGuiApplication.clipboard().text(), self._names, self.room))

    def add(self, rows: Sequence[Values]) -> None:
        """Add rows behind those that are there; rows that are empty give way."""
        if rows:
            kept = self._kept()
            self.table.setRowCount(0)
            self._add_rows((*kept, *rows))
            self._show_count()

    def show_problem(self, words: str) -> None:
        """Say why there is nothing to add, or take that away."""
        show_words(self._problem, words)

    def add_row(self) -> None:
        """Add an empty row, and go there."""
        if self.table.rowCount() < MOST_INPUTS:
            self._add_rows(({},))
            self.table.setCurrentCell(self.table.rowCount() - 1, 0)

    def remove_rows(self) -> None:
        """Remove the rows of the selected cells."""
        for row in sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True):
            self.table.removeRow(row)
        self._show_count()

    def _row(self, place: int) -> dict[str, str]:
        cells = (self.table.item(place, column) for column in range(len(self._names)))
        texts = (cell.text() if cell is not None else "" for cell in cells)
        return dict(zip(self._names, texts, strict=True))

    def _add_rows(self, rows: Sequence[Values]) -> None:
        for values in rows:
            place = self.table.rowCount()
            self.table.insertRow(place)
            for column, name in enumerate(self._names):
                self.table.setItem(place, column, self._cell(values.get(name, "")))

    def _cell(self, text: str) -> QTableWidgetItem:
        cell = QTableWidgetItem(text)
        if len(text) > MOST_EDITED_CHARACTERS:
            cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
            words = self.tr("{n} characters: too long to be edited here. It runs as it is.")
            cell.setToolTip(words.format(n=formatting.whole(len(text))))
        return cell

    def _show_count(self) -> None:
        count = len(self.value())
        words = self.tr("1 input") if count == 1 else self.tr("{n} inputs")
        self._count.setText(words.format(n=formatting.whole(count)))

    def _words_about_kinds(self) -> QLabel:
        """Return what is to be known of fields that are chosen, not typed."""
        label = help_label()
        label.setWordWrap(True)
        images = self.tr(
            "Images cannot stand in this table: {names}. They are chosen in the form and go with"
            " every input."
        )
        files = self.tr("Paste the texts themselves, not the names of files: {names}.")
        words = [
            sentence.format(names=QLocale().createSeparatedList(list(names)))
            for sentence, names in ((images, self._images), (files, self._files))
            if names
        ]
        show_words(label, " ".join(words))
        return label

    def _build(self) -> None:
        words = help_label(
            self.tr(
                "Each row runs in every column. Type values, open a CSV or TSV file, or paste cells"
                " that you copied from a spreadsheet; a first row with the variables' names says"
                " which is which."
            )
        )
        words.setWordWrap(True)
        row = FlowLayout()
        row.setSpacing(metrics.SPACE_8)
        for text, work in (
            (self.tr("Open a file…"), self.file_requested.emit),
            (self.tr("From History…"), self.history_requested.emit),
            (self.tr("Paste table"), self.paste),
            (self.tr("Add row"), self.add_row),
            (self.tr("Remove rows"), self.remove_rows),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(work)
            row.addWidget(button)
        row.addWidget(self._count)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.addWidget(words)
        column.addWidget(self._words_about_kinds())
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.resize(*map(metrics.scaled, SIZE))
