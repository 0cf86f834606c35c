"""The list of keyboard shortcuts, read from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from novita_desktop.ui import metrics
from novita_desktop.ui.actions import action_specs, group_titles
from novita_desktop.ui.widgets.form_labels import section_label

WIDTH, HEIGHT = 420, 560
NATIVE = QKeySequence.SequenceFormat.NativeText


def shortcuts_grid() -> QGridLayout:
    """Return every action that has keys, under its group's title."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(metrics.SPACE_24)
    grid.setVerticalSpacing(metrics.SPACE_8)
    grid.setColumnStretch(1, 1)
    for group, title in group_titles().items():
        specs = [spec for spec in action_specs() if spec.group is group and spec.keys]
        grid.addWidget(section_label(title), grid.rowCount(), 0, 1, 2)
        for spec in specs:
            keys = QLabel(QKeySequence(spec.keys[0]).toString(NATIVE))
            keys.setProperty("face", "mono")
            row = grid.rowCount()
            grid.addWidget(QLabel(spec.text), row, 0)
            grid.addWidget(keys, row, 1)
    return grid


class Shortcuts(QDialog):
    """Shows the shortcuts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        body = QWidget()
        body.setProperty("role", "plain")
        body.setLayout(shortcuts_grid())
        area = QScrollArea()
        area.setAccessibleName(self.tr("All shortcuts"))  # the keyboard scrolls it
        area.setWidgetResizable(True)
        area.setWidget(body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_16,) * 4)
        column.setSpacing(metrics.SPACE_12)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(metrics.dialog_size(WIDTH, HEIGHT, parent))
