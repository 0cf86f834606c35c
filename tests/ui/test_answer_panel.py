"""The answer panel shows what it is told; its buttons are tested with the page."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget

from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.runs import RunDetail, RunError, RunStatus, RunSummary
from novita_desktop.ui.error_messages import ErrorText
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.answer_panel import AnswerPanel

BODY = '{"model":"a/b","messages":[{"role":"user","content":"hi"}]}'


def detail(status=RunStatus.SUCCEEDED, text="Hello", error=None, charged=True):
    summary = RunSummary(1, 1, status, 0, "a/b", "https://host", "hi", charged=charged)
    return RunDetail(summary, BODY, text=text, error=error)


@pytest.fixture
def panel(qtbot, theme, loop, wait):
    tasks = Tasks(lambda error: None)
    panel = AnswerPanel(theme, Icons(theme), tasks)
    qtbot.addWidget(panel)
    panel.resize(500, 500)
    panel.show()
    yield panel
    wait(tasks.settled())


def label(panel, name):
    return panel.findChild(QLabel, name)


def test_it_has_the_four_tabs(panel):
    tabs = panel.findChild(QTabWidget)
    titles = [tabs.tabText(n) for n in range(tabs.count())]
    assert titles == ["Answer", "Reasoning", "Raw JSON", "Request"]
    assert panel.parts.answer.accessibleName() == "Answer"


def test_the_answer_is_read_out_as_a_text_before_its_tabs(panel):
    panel.end(detail(), "Hello")
    tabs = QAccessible.queryAccessibleInterface(panel.findChild(QTabWidget))
    roles = [tabs.child(number).role() for number in range(tabs.childCount())]
    assert roles.index(QAccessible.Role.LayeredPane) < roles.index(QAccessible.Role.PageTabList)
    answer = QAccessible.queryAccessibleInterface(panel.parts.answer)
    assert answer.role() is QAccessible.Role.EditableText  # a text, and read-only
    assert answer.state().readOnly


def test_the_end_does_not_write_the_streamed_text_again(panel, qtbot):
    panel.begin("", "")
    panel.grow("Hel", "")
    panel.grow("lo", "")
    qtbot.waitUntil(lambda: panel.parts.answer.plain_text() == "Hello")
    cleared = []
    panel.parts.answer.document().contentsChange.connect(lambda *change: cleared.append(change[1]))
    panel.end(detail(), "Hello")
    qtbot.waitUntil(lambda: panel.parts.answer.is_up_to_date)
    assert panel.parts.answer.markdown() == "Hello"
    assert panel.detail() == detail()


def test_a_stopped_run_says_what_the_host_bills(panel):
    panel.end(detail(RunStatus.STOPPED), "Hello")
    assert "bills what was generated" in label(panel, "runNote").text()
    panel.end(detail(RunStatus.STOPPED, text="", charged=False), "")
    assert label(panel, "runNote").text() == (
        "You stopped this run before the host began to answer."
    )


def test_a_failure_keeps_what_arrived(panel, qtbot):
    error = RunError("stream_broken", HostReply())
    panel.end(detail(RunStatus.FAILED, error=error), "Hello")
    assert not panel.parts.error.isHidden()
    assert label(panel, "runNote").text() == "What arrived before the failure is kept."
    qtbot.waitUntil(lambda: panel.parts.answer.plain_text() == "Hello")
    panel.begin("", "")
    assert panel.parts.error.isHidden()


def test_why_a_run_could_not_start_is_shown(panel):
    panel.show_refusal(ErrorText("The disk is full", "Free some space."))
    assert label(panel, "errorTitle").text() == "The disk is full"


def test_nothing_is_shown_before_the_first_run(panel):
    panel.end(detail(), "Hello")
    panel.show_nothing()
    assert panel.detail() is None
    assert panel.parts.answer.markdown() == ""
    titles = [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]
    assert "The answer appears here" in titles


def test_parts_made_ahead_are_the_ones_that_are_shown(panel):
    for _ in panel.preparations():
        assert panel.isAncestorOf(panel.answer_actions)
    parts = panel.parts
    panel.begin("Hel", "")
    assert panel.parts is parts
    assert parts.answer.markdown() == "Hel"


def test_a_run_does_not_wait_for_parts_that_are_being_made(panel):
    preparations = panel.preparations()
    next(preparations)
    panel.begin("Hel", "")
    parts = panel.parts
    for _ in preparations:
        pass
    assert panel.parts is parts
    assert parts.answer.markdown() == "Hel"
    assert len(panel.findChildren(type(parts))) == 1


def test_what_never_became_a_run_has_no_retry_and_no_views_of_json(panel):
    panel.show_refusal(ErrorText("The disk is full", "Free some space."))
    shown = [b.text() for b in panel.parts.findChildren(QPushButton) if b.isVisible()]
    assert shown == []
    failed = detail(RunStatus.FAILED, "", RunError("host_trouble", HostReply(500)))
    panel.end(failed, "")
    shown = [b.text() for b in panel.parts.findChildren(QPushButton) if b.isVisible()]
    assert "Retry" in shown
