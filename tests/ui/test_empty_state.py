"""Empty states: what belongs here, and the button that starts it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.ui import metrics
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.empty_state import TEXT_WIDTH, EmptyState


def make(qtbot, theme):
    state = EmptyState(Icons(theme), "history")
    qtbot.addWidget(state)
    state.resize(900, 600)
    return state


def test_its_one_button_starts_what_belongs_here(qtbot, theme):
    state = make(qtbot, theme)
    state.set_words("No runs yet", "Every answer is kept here.", "Write a prompt")
    state.show()
    (button,) = state.findChildren(QPushButton)
    assert button.text() == "Write a prompt"
    with qtbot.waitSignal(state.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_an_action_there_is_no_button(qtbot, theme):
    state = make(qtbot, theme)
    state.set_words("Nothing found", "Try other words.")
    state.show()
    (button,) = state.findChildren(QPushButton)
    assert button.isHidden()


def is_whole(label, width):
    return label.width() == width and label.height() >= label.heightForWidth(label.width())


def test_its_text_is_shown_whole_at_every_size_of_text(qtbot, theme):
    state = make(qtbot, theme)
    text = "Every answer that you get is kept here, with what was sent and what it cost. " * 2
    for percent in (80, 100, 200):
        theme.set_look("light", percent)
        state.set_words("No runs yet", text)
        state.show()
        (label,) = [each for each in state.findChildren(QLabel) if each.text() == text]
        qtbot.waitUntil(lambda: is_whole(label, metrics.scaled(TEXT_WIDTH)))  # noqa: B023
