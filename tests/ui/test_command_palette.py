"""The command palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from novita_desktop.ui.dialogs.command_palette import Command, CommandPalette, matching


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(qtbot, theme, done):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    commands = [
        Command("Go to History", "Ctrl+2", lambda: done.append("history")),
        Command("Use Llama 3.1 8B", "meta-llama/llama-3.1-8b", lambda: done.append("llama")),
        Command("History of models", "", lambda: done.append("other")),
    ]
    palette = CommandPalette(commands, parent)
    palette.open()
    palette.parent_kept = parent
    return palette


def shown(palette):
    rows = palette.findChild(QListWidget)
    return [rows.item(row).text().split("    ")[0] for row in range(rows.count())]


def test_words_find_in_any_order_and_also_by_id():
    commands = [
        Command("Use Llama", "meta/llama-3", lambda: None),
        Command("Quit", "", lambda: None),
    ]
    assert matching(commands, "llama USE") == commands[:1]
    assert matching(commands, "meta") == commands[:1]
    assert matching(commands, "") == commands
    assert matching(commands, "zebra") == []


def test_what_begins_with_the_text_comes_first(palette, qtbot):
    palette.findChild(QLineEdit).setText("history")
    assert shown(palette) == ["History of models", "Go to History"]


def test_enter_does_the_first(palette, done, qtbot):
    search = palette.findChild(QLineEdit)
    search.setText("llama")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert done == ["llama"]


def test_arrows_choose(palette, done, qtbot):
    search = palette.findChild(QLineEdit)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert done == ["llama"]


def test_enter_on_nothing_does_nothing(palette, done, qtbot):
    search = palette.findChild(QLineEdit)
    search.setText("zebra")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert done == []
    assert palette.isVisible()
