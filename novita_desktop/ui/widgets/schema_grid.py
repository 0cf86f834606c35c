"""A grid in which a person describes the fields of a JSON answer: name, kind, required, values."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.records import record
from novita_desktop.domain.schema_fields import DescribedTable, FieldKind, SchemaField
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import short_help


@record(frozen=True, slots=True)
class _Line:
    """The controls of one field."""

    name: QLineEdit
    kind: QComboBox
    required: QCheckBox
    allowed: QLineEdit
    remove: QToolButton

    def widgets(self) -> tuple[QWidget, ...]:
        return (self.name, self.kind, self.required, self.allowed, self.remove)


class SchemaGrid(QWidget):
    """Edits a described table; rows that are wholly empty are left out of its value."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 6)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(3, 3)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for column, title in enumerate(
            (self.tr("Name"), self.tr("Kind"), self.tr("Required"), self.tr("Allowed values"))
        ):
            self._grid.addWidget(short_help(title), 0, column)
        self._many = QCheckBox(self.tr("The answer may have several rows"))
        self._many.toggled.connect(self._tell)
        add = QPushButton(self.tr("Add a field"))
        add.clicked.connect(self._add_empty)
        foot = FlowLayout()
        foot.setSpacing(metrics.SPACE_8)
        foot.addWidget(add)
        foot.addWidget(self._many)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addLayout(foot)
        self._add_line(SchemaField(""))

    def value(self) -> DescribedTable:
        """Return the fields that are described so far."""
        fields = tuple(_field_of(line) for line in self._lines if _is_used(line))
        return DescribedTable(fields, self._many.isChecked())

    def set_value(self, table: DescribedTable) -> None:
        """Show `table`, with one empty row when it has no fields."""
        with QSignalBlocker(self):
            for line in tuple(self._lines):
                self._drop(line)
            for field in table.fields or (SchemaField(""),):
                self._add_line(field)
            self._many.setChecked(table.has_many_rows)

    def _add_empty(self) -> None:
        self._add_line(SchemaField(""))
        self._lines[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_line(self, field: SchemaField) -> None:
        line = _Line(
            QLineEdit(field.name), QComboBox(), QCheckBox(), QLineEdit(), QToolButton(self)
        )
        line.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        line.kind.setMinimumContentsLength(3)
        for kind, title in self._kind_titles().items():
            line.kind.addItem(title, kind)
        line.kind.setCurrentIndex(list(FieldKind).index(field.kind))
        line.required.setChecked(field.is_required)
        line.allowed.setText(", ".join(field.allowed))
        line.allowed.setPlaceholderText(self.tr("any"))
        line.name.setPlaceholderText(self.tr("for example, city"))
        line.remove.setText("\N{MULTIPLICATION SIGN}")
        line.remove.setProperty("kind", "quiet")
        self._lines.append(line)
        row = self._grid.rowCount()
        for column, widget in enumerate(line.widgets()):
            self._grid.addWidget(widget, row, column)
        self._grid.setAlignment(line.required, Qt.AlignmentFlag.AlignCenter)
        self._name_lines()
        line.name.textChanged.connect(self._tell)
        line.kind.currentIndexChanged.connect(self._tell)
        line.required.toggled.connect(self._tell)
        line.allowed.textChanged.connect(self._tell)
        line.remove.clicked.connect(lambda: self._remove(line))

    def _kind_titles(self) -> dict[FieldKind, str]:
        return {
            FieldKind.TEXT: self.tr("Text"),
            FieldKind.NUMBER: self.tr("Number"),
            FieldKind.WHOLE_NUMBER: self.tr("Whole number"),
            FieldKind.YES_OR_NO: self.tr("Yes or no"),
            FieldKind.LIST: self.tr("List of texts"),
        }

    def _name_lines(self) -> None:
        for number, line in enumerate(self._lines, start=1):
            line.name.setAccessibleName(self.tr("Field {number}: name").format(number=number))
            line.kind.setAccessibleName(self.tr("Field {number}: kind").format(number=number))
            line.required.setAccessibleName(
                self.tr("Field {number}: required").format(number=number)
            )
            line.allowed.setAccessibleName(
                self.tr("Field {number}: allowed values").format(number=number)
            )
            line.allowed.setToolTip(self.tr("The only values it may have, with commas between"))
            line.remove.setAccessibleName(self.tr("Remove field {number}").format(number=number))
            line.remove.setToolTip(self.tr("Remove this field"))

    def _remove(self, line: _Line) -> None:
        self._drop(line)
        if not self._lines:
            self._add_line(SchemaField(""))
        self._name_lines()
        self._tell()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in line.widgets():
            self._grid.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()

    def _tell(self) -> None:
        self.changed.emit(self.value())


def _is_used(line: _Line) -> bool:
    return bool(line.name.text().strip() or line.allowed.text().strip())


def _field_of(line: _Line) -> SchemaField:
    allowed = tuple(part.strip() for part in line.allowed.text().split(",") if part.strip())
    kind = line.kind.currentData()
    return SchemaField(
        line.name.text().strip(), FieldKind(kind), line.required.isChecked(), allowed
    )
