"""Chips: small words with a colour of their meaning, for statuses and features."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from novita_desktop.domain.runs import RunStatus
from novita_desktop.ui import formatting
from novita_desktop.ui.widgets.form_labels import set_look

STATUS_KINDS = {
    RunStatus.QUEUED: "neutral",
    RunStatus.WAITING: "warn",
    RunStatus.RUNNING: "info",
    RunStatus.SUCCEEDED: "accent",
    RunStatus.FAILED: "danger",
    RunStatus.STOPPED: "warn",
    RunStatus.INTERRUPTED: "warn",
}
"""The colour's kind for each status."""


class Chip(QLabel):
    """A word on a soft ground; `kind` is neutral, accent, info, warn or danger."""

    def __init__(
        self, text: str = "", kind: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: str) -> None:
        """Change the colour's kind."""
        set_look(self, "chip", kind)


class StatusChip(Chip):
    """A run's status, in a word and a colour."""

    def set_status(self, status: RunStatus) -> None:
        """Show `status`."""
        self.setText(formatting.status(status))
        self.set_kind(STATUS_KINDS[status])
