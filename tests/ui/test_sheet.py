"""A card over a page."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from novita_desktop.ui.dialogs.sheet import Sheet


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    page.line = QLineEdit()
    column.addWidget(page.line)
    page.resize(800, 500)
    page.show()
    qtbot.waitActive(page)
    page.line.setFocus()
    return page


@pytest.fixture
def sheet(page, theme):
    sheet = Sheet(theme, page)
    column = QVBoxLayout(sheet.card)
    sheet.lines = [QLineEdit(), QLineEdit()]
    for line in sheet.lines:
        column.addWidget(line)
    return sheet


def test_it_covers_the_page_and_follows_its_size(page, sheet):
    assert sheet.isHidden()
    sheet.open_over(sheet.lines[0])
    page.resize(900, 600)
    assert sheet.geometry() == page.rect()
    assert sheet.lines[0].hasFocus()


def test_escape_closes_and_gives_the_focus_back(page, sheet, qtbot):
    sheet.open_over(sheet.lines[0])
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet.lines[0], Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert page.line.hasFocus()


def test_tab_stays_in_the_sheet(page, sheet, qtbot):
    sheet.open_over(sheet.lines[0])
    qtbot.keyClick(sheet.lines[0], Qt.Key.Key_Tab)
    assert sheet.lines[1].hasFocus()
    qtbot.keyClick(sheet.lines[1], Qt.Key.Key_Tab)
    assert sheet.lines[0].hasFocus()
    qtbot.keyClick(sheet.lines[0], Qt.Key.Key_Backtab)
    assert sheet.lines[1].hasFocus()


def test_closing_twice_tells_once(sheet):
    told = []
    sheet.closed.connect(lambda: told.append(1))
    sheet.open_over(sheet.lines[0])
    sheet.close_sheet()
    sheet.close_sheet()
    assert told == [1]


def test_it_closes_when_what_had_the_focus_is_gone(page, sheet):
    sheet.open_over(sheet.lines[0])
    shiboken6.delete(page.line)
    sheet.close_sheet()
    assert sheet.isHidden()
