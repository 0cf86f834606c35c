"""Asks for the name, folder and description of a preset."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.domain.presets import MOST_NAME_CHARACTERS, free_name, tidy_name
from novita_desktop.domain.records import record
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import help_label, show_words

WIDTH, DESCRIPTION_HEIGHT = 440, 72


@record(frozen=True, slots=True)
class PresetWords:
    """What a person says of a preset; a description of None is not asked for."""

    name: str = ""
    folder: str = ""
    description: str | None = ""


class SavePreset(QDialog):
    """Asks for a preset's words. It cannot be accepted without a name."""

    def __init__(
        self,
        title: str,
        words: PresetWords,
        folders: Sequence[str],
        taken: Collection[str],
        parent: QWidget,
    ) -> None:
        """Begin with `words`; `taken` are the names of the other presets."""
        super().__init__(parent)
        self._taken = taken
        self.setWindowTitle(title)
        self.name = QLineEdit(words.name)
        self.name.setMaxLength(MOST_NAME_CHARACTERS)
        self.name.setPlaceholderText(self.tr("What it does, such as “Summarise a review”"))
        self.folder = QComboBox()
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.addItems(["", *folders])
        self.folder.setCurrentText(words.folder)
        line = self.folder.lineEdit()
        if line is not None:
            line.setAccessibleName(self.tr("Folder"))
            line.setPlaceholderText(self.tr("None; type a name for a new one"))
        self.description = QPlainTextEdit(words.description or "")
        self._asks_for_description = words.description is not None
        self._note = help_label()
        self._note.setWordWrap(True)
        self._build()
        self.name.textChanged.connect(self._follow_name)
        self._follow_name()
        self.name.selectAll()
        self.name.setFocus()

    def words(self) -> PresetWords:
        """Return what the dialog says."""
        text = self.description.toPlainText().strip()
        return PresetWords(
            tidy_name(self.name.text()),
            tidy_name(self.folder.currentText()),
            text if self._asks_for_description else None,
        )

    def _build(self) -> None:
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(metrics.scaled(DESCRIPTION_HEIGHT))
        self.description.setPlaceholderText(self.tr("Optional: what it is for, what to fill in"))
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.tr("Name"), self.name)
        rows.addRow("", self._note)
        rows.addRow(self.tr("Folder"), self.folder)
        if self._asks_for_description:
            rows.addRow(self.tr("Description"), self.description)
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
        self.setMinimumWidth(metrics.dialog_size(WIDTH, WIDTH, self.parentWidget()).width())

    def _follow_name(self) -> None:
        name = tidy_name(self.name.text())
        self._save.setEnabled(bool(name))
        free = free_name(name, self._taken) if name else name
        note = self.tr("There is a preset of that name. This one will be “{name}”.")
        show_words(self._note, note.format(name=free) if free != name else "")
        self._rows.setRowVisible(self._note, free != name)
