"""What a column of a comparison does differently from the others: system prompt and parameters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.catalogue import Model
from novita_desktop.domain.comparisons import Column, form_of_column, own_inputs
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.form_labels import help_label
from novita_desktop.ui.widgets.message_editor import MessageEditor
from novita_desktop.ui.widgets.parameter_field import Explain
from novita_desktop.ui.widgets.parameters_editor import ParametersEditor
from novita_desktop.ui.widgets.run_rules_editor import RunRules

SIZE = (460, 560)


class ColumnSettings(QDialog):
    """Edits one column; `column` is what it says once it is accepted.

    Everything is shown as the column sends it now: what is left as it is shared stays shared.
    """

    def __init__(
        self, column: Column, shared: PromptForm, icons: Icons, explain: Explain, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._column, self._shared = column, shared
        form = form_of_column(shared, column)
        self.own_system = QCheckBox(self.tr("A system prompt of its own"))
        self.own_system.setChecked(column.system is not None)
        self.system = MessageEditor(least_lines=3, most_lines=10)
        self.system.setAccessibleName(self.tr("System prompt"))
        self.system.set_value(form.system)
        self.system.setEnabled(column.system is not None)
        self.own_system.toggled.connect(self.system.setEnabled)
        self.parameters = ParametersEditor(icons, explain)
        self.parameters.set_value(form.inputs, RunRules(None, None))
        self._build()

    def show_model(self, model: Model | None, name: str) -> None:
        """Go by what the column's model can do."""
        self.setWindowTitle(self.tr("Own settings of {name}").format(name=name))
        self.parameters.set_model(model)

    def column(self) -> Column:
        """Return the column as the dialog says it."""
        return Column(
            self._column.key,
            self._column.model,
            self.system.value() if self.own_system.isChecked() else None,
            own_inputs(self._shared.inputs, self.parameters.value()),
        )

    def _build(self) -> None:
        words = help_label(
            self.tr("What you change here differs from the other columns, which is marked.")
        )
        words.setWordWrap(True)
        inside = QWidget()
        inside.setProperty("role", "page")
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(*(metrics.SPACE_4,) * 4)
        fields.setSpacing(metrics.FIELD_GAP)
        for widget in (words, self.own_system, self.system, self.parameters):
            fields.addWidget(widget)
        fields.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        width, height = map(metrics.scaled, SIZE)
        self.resize(width, height)
        self.parameters.fit(width - 4 * metrics.SPACE_16)
