"""An id on one line, in the fixed-width font, with a button that copies it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.elided_label import ElidedLabel


class CodeLine(QWidget):
    """Shows `code`; `copy_words` name the button, such as "Copy the id"."""

    def __init__(
        self, icons: Icons, copy_words: str, code: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._code = ElidedLabel(code, self)
        self._code.setProperty("face", "mono")
        self._code.setProperty("tone", "muted")
        copy = icon_button(icons, "copy", copy_words, self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.SPACE_4)
        row.addWidget(self._code, 1)
        row.addWidget(copy)

    def set_code(self, code: str) -> None:
        """Show another id."""
        self._code.setText(code)
