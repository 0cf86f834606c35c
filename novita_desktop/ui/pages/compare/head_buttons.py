"""The buttons in the head of the Compare page; where room is short their icons alone are shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import icon_button
from novita_desktop.ui.widgets.head_button import head_button, let_give_way
from novita_desktop.ui.widgets.private_switch import PrivateSwitch
from novita_desktop.ui.widgets.run_button import FittingButton


def blind_button(icons: Icons) -> FittingButton:
    """Return the button that is pressed in while nobody is to know which model answers."""
    button = head_button(icons, _tr("Blind"), "eye-off", checked="accent_soft_text")
    button.setCheckable(True)
    button.setToolTip(_tr("Hide which model wrote which answer until you have judged them"))
    return button


def add_button(icons: Icons) -> FittingButton:
    """Return the button that adds a column."""
    button = head_button(icons, _tr("Add model"), "plus")
    button.setToolTip(_tr("Add a column for one more model"))
    return button


def checks_button(icons: Icons) -> FittingButton:
    """Return the button that opens what answers are checked by."""
    return head_button(icons, _tr("Checks"), "circle-check")


def private_button(icons: Icons) -> PrivateSwitch:
    """Return the switch of private comparisons."""
    button = PrivateSwitch(icons)
    let_give_way(button)
    return button


def more_button(icons: Icons, menu: QMenu) -> QToolButton:
    """Return the button that opens `menu`."""
    button = icon_button(icons, "ellipsis-vertical", _tr("More"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeadButtons", text)
