"""Text with links: the mouse and the keyboard follow them, and unsafe ones lead nowhere."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from novita_desktop.ui.widgets.linked_text import LinkedText

HTML = 'Read <a href="https://a.b/one">one</a>, <a href="file:///etc">two</a> and \
<a href="https://a.b/three">three</a>.'


@pytest.fixture
def view(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    before, view, after = QLineEdit(), LinkedText(), QLineEdit()
    for widget in (before, view, after):
        column.addWidget(widget)
    view.setHtml(HTML)
    window.resize(400, 300)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.holder, view.before, view.after = window, before, after
    before.setFocus()
    return view


def place_of(view, word):
    cursor = view.document().find(word)
    return view.cursorRect(cursor).center() - QPoint(4, 0)


def press(qtbot, view, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view.window().focusWidget(), key, modifier)


def test_tab_visits_each_link_and_then_leaves(qtbot, view):
    press(qtbot, view, Qt.Key.Key_Tab)
    seen = []
    while view.hasFocus() and len(seen) < 9:
        seen.append(view.textCursor().selectedText())
        press(qtbot, view, Qt.Key.Key_Tab)
    assert seen == ["", "one", "two", "three"]
    assert view.after.hasFocus()
    assert not view.textCursor().hasSelection()


def test_shift_tab_goes_back_the_same_way(qtbot, view):
    view.setFocus()
    for _ in range(3):
        press(qtbot, view, Qt.Key.Key_Tab)
    back = Qt.KeyboardModifier.ShiftModifier
    press(qtbot, view, Qt.Key.Key_Backtab, back)
    assert view.textCursor().selectedText() == "two"
    for _ in range(2):
        press(qtbot, view, Qt.Key.Key_Backtab, back)
    assert view.before.hasFocus()


def test_enter_follows_the_link_that_tab_came_to(qtbot, view):
    view.setFocus()
    press(qtbot, view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.link_activated) as followed:
        press(qtbot, view, Qt.Key.Key_Return)
    assert followed.args[0].toString() == "https://a.b/one"


def test_a_click_follows_a_link_and_a_drag_does_not(qtbot, view):
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(view.link_activated) as followed:
        qtbot.mouseClick(view.viewport(), left, pos=place_of(view, "three"))
    assert followed.args[0].toString() == "https://a.b/three"
    with qtbot.assertNotEmitted(view.link_activated, wait=50):
        qtbot.mousePress(view.viewport(), left, pos=place_of(view, "one"))
        qtbot.mouseMove(view.viewport(), place_of(view, "three"))
        qtbot.mouseRelease(view.viewport(), left, pos=place_of(view, "three"))


def test_a_link_that_is_not_safe_is_not_followed(qtbot, view):
    with qtbot.assertNotEmitted(view.link_activated, wait=50):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "two"))


def test_the_pointer_over_a_link_tells_its_target(qtbot, view):
    told = []
    view.link_hovered.connect(told.append)
    qtbot.mouseMove(view.viewport(), place_of(view, "one"))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(view.viewport(), QPoint(200, 90))
    assert told == ["https://a.b/one", ""]
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_a_text_without_links_is_left_at_once(qtbot, view):
    view.setPlainText("No links here")
    view.setFocus()
    press(qtbot, view, Qt.Key.Key_Tab)
    assert view.after.hasFocus()
