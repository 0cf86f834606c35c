"""Where one input of a batch comes from: the preset, a column, or a text for all rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from novita_desktop.domain.batches import Source, SourceKind
from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import title_label

_AS_IT_IS, _FIXED = "as_it_is", "fixed"


class SourceField(QWidget):
    """Lets a person choose; `changed` tells that they did."""

    changed = Signal()

    def __init__(self, title: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(8)
        self.combo.addItem(self.tr("As in the prompt"), (_AS_IT_IS, ""))
        for column in columns:
            words = self.tr("Column: {name}").format(name=visible_text(column))
            self.combo.addItem(words, (SourceKind.COLUMN.value, column))
        self.combo.addItem(self.tr("The same text for all rows"), (_FIXED, ""))
        self.text = QLineEdit()
        self.text.setAccessibleName(self.tr("{name} for all rows").format(name=title))
        self.text.hide()
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(metrics.SPACE_4)
        column_layout.addWidget(title_label(title, self.combo))
        column_layout.addWidget(self.combo)
        column_layout.addWidget(self.text)
        self.combo.currentIndexChanged.connect(self._follow_choice)
        self.text.textChanged.connect(self.changed)

    def value(self) -> Source | None:
        """Return the source, None for an input that stays as the prompt has it."""
        kind, column = self.combo.currentData()
        match kind:
            case SourceKind.COLUMN.value:
                return Source(SourceKind.COLUMN, column)
            case _ if kind == _FIXED:
                return Source(SourceKind.FIXED, self.text.text())
            case _:
                return None

    def set_value(self, source: Source | None) -> None:
        """Show a source; a column that the table does not have is none."""
        row = 0
        if source is not None and source.kind is SourceKind.FIXED:
            row = self.combo.count() - 1
        elif source is not None:
            data = (SourceKind.COLUMN.value, source.text)
            rows = range(self.combo.count())
            row = next((n for n in rows if tuple(self.combo.itemData(n)) == data), 0)
        with QSignalBlocker(self), QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(row)
            is_fixed = source is not None and source.kind is SourceKind.FIXED
            self.text.setText(source.text if source is not None and is_fixed else "")
            self.text.setVisible(is_fixed)

    def _follow_choice(self) -> None:
        kind, _ = self.combo.currentData()
        self.text.setVisible(kind == _FIXED)
        self.changed.emit()
