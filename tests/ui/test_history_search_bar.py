"""When a search begins: with the third letter, with Enter, and at once when it is cleared."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.history.history_search_bar import HistorySearchBar


@pytest.fixture
def bar(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    bar = HistorySearchBar(Icons(theme), list, page)
    bar.page = page
    bar.asked = []
    bar.searched.connect(lambda query: bar.asked.append([word.text for word in query.words]))
    page.show()
    return bar


def test_fast_typing_starts_one_search(bar, qtbot):
    qtbot.keyClicks(bar.field, "hinge")
    qtbot.waitUntil(lambda: bar.asked == [["hinge"]])


def test_the_first_letters_of_a_word_wait_for_enter(bar, qtbot):
    qtbot.keyClicks(bar.field, "hi")
    qtbot.wait(150)
    assert bar.asked == []
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.asked == [["hi"]]


def test_cleared_is_told_at_once(bar):
    bar.field.setText("hinge")
    bar.clear()
    assert bar.asked == [[]]
    assert bar.field.accessibleName() == "Search history"


@pytest.mark.parametrize("percent", [100, 200])
def test_the_filters_and_the_button_beside_them_are_on_one_line(bar, theme, percent):
    theme.set_look("light", percent)
    bar.resize(1_400, bar.sizeHint().height())
    bar.show()
    bar.grab()
    middles = {
        button.mapTo(bar, button.rect().center()).y()
        for button in bar.findChildren(QPushButton)
        if button.isVisible()
    }
    assert max(middles) - min(middles) <= 1
