"""A question before what cannot be undone."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from novita_desktop.ui.dialogs.question import Question
from novita_desktop.ui.tasks import answer_of


def answer(wait, qtbot, act):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    async def ask():
        question = Question("Forget the key?", "It is removed.", "Forget key", parent)
        asyncio.get_running_loop().call_soon(act, question)
        return await answer_of(question)

    return wait(ask())


def press(words):
    def act(question):
        (found,) = [b for b in question.findChildren(QPushButton) if b.text() == words]
        found.click()

    return act


@pytest.mark.parametrize(("words", "is_yes"), [("Forget key", True), ("Cancel", False)])
def test_the_buttons_answer(wait, qtbot, words, is_yes):
    assert answer(wait, qtbot, press(words)) is is_yes


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_pressed_by_mistake_mean_no(wait, qtbot, key):
    assert answer(wait, qtbot, lambda question: qtbot.keyClick(question, key)) is False
