"""What the Compare page says as long as it has no column."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.empty_state import EmptyState


def compare_empty(icons: Icons) -> EmptyState:
    """Return the empty state, whose button asks for the first model."""
    empty = EmptyState(icons, "columns-3")
    empty.set_words(
        _tr("Compare models side by side"),
        _tr("Choose two to eight models. The same message is sent to all of them."),
        _tr("Add model"),
    )
    return empty


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareEmpty", text)
