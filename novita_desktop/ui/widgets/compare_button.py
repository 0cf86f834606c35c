"""The button that takes a form to the Compare page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QToolButton

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button


def compare_button(
    icons: Icons, form: Callable[[], PromptForm], wanted: SignalInstance
) -> QToolButton:
    """Return a button that, pressed, emits the form as it stands then.

    An icon alone: the price on Run needs the room.
    """
    button = icon_button(icons, "columns-3", _tr("Compare models"))
    button.setToolTip(_tr("Compare models: send this to several, side by side"))
    button.clicked.connect(lambda: wanted.emit(form()))
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareButton", text)
