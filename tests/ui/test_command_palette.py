"""The command palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from novita_desktop.ui.dialogs.command_palette import HINT_ROLE, Command, CommandPalette, matching


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
    return [rows.item(row).text() for row in range(rows.count())]


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


def test_keys_stand_apart_from_the_words_and_are_read_out_with_them(palette):
    item = palette.findChild(QListWidget).item(0)
    assert (item.text(), item.data(HINT_ROLE)) == ("Go to History", "Ctrl+2")
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Go to History, Ctrl+2"


def test_keys_are_drawn_at_the_right(palette, qtbot):
    rows = palette.findChild(QListWidget)

    def ink(row):
        place = rows.visualItemRect(rows.item(row))
        picture = rows.viewport().grab(place).toImage()
        right = range(int(picture.width() * 0.8), picture.width())
        middle = picture.height() // 2
        colours = {picture.pixel(x, y) for x in right for y in range(middle - 5, middle + 5)}
        return len(colours) > 1

    assert ink(0)
    assert not ink(2)
