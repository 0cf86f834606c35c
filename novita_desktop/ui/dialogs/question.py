"""A question about something that cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from novita_desktop.ui import metrics

WIDTH = 420


class Question(QDialog):
    """Asks whether to go on; accepted by the button with `yes` on it. Escape means no."""

    def __init__(self, title: str, words: str, yes: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        text = QLabel(words)
        text.setWordWrap(True)
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        go_on = buttons.addButton(yes, roles.AcceptRole)
        go_on.setProperty("kind", "danger")
        go_on.setAutoDefault(False)
        stay = buttons.addButton(self.tr("Cancel"), roles.RejectRole)
        stay.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(metrics.SPACE_20,) * 4)
        column.setSpacing(metrics.SPACE_16)
        column.addWidget(text)
        column.addWidget(buttons)
        self.setMinimumWidth(metrics.scaled(WIDTH))
