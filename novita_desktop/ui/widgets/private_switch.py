"""The switch beside Run that keeps nothing of what is run."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.run_button import FittingButton


class PrivateSwitch(FittingButton):
    """Pressed in while runs are private; `toggled` tells when that changes.

    Its icon alone is shown where there is no room for its word.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setAccessibleName(self.tr("Private"))
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.toggled.connect(self._show_state)
        self._show_state(is_private=False)
        self.set_words((self.tr("Private"), ""))

    def _show_state(self, is_private: bool) -> None:  # noqa: FBT001  # the signal passes it
        self._icons.show_on(self, "eye-off" if is_private else "eye", "text_muted")
        words = (
            self.tr(
                "On, for Prompt and Compare: neither the form nor the run is kept on this computer,"
                " only what it cost. The answer is gone when the program ends. The host still"
                " receives the request."
            )
            if is_private
            else self.tr("Off: what you run is kept in History. Press to keep nothing of it.")
        )
        self.setToolTip(words)
        self.setAccessibleDescription(words)
