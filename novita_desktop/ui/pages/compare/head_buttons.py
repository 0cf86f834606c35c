"""The buttons in the head of the Compare page; where room is short their icons alone are shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.buttons import ICON_GAP, icon_button
from novita_desktop.ui.widgets.private_switch import PrivateSwitch
from novita_desktop.ui.widgets.run_button import FittingButton


def blind_button(icons: Icons) -> FittingButton:
    """Return the button that is pressed in while nobody is to know which model answers."""
    button = _head_button(_tr("Blind"))
    button.setCheckable(True)
    button.setToolTip(_tr("Hide which model wrote which answer until you have judged them"))
    icons.show_on(button, "eye-off", "text", checked="accent_soft_text")
    return button


def add_button(icons: Icons) -> FittingButton:
    """Return the button that adds a column."""
    button = _head_button(_tr("Add model"))
    button.setToolTip(_tr("Add a column for one more model"))
    icons.show_on(button, "plus", "text")
    return button


def checks_button(icons: Icons) -> FittingButton:
    """Return the button that opens what answers are checked by."""
    button = _head_button(_tr("Checks"))
    icons.show_on(button, "circle-check", "text")
    return button


def private_button(icons: Icons) -> PrivateSwitch:
    """Return the switch of private comparisons."""
    button = PrivateSwitch(icons)
    _let_give_way(button)
    return button


def more_button(icons: Icons, menu: QMenu) -> QToolButton:
    """Return the button that opens `menu`."""
    button = icon_button(icons, "ellipsis-vertical", _tr("More"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


def _let_give_way(button: FittingButton) -> None:
    """Let a button be as small as its shortest text: its own policy asks for the longest."""
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _head_button(word: str) -> FittingButton:
    button = FittingButton()
    button.setAccessibleName(word)
    button.set_words((f"{ICON_GAP}{word}", ""))
    _let_give_way(button)
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeadButtons", text)
