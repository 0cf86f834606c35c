"""Copy and Save."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton

from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.answer_actions import (
    AnswerActions,
    CopyKind,
    put_on_clipboard,
    text_of,
)

DETAIL = RunDetail(
    RunSummary(1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hi"),
    '{"model":"a/b","messages":[]}',
    text="**x**",
)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        (CopyKind.MARKDOWN, "**x**"),
        (CopyKind.PLAIN, "x"),
        (CopyKind.CURL, "curl -N https://host/chat/completions"),
        (CopyKind.PYTHON, "import json"),
    ],
)
def test_each_kind_of_copy(kind, start):
    assert text_of(DETAIL, kind, answer="**x**", shown="x").startswith(start)


def test_the_menu_offers_every_kind_and_save(qtbot, theme):
    actions = AnswerActions(Icons(theme))
    qtbot.addWidget(actions)
    told = []
    actions.copy_chosen.connect(told.append)
    for action in actions.findChild(QMenu).actions():
        action.trigger()
    assert told == [kind.value for kind in CopyKind]
    buttons = {b.accessibleName(): b for b in actions.findChildren(QToolButton)}
    assert not buttons["Save the answer to a file"].isEnabled()
    actions.set_available(is_available=True)
    with qtbot.waitSignal(actions.save_pressed):
        buttons["Save the answer to a file"].click()


def test_a_copied_text_can_be_pasted(qapp):
    put_on_clipboard("hello")
    assert QGuiApplication.clipboard().text() == "hello"
