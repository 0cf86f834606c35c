"""Edits the JSON schema of the answer, as a grid of fields or as JSON."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from novita_desktop.domain import schema_fields
from novita_desktop.domain.errors import InputError
from novita_desktop.domain.schema_fields import DescribedTable
from novita_desktop.ui.widgets.form_labels import problem_label, show_words
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.parameter_field import Explain
from novita_desktop.ui.widgets.schema_grid import SchemaGrid


class SchemaEditor(QWidget):
    """Edits a schema's text. A schema that says more than a grid can is shown as JSON."""

    changed = Signal(str, object)

    def __init__(self, explain: Explain, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._grid = SchemaGrid()
        self._text = MessageEditor(least_lines=6, most_lines=18)
        self._text.setAccessibleName(self.tr("JSON schema"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._as_json = QCheckBox(self.tr("Edit as JSON schema"))
        self._problem = problem_label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._grid)
        layout.addWidget(self._text)
        layout.addWidget(self._problem)
        layout.addWidget(self._as_json)
        self._as_json.toggled.connect(self._switch)
        self._grid.changed.connect(self._tell)
        self._text.changed.connect(self._tell)
        self._show_page()

    def value(self) -> str | None:
        """Return the schema's text, None while there is nothing usable."""
        if self._as_json.isChecked():
            return self._text.value().strip() or None
        try:
            return schema_fields.schema_of(self._grid.value())
        except InputError:
            return None

    def set_value(self, schema: str | None) -> None:
        """Show `schema`, as a grid where that loses nothing."""
        with QSignalBlocker(self), QSignalBlocker(self._as_json):
            self._text.set_value(schema or "")
            table = schema_fields.table_of(schema or "")
            self._grid.set_value(table or DescribedTable())
            fits = not schema or (table is not None and self._grid.value() == table)
            self._as_json.setChecked(not fits)
            self._show_page()
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the schema; an empty text takes it away."""
        show_words(self._problem, text)

    def _switch(self, as_json: bool) -> None:  # noqa: FBT001  # a signal's argument
        if as_json:
            self._text.set_value(self._grid_schema())
        else:
            self.set_value(self._text.value())
        self._show_page()
        self._tell()
        if not as_json and self._as_json.isChecked():
            self.show_problem(self.tr("This schema says more than the grid can show."))

    def _grid_schema(self) -> str:
        try:
            return schema_fields.schema_of(self._grid.value())
        except InputError:
            return self._text.value()

    def _show_page(self) -> None:
        as_json = self._as_json.isChecked()
        self._grid.setVisible(not as_json)
        self._text.setVisible(as_json)

    def _tell(self) -> None:
        self.show_problem("")
        table = self._grid.value()
        if not self._as_json.isChecked() and table.fields:
            try:
                schema_fields.schema_of(table)
            except InputError as error:
                self.show_problem(self._explain(error))
        self.changed.emit("response_schema", self.value())
