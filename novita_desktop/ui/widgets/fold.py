"""A part of a form that unfolds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons


class Fold(QWidget):
    """A button with a word, and a body that it shows and hides."""

    toggled = Signal(bool)

    def __init__(self, icons: Icons, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.button = QPushButton(title, self)
        self.button.setProperty("kind", "fold")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._show_body)
        self._body = QWidget(self)
        self._body.setProperty("role", "plain")
        self.body_layout = QVBoxLayout(self._body)
        self.body_layout.setContentsMargins(0, metrics.SPACE_4, 0, 0)
        self.body_layout.setSpacing(metrics.FIELD_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        self._show_body(is_open=False)

    def is_open(self) -> bool:
        """Return whether the body is shown."""
        return self.button.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the body."""
        self.button.setChecked(is_open)

    def _show_body(self, is_open: bool) -> None:  # noqa: FBT001  # the signal passes it
        shape = "chevron-down" if is_open else "chevron-right"
        self._icons.show_on(self.button, shape, "text_muted")
        self._body.setVisible(is_open)
        self.toggled.emit(is_open)
