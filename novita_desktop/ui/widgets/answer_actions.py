"""Copy and Save of the shown answer."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from novita_desktop.domain.runs import RunDetail
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button


class CopyKind(StrEnum):
    """As what a run is copied."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    CURL = "curl"
    PYTHON = "python"


def text_of(detail: RunDetail, kind: CopyKind, *, answer: str, shown: str) -> str:
    """Return what is copied of a run; the key is never in it.

    `answer` is the whole answer as Markdown and `shown` as it is read, both with what it
    continues.
    """
    from novita_desktop.services import exports  # noqa: PLC0415  # when something is copied

    match kind:
        case CopyKind.MARKDOWN:
            return answer
        case CopyKind.PLAIN:
            return shown
        case CopyKind.CURL:
            return exports.as_curl(detail)
        case CopyKind.PYTHON:
            return exports.as_python(detail)


def put_on_clipboard(text: str) -> None:
    """Make `text` what Paste gives."""
    QGuiApplication.clipboard().setText(text)


class AnswerActions(QWidget):
    """Two buttons: Copy with its menu, and Save."""

    copy_chosen = Signal(str)
    save_pressed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copy = icon_button(icons, "copy", self.tr("Copy the answer"))
        self._save = icon_button(icons, "download", self.tr("Save the answer to a file"))
        self._save.clicked.connect(self.save_pressed)
        menu = QMenu(self)
        for kind, words in (
            (CopyKind.MARKDOWN, self.tr("Copy as Markdown")),
            (CopyKind.PLAIN, self.tr("Copy as plain text")),
            (CopyKind.CURL, self.tr("Copy request as cURL, without the key")),
            (CopyKind.PYTHON, self.tr("Copy request as Python, without the key")),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, kind=kind: self.copy_chosen.emit(kind.value))
        self._copy.setMenu(menu)
        self._copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        self.set_available(is_available=False)

    def set_available(self, *, is_available: bool) -> None:
        """Say whether there is a run that can be copied and saved."""
        self._copy.setEnabled(is_available)
        self._save.setEnabled(is_available)
