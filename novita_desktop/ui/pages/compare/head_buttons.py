"""The buttons in the head of the Compare page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button, show_icon_and_word


def blind_button(icons: Icons) -> QPushButton:
    """Return the button that is pressed in while nobody is to know which model answers."""
    button = QPushButton()
    button.setCheckable(True)
    button.setToolTip(_tr("Hide which model wrote which answer until you have judged them"))
    show_icon_and_word(icons, button, "eye-off", _tr("Blind"), checked="accent_soft_text")
    return button


def add_button(icons: Icons) -> QPushButton:
    """Return the button that adds a column."""
    button = QPushButton()
    button.setToolTip(_tr("Add a column for one more model"))
    show_icon_and_word(icons, button, "plus", _tr("Add model"))
    return button


def more_button(icons: Icons, menu: QMenu) -> QToolButton:
    """Return the button that opens `menu`."""
    button = icon_button(icons, "ellipsis-vertical", _tr("More"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeadButtons", text)
