"""What is kept of a run, section by section; the long parts are folded away."""

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.requests import Message, Role, RunRequest
from novita_desktop.domain.runs import Attempt, RunDetail, RunError
from novita_desktop.ui import formatting
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.fold import Fold
from novita_desktop.ui.widgets.run_sections import RunSections
from tests.ui.test_history_table import summary

REQUEST = RunRequest("a/b", (Message(Role.USER, "Why?"),))
ERROR = RunError("host_trouble", HostReply(500, "OUR_FAULT", "Sorry", "trace-9"))
ATTEMPTS = (
    Attempt(1, 0, 40, None, 500, ERROR, headers=(("x-ratelimit", "7"),), wait_after_ms=1_000),
    Attempt(2, 9, 80, 30, 200),
)
DETAIL = RunDetail(
    summary(7),
    '{"model":"a/b"}',
    "Because.",
    reasoning="First I thought",
    raw_response='{"id":"chat-1"}',
    attempts=ATTEMPTS,
    variables={"name": "Ann", "place": "Oslo"},
)


@pytest.fixture
def sections(qtbot, theme, loop, wait):
    tasks = Tasks(lambda error: None)
    sections = RunSections(Icons(theme), theme, tasks)
    qtbot.addWidget(sections)
    sections.resize(340, 1_500)
    sections.show()
    yield sections
    wait(tasks.settled())


def texts(sections):
    return [label.text() for label in sections.findChildren(QLabel) if label.isVisible()]


def folds(sections):
    return {f.button.text(): f for f in sections.findChildren(Fold) if f.isVisible()}


def text_in(fold):
    return fold.findChild(QPlainTextEdit).toPlainText()


def test_the_values_of_variables_are_told(sections, qtbot):
    sections.show_detail(DETAIL, REQUEST)
    qtbot.waitUntil(lambda: {"Variables", "name", "Ann", "place", "Oslo"} <= set(texts(sections)))


def test_reasoning_request_and_raw_response_unfold(sections, qtbot):
    sections.show_detail(DETAIL, REQUEST)
    qtbot.waitUntil(lambda: len(folds(sections)) == 4)
    for fold in folds(sections).values():
        fold.set_open(is_open=True)
    assert text_in(folds(sections)["Reasoning"]) == "First I thought"
    qtbot.waitUntil(lambda: '"model": "a/b"' in text_in(folds(sections)["Request"]))
    qtbot.waitUntil(lambda: '"id": "chat-1"' in text_in(folds(sections)["Raw response"]))


def test_each_attempt_is_told_in_full(sections, qtbot):
    sections.show_detail(DETAIL, REQUEST)
    qtbot.waitUntil(lambda: "Details" in folds(sections))
    first, second = text_in(folds(sections)["Details"]).split("\n\n")
    assert first.splitlines() == [
        f"Attempt 1 took {formatting.duration(40)}",
        "OUR_FAULT",
        "Sorry",
        "Trace id: trace-9",
        "x-ratelimit: 7",
    ]
    assert f"First word after {formatting.duration(30)}" in second


def test_what_there_is_none_of_is_left_out(sections, qtbot):
    sections.show_detail(DETAIL, REQUEST)
    sections.show_detail(RunDetail(summary(8), "{}"), REQUEST)
    qtbot.waitUntil(lambda: list(folds(sections)) == ["Request"])
    shown = texts(sections)
    assert "Variables" not in shown
    assert "Attempts" not in shown
    assert "Answer" not in shown
