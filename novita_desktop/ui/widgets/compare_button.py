"""The button that takes a form to the Compare page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, SignalInstance

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.run_button import FittingButton


def compare_button(
    icons: Icons, form: Callable[[], PromptForm], wanted: SignalInstance
) -> FittingButton:
    """Return a button that, pressed, emits the form as it stands then; an icon where room is short."""
    button = FittingButton()
    button.setProperty("kind", "chip")
    button.setAccessibleName(_tr("Compare models"))
    icons.show_on(button, "columns-3", "text_muted")
    button.set_words((_tr("Compare"), ""))
    button.setToolTip(_tr("Send this to several models, side by side"))
    button.clicked.connect(lambda: wanted.emit(form()))
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareButton", text)
