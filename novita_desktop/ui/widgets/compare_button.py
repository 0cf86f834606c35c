"""The button that takes a form to the Compare page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QPushButton

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import show_icon_and_word


def compare_button(
    icons: Icons, form: Callable[[], PromptForm], wanted: SignalInstance
) -> QPushButton:
    """Return a button that, pressed, emits the form as it stands then."""
    button = QPushButton()
    show_icon_and_word(icons, button, "columns-3", _tr("Compare models"))
    button.setToolTip(_tr("Send this to several models, side by side"))
    button.clicked.connect(lambda: wanted.emit(form()))
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareButton", text)
