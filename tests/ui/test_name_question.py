"""A name is asked for, and is one."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from novita_desktop.ui.dialogs.name_question import NameQuestion


def test_there_is_no_saving_without_a_name(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    dialog = NameQuestion("Rename", "Old", page)
    save = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save")
    assert save.isEnabled()
    dialog.line.setText("   ")
    assert not save.isEnabled()
    dialog.line.setText("  Two \t words ")
    assert save.isEnabled()
    assert dialog.name == "Two words"
