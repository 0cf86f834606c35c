"""What an empty history says."""

from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.history.history_empty import HistoryEmpty


def test_nothing_yet_is_not_nothing_found(qtbot, theme):
    empty = HistoryEmpty(Icons(theme))
    qtbot.addWidget(empty)

    def said():
        words = [label.text() for label in empty.findChildren(QLabel)]
        return [*words, empty.findChild(QPushButton).text()]

    assert {"Runs appear here", "Write a prompt"} <= set(said())
    empty.say(is_narrow=True)
    assert {"Nothing matches", "Clear"} <= set(said())
    empty.say(is_narrow=False)
    assert "Write a prompt" in said()
