"""The switch that hides which model wrote which answer."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import show_icon_and_word


class BlindButton(QPushButton):
    """Pressed in, it hides names in what runs from then on."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setToolTip(self.tr("Hide which model wrote which answer until you have judged them"))
        show_icon_and_word(icons, self, "eye-off", self.tr("Blind"), checked="accent_soft_text")
