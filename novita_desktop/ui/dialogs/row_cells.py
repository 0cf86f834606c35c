"""Changes what stands in the cells of one row of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from novita_desktop.domain.visible_text import visible_text
from novita_desktop.ui import metrics
from novita_desktop.ui.widgets.form_labels import help_label, title_label
from novita_desktop.ui.widgets.vertical_scroll_area import VerticalScrollArea

SIZE = (520, 480)
LEAST_WIDTH = 280


class RowCells(QDialog):
    """Shows a field for each column; `value` has the cells once it is accepted."""

    def __init__(
        self, number: str, columns: Sequence[str], cells: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change row {n}").format(n=number))
        self.fields: list[QPlainTextEdit] = []
        inside = QWidget()
        form = QVBoxLayout(inside)
        for place, column in enumerate(columns):
            field = QPlainTextEdit(cells[place] if place < len(cells) else "")
            field.setTabChangesFocus(True)
            field.setMaximumHeight(metrics.scaled(96))
            self.fields.append(field)
            form.addWidget(title_label(visible_text(column), field))
            form.addWidget(field)
        form.addStretch(1)
        area = VerticalScrollArea(LEAST_WIDTH)
        area.setWidget(inside)
        words = help_label(
            self.tr("The row is sent again with these cells. Your file stays as it is.")
        )
        words.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel)
        change = buttons.addButton(self.tr("Change"), QDialogButtonBox.ButtonRole.AcceptRole)
        change.setProperty("kind", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column_layout.addWidget(words)
        column_layout.addWidget(area, 1)
        column_layout.addWidget(buttons)
        self.resize(*map(metrics.scaled, SIZE))

    def value(self) -> tuple[str, ...]:
        """Return the cells as they stand."""
        return tuple(field.toPlainText() for field in self.fields)
