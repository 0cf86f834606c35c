"""Asks for a name, for what has one line of words and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.presets import MOST_NAME_CHARACTERS, tidy_name
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import help_label

WIDTH = 420


def _no_remark(_name: str) -> str:
    return ""


class NameQuestion(QDialog):
    """Cannot be accepted without a name; `name` has it on one line, without spaces around it."""

    def __init__(
        self,
        title: str,
        name: str,
        parent: QWidget,
        *,
        remark: Callable[[str], str] = _no_remark,
        is_refused: bool = False,
    ) -> None:
        """Begin with `name`; what `remark` says to a name is shown.

        With `is_refused` a name to which it says something cannot be taken.
        """
        super().__init__(parent)
        self._remark, self._is_refused = remark, is_refused
        self._note = help_label()
        self._note.setWordWrap(True)
        self.setWindowTitle(title)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MOST_NAME_CHARACTERS)
        self.line.selectAll()
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.tr("Name"), self.line)
        rows.addRow("", self._note)
        self._rows = rows
        buttons = QDialogButtonBox()
        self._save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_20,) * 4)
        column.setSpacing(metrics.SPACE_16)
        column.addLayout(rows)
        column.addWidget(buttons)
        self.setMinimumWidth(metrics.dialog_size(WIDTH, WIDTH, parent).width())
        self.line.textChanged.connect(self._follow_name)
        self._follow_name()
        self.line.setFocus()

    @property
    def name(self) -> str:
        """What is written."""
        return tidy_name(self.line.text())

    def _follow_name(self) -> None:
        words = self._remark(self.name)
        self._save.setEnabled(bool(self.name) and not (self._is_refused and words))
        self._note.setText(words)
        self._rows.setRowVisible(self._note, bool(words))
