"""Messages inside the window: what they say, do and leave alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from novita_desktop.ui import notices
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.notices import NoticeAction, NoticeBar, NoticeKind, Toast, open_outside


@pytest.fixture
def window(qtbot, theme):
    """A window with a field that has the focus."""
    window = QMainWindow()
    qtbot.addWidget(window)
    body = QWidget()
    layout = QVBoxLayout(body)
    window.field = QLineEdit()
    layout.addWidget(window.field)
    window.setCentralWidget(body)
    window.resize(800, 600)
    window.show()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


@pytest.fixture
def bar(theme, window):
    bar = NoticeBar(Icons(theme))
    window.centralWidget().layout().insertWidget(0, bar)
    return bar


@pytest.fixture
def toast(window):
    return Toast(window)


def newest(window):
    labels = window.findChildren(QLabel, "notice")
    assert len(labels) == 1
    return labels[0].text()


def button(widget, words):
    (found,) = [b for b in widget.findChildren(QPushButton) if b.text() == words]
    return found


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_notice_shows_its_text_on_the_ground_of_its_kind(window, bar, theme, kind):
    bar.show_notice(kind, "The list of models is from yesterday.")
    assert bar.isVisible()
    assert newest(window) == "The list of models is from yesterday."
    ground = "accent_soft" if kind is NoticeKind.SUCCESS else f"{kind}_soft"
    place = bar.rect().center()
    place.setY(2)
    assert window.grab().toImage().pixelColor(bar.mapTo(window, place)) == theme.color(ground)


def test_texts_of_notices_carry_no_accessible_name(bar, toast):
    """A name would hide the text from assistive technology."""
    bar.show_notice(NoticeKind.INFO, "One")
    toast.show_toast("Two")
    assert [
        label.accessibleName() for each in (bar, toast) for label in each.findChildren(QLabel)
    ] == [
        "",
        "",
    ]


def test_text_from_outside_is_never_markup(bar):
    bar.show_notice(NoticeKind.DANGER, "<b>The host</b> said no")
    (label,) = bar.findChildren(QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_only_the_newest_notice_has_the_name(theme, window, bar, toast):
    bar.show_notice(NoticeKind.INFO, "first")
    toast.show_toast("second")
    assert newest(window) == "second"
    bar.show_notice(NoticeKind.WARN, "third")
    assert newest(window) == "third"


def test_the_action_is_a_button_with_its_words_and_ends_the_notice(qtbot, bar):
    done = []
    bar.show_notice(
        NoticeKind.DANGER, "Busy", NoticeAction("Retry", lambda: done.append(bar.text()))
    )
    qtbot.mouseClick(button(bar, "Retry"), Qt.MouseButton.LeftButton)
    assert done == [""]
    assert bar.isHidden()


def test_an_action_may_show_the_next_notice(qtbot, bar):
    def retry():
        bar.show_notice(NoticeKind.SUCCESS, "Done")

    bar.show_notice(NoticeKind.DANGER, "Busy", NoticeAction("Retry", retry))
    qtbot.mouseClick(button(bar, "Retry"), Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    assert bar.text() == "Done"


def test_a_notice_without_an_action_has_no_button_left_from_before(bar):
    bar.show_notice(NoticeKind.DANGER, "Busy", NoticeAction("Retry", lambda: None))
    retry = button(bar, "Retry")
    bar.show_notice(NoticeKind.INFO, "All is well")
    assert retry.isHidden()


def test_nothing_takes_the_focus(window, bar, toast):
    bar.show_notice(NoticeKind.DANGER, "Busy", NoticeAction("Retry", lambda: None))
    toast.show_toast("Preset deleted", NoticeAction("Undo", lambda: None))
    assert window.field.hasFocus()


def test_a_notice_stays_and_a_toast_leaves(qtbot, monkeypatch, window, bar):
    monkeypatch.setattr(notices, "TOAST_MS", 50)
    toast = Toast(window)
    bar.show_notice(NoticeKind.DANGER, "Busy")
    toast.show_toast("Preset deleted")
    assert toast.isVisible()
    qtbot.waitUntil(toast.isHidden)
    assert bar.isVisible()


def test_a_toast_stays_while_it_has_the_focus(qtbot, monkeypatch, window):
    monkeypatch.setattr(notices, "TOAST_MS", 30)
    toast = Toast(window)
    toast.show_toast("Preset deleted", NoticeAction("Undo", lambda: None))
    undo = button(toast, "Undo")
    undo.setFocus()
    rounds = []
    toast._timer.timeout.connect(lambda: rounds.append(toast.isVisible()))
    qtbot.waitUntil(lambda: len(rounds) == 3)
    assert rounds == [True] * 3
    window.field.setFocus()
    qtbot.waitUntil(toast.isHidden)


def test_a_toast_stays_until_dismissed_with_assistive_technology(qtbot, monkeypatch, toast):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    toast.show_toast("Preset deleted", NoticeAction("Undo", lambda: None))
    assert not toast._timer.isActive()
    qtbot.mouseClick(button(toast, "Dismiss"), Qt.MouseButton.LeftButton)
    assert toast.isHidden()


def test_a_toast_without_an_action_leaves_later_with_assistive_technology(
    qtbot, monkeypatch, toast
):
    monkeypatch.setattr(notices, "TOAST_MS", 20)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    toast.show_toast("Copied")
    assert toast._timer.interval() == 20 * notices.READ_OUT_FACTOR
    qtbot.waitUntil(toast.isHidden)


def test_the_keyboard_reaches_the_toast(qtbot, window, toast):
    undone = []
    toast.show_toast("Preset deleted", NoticeAction("Undo", lambda: undone.append(True)))
    undo = button(toast, "Undo")
    for _ in range(10):
        if undo.hasFocus():
            break
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert undone == [True]


@pytest.mark.parametrize("width", [420, 960])
def test_a_toast_stands_inside_the_window_whatever_its_size(window, toast, width):
    toast.show_toast("A long text about what was done " * 8, NoticeAction("Undo", lambda: None))
    window.resize(width, 640)
    window.grab()  # lays out
    assert window.rect().contains(toast.geometry())
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1


def test_a_toast_makes_room_for_larger_text(window, toast, theme):
    toast.show_toast("Copied")
    theme.set_look("light", 200)
    theme.dress()
    assert toast.size() == toast.sizeHint()
    dismiss = button(toast, "Dismiss")
    assert dismiss.width() >= dismiss.sizeHint().width()


def test_where_nothing_opens_an_address_it_is_said_and_can_be_copied(monkeypatch, window, toast):
    tried = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: tried.append(url.toString()))
    open_outside(QUrl("https://novita.ai/billing"), toast)
    assert tried == ["https://novita.ai/billing"]
    assert newest(window) == "No program here opens https://novita.ai/billing"
    button(toast, "Copy").click()
    assert QGuiApplication.clipboard().text() == "https://novita.ai/billing"


def test_an_address_that_opens_needs_no_word(monkeypatch, toast):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    open_outside(QUrl.fromLocalFile("/data"), toast)
    assert toast.isHidden()
