"""How a variable is asked for: its kind, its words, its default, whether it may stay empty."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.errors import InputError
from novita_desktop.domain.variable_fields import MOST_CHOICES, FieldKind, VariableField, check
from novita_desktop.ui import metrics
from novita_desktop.ui.input_messages import input_problem
from novita_desktop.ui.widgets.field_words import kind_words
from novita_desktop.ui.widgets.form_labels import problem_label, show_words

WIDTH, CHOICES_HEIGHT = 420, 96


class FieldSettings(QDialog):
    """Edits one variable's field; `field` is what it says once it is accepted."""

    def __init__(self, name: str, field: VariableField, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setWindowTitle(self.tr("Settings of {name}").format(name=name))
        self.kind = QComboBox()
        for kind, words in kind_words().items():
            self.kind.addItem(words, kind)
        self.label = QLineEdit(field.label)
        self.label.setPlaceholderText(name)
        self.hint = QLineEdit(field.hint)
        # An image is no text to type: such a default can only come from a file of presets.
        self._image_default = field.default if field.kind is FieldKind.IMAGE else ""
        self.default = QLineEdit("" if self._image_default else field.default)
        self.choices = QPlainTextEdit("\n".join(field.choices))
        self.choices.setPlaceholderText(self.tr("One choice on each line"))
        self.choices.setTabChangesFocus(True)
        self.choices.setFixedHeight(metrics.scaled(CHOICES_HEIGHT))
        self.required = QCheckBox(self.tr("Must be filled in"))
        self.required.setChecked(field.is_required)
        self._problem = problem_label()
        self._rows = QFormLayout()
        self._build()
        self.kind.setCurrentIndex(self.kind.findData(field.kind))
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self._follow_kind()

    def field(self) -> VariableField:
        """Return the field as the dialog says it."""
        kind = FieldKind(self.kind.currentData())
        lines = (line.strip() for line in self.choices.toPlainText().splitlines())
        choices = tuple(dict.fromkeys(line for line in lines if line))[:MOST_CHOICES]
        return VariableField(
            kind=kind,
            label=self.label.text().strip(),
            hint=self.hint.text().strip(),
            default=self._image_default if kind is FieldKind.IMAGE else self.default.text().strip(),
            is_required=self.required.isChecked(),
            choices=choices if kind is FieldKind.CHOICE else (),
        )

    def check_and_accept(self) -> None:
        """Accept the dialog, or say what is wrong and go there."""
        field = self.field()
        if field.kind is FieldKind.CHOICE and not field.choices:
            show_words(self._problem, self.tr("Write at least one choice, one on each line."))
            self.choices.setFocus()
            return
        try:
            if field.default:
                check(self._name, field.default, field)
        except InputError as error:
            words = self.tr("The default does not fit: {reason}")
            show_words(self._problem, words.format(reason=input_problem(error)))
            self.default.setFocus()
            return
        self.accept()

    def _build(self) -> None:
        rows = self._rows
        rows.addRow(self.tr("Kind"), self.kind)
        rows.addRow(self.tr("Choices"), self.choices)
        rows.addRow(self.tr("Label"), self.label)
        rows.addRow(self.tr("Hint"), self.hint)
        rows.addRow(self.tr("Default"), self.default)
        rows.addRow("", self.required)
        buttons = QDialogButtonBox()
        done = buttons.addButton(self.tr("Done"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.check_and_accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(metrics.SPACE_12)
        column.addLayout(rows)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self.setMinimumWidth(metrics.dialog_size(WIDTH, WIDTH, self.parentWidget()).width())

    def _follow_kind(self) -> None:
        kind = FieldKind(self.kind.currentData())
        self._rows.setRowVisible(self.choices, kind is FieldKind.CHOICE)
        self._rows.setRowVisible(self.default, kind is not FieldKind.IMAGE)
