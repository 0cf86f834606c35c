"""A JSON answer: whether it is valid, and how it is shown."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.json_schemas import verdict_on
from novita_desktop.ui.widgets.json_answer import JsonAnswer

SCHEMA = '{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}'


@pytest.fixture
def answer(qtbot):
    answer = JsonAnswer()
    qtbot.addWidget(answer)
    return answer


def choice(answer, words):
    return next(b for b in answer.findChildren(QPushButton) if b.text() == words)


def words(answer):
    return answer.findChild(QLabel, "jsonVerdict").text()


def test_a_valid_answer_can_be_seen_as_tree_and_table(answer):
    shown = []
    answer.text_shown.connect(shown.append)
    answer.show_verdict(verdict_on('{"n": 3}', SCHEMA))
    assert words(answer) == "Valid JSON"
    choice(answer, "Tree").click()
    assert not answer.tree.isHidden()
    choice(answer, "Table").click()
    assert answer.tree.isHidden()
    assert answer.table.item(0, 0).text() == "3"
    choice(answer, "Text").click()
    assert (shown[-1], answer.table.isHidden()) == (True, True)


def test_what_is_wrong_is_said_with_its_place(answer):
    answer.show_verdict(verdict_on('{"n": "x"}', SCHEMA))
    assert words(answer) == "Not as described, at n: 'x' is not of type 'integer'"


def test_what_is_no_json_is_only_text(answer):
    answer.show_verdict(verdict_on("[1]"))
    choice(answer, "Tree").click()
    answer.show_verdict(verdict_on("Sorry"))
    assert words(answer).startswith("Not JSON")
    assert not choice(answer, "Tree").isEnabled()
    assert choice(answer, "Text").isChecked()
