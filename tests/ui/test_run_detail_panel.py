"""One run in full: sections that say something, and nothing of the run before."""

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.requests import Message, Parameters, Role, RunRequest
from novita_desktop.domain.runs import Attempt, RunDetail, RunError, RunStatus
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.tasks import Tasks
from novita_desktop.ui.widgets.answer_view import AnswerView
from novita_desktop.ui.widgets.run_detail_panel import RunDetailPanel
from tests.ui.test_history_table import summary

FAILURE = RunError("host_trouble", HostReply(500, message="Our fault", trace_id="trace-9"))
REQUEST = RunRequest(
    "a/b",
    (Message(Role.SYSTEM, "Be brief"), Message(Role.USER, "Why?")),
    Parameters(temperature=0.5),
)


@pytest.fixture
def panel(qtbot, theme, loop, wait):
    tasks = Tasks(lambda error: None)
    panel = RunDetailPanel(Icons(theme), theme, tasks)
    qtbot.addWidget(panel)
    panel.resize(340, 900)
    panel.show()
    yield panel
    wait(tasks.settled())


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def button(panel, words):
    return next(b for b in panel.findChildren(QPushButton) if b.text() == words)


def shown_text(panel, name):
    edits = panel.findChildren(QPlainTextEdit)
    return next(e for e in edits if e.accessibleName() == name).toPlainText()


def done(**changes):
    facts = {"usage": Usage(10, 20), "cost": Cost(10**7), "charged": True, **changes}
    raw = '{"id": "chat-1", "object": "chat.completion"}'
    attempts = (Attempt(1, 0, 40, 5, 200),)
    return RunDetail(summary(7, **facts), "{}", "Because.", raw_response=raw, attempts=attempts)


def failed():
    attempts = (Attempt(1, 0, 40, status=500, error=FAILURE),)
    return RunDetail(summary(8, RunStatus.FAILED), "{}", error=FAILURE, attempts=attempts)


def test_a_finished_run_is_shown_in_full(panel, qtbot):
    panel.show_detail(done(), REQUEST, "Model B")
    wanted = {"Model B", "Done", "Attempts", "Answer", "Receipt", "Temperature", "chat-1"}
    qtbot.waitUntil(lambda: wanted <= set(texts(panel)))
    assert shown_text(panel, "Message") == "Why?"
    assert shown_text(panel, "System prompt") == "Be brief"
    answer = panel.findChild(AnswerView)
    qtbot.waitUntil(lambda: answer.plain_text() == "Because.")


def test_a_failure_is_told_in_words_with_the_trace_id(panel, qtbot):
    panel.show_detail(failed(), REQUEST, "Model B")
    qtbot.waitUntil(lambda: "The host has a problem of its own" in texts(panel))
    assert "trace-9" in texts(panel)
    assert "Answer" not in texts(panel)
    retries = [b for b in panel.findChildren(QPushButton) if b.text() == "Retry" and b.isVisible()]
    assert len(retries) == 1


def test_nothing_of_another_run_stays(panel, qtbot):
    panel.show_detail(failed(), REQUEST, "Model B")
    panel.show_detail(done(), RunRequest("c/d", (Message(Role.USER, "How?"),)), "Model D")
    qtbot.waitUntil(lambda: "chat-1" in texts(panel))
    shown = texts(panel)
    assert "The host has a problem of its own" not in shown
    assert "trace-9" not in shown
    assert "System prompt" not in shown
    assert "Temperature" not in shown


def test_the_old_run_is_a_link(panel):
    told = []
    panel.origin_pressed.connect(told.append)
    panel.show_detail(done(retry_of=3), REQUEST, "Model B")
    button(panel, "Retry of run 3").click()
    panel.show_detail(done(continues=4), REQUEST, "Model B")
    button(panel, "Continues run 4").click()
    panel.show_detail(done(), REQUEST, "Model B")
    assert told == [3, 4]
    assert not any("run 4" in b.text() for b in panel.findChildren(QPushButton))


def test_buttons_are_told_and_a_live_run_waits_for_its_end(panel):
    told = []
    panel.retry_pressed.connect(lambda: told.append("retry"))
    panel.edit_pressed.connect(lambda: told.append("edit"))
    panel.open_pressed.connect(lambda: told.append("open"))
    panel.show_detail(done(), REQUEST, "Model B")
    for words in ("Retry", "Edit and run", "Open in Prompt"):
        button(panel, words).click()
    assert told == ["retry", "edit", "open"]
    panel.show_summary(summary(9, RunStatus.RUNNING), "Model B")
    assert not button(panel, "Retry").isEnabled()


def test_a_live_answer_grows(panel, qtbot):
    panel.show_detail(RunDetail(summary(9, RunStatus.RUNNING), "{}", "So"), REQUEST, "Model B")
    panel.show_answer("So")
    panel.grow(" far")
    answer = panel.findChild(AnswerView)
    assert answer.markdown() == "So far"
    assert "Receipt" not in texts(panel)


@pytest.mark.parametrize(
    ("status", "words"),
    [(RunStatus.STOPPED, "You stopped"), (RunStatus.INTERRUPTED, "The program ended")],
)
def test_an_early_end_is_explained(panel, status, words):
    detail = RunDetail(summary(9, status), "{}", "Part")
    panel.show_detail(detail, REQUEST, "Model B")
    assert any(text.startswith(words) for text in texts(panel))


def test_an_empty_panel_shows_nothing(panel):
    panel.show_detail(done(), REQUEST, "Model B")
    panel.show_nothing()
    assert texts(panel) == []


def test_what_is_rarely_done_is_in_a_menu(panel):
    told = []
    panel.model_pressed.connect(lambda: told.append("model"))
    panel.compare_pressed.connect(lambda: told.append("compare"))
    panel.copy_chosen.connect(told.append)
    panel.export_menu_shown.connect(lambda menu: told.append("export"))
    menu = button(panel, "More").menu()
    actions = {action.text(): action for action in menu.actions()}
    actions["Run with another model…"].trigger()
    actions["Compare models…"].trigger()
    for action in actions["Copy"].menu().actions():
        action.trigger()
    actions["Export"].menu().aboutToShow.emit()
    assert told == ["model", "compare", "markdown", "plain", "curl", "python", "export"]
