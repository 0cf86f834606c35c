"""The list of shortcuts."""

from PySide6.QtWidgets import QLabel, QWidget

from novita_desktop.ui.actions import action_specs
from novita_desktop.ui.dialogs.shortcuts import Shortcuts


def test_every_action_with_keys_is_listed(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    texts = {label.text() for label in Shortcuts(parent).findChildren(QLabel)}
    assert {spec.text for spec in action_specs() if spec.keys} <= texts
    assert "Ctrl+K" in texts
