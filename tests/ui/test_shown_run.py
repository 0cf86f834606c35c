"""What is chosen in the list, in full; and what differs between two answers of a family."""

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.ui.pages.history.shown_run import ShownRun
from novita_desktop.ui.tables.history_words import HistoryWords
from novita_desktop.ui.widgets.differences_view import DifferencesView
from tests.services.stage import request


@pytest.fixture
def shown(stage):
    shown = ShownRun(stage.context, HistoryWords(str))
    shown.resize(340, 900)
    shown.follow(stage.context)
    shown.show()
    shown.show_entry(stage.run(request("Before")))
    stage.settle()
    yield shown
    stage.settle()
    shown.stop_following()
    stage.settle()
    shiboken6.delete(shown)


def texts(shown):
    return [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]


def test_a_row_is_shown_at_once_and_then_in_full(shown, stage, qtbot):
    run = stage.run(request("Hello"))
    shown.show_entry(run)
    assert "Done" in texts(shown)
    qtbot.waitUntil(lambda: shown.detail is not None)
    assert "Receipt" in texts(shown)
    assert shown.detail.summary.id == shown.run_id == run.id
    shown.show_entry(None)
    assert (shown.run_id, shown.detail, texts(shown)) == (None, None, [])


def test_two_answers_of_a_family_are_compared(shown, stage, host, qtbot):
    host.script(["text=The old answer", "text=The new answer"])
    first = stage.run(request("Hello"))
    ended = []
    stage.context.bridge.run_ended.connect(lambda event: ended.append(event.summary.id))
    again = stage.call(stage.context.workspace.runs.retry(first.id))
    qtbot.waitUntil(lambda: ended == [again.id], timeout=20_000)
    shown.show_run(again.id)
    qtbot.waitUntil(lambda: any(b.text() == "Differences" for b in shown.findChildren(QPushButton)))
    link = next(b for b in shown.findChildren(QPushButton) if b.text() == "Differences")
    link.click()
    view = shown.findChild(DifferencesView)
    qtbot.waitUntil(view.isVisible)
    assert view.toPlainText() == "The old new answer"


def test_a_run_that_goes_on_is_followed_to_its_end(shown, stage, host, qtbot):
    host.script(["gate; gate_after=1; text=one two three"])
    run = stage.start(request("Count"))
    shown.show_run(run.id)
    qtbot.waitUntil(lambda: shown.panel.sections.answer()[0].startswith("one"))
    assert "Receipt" not in texts(shown)
    host.release("gate")
    qtbot.waitUntil(lambda: "Receipt" in texts(shown))
    assert shown.panel.sections.answer()[0] == "one two three"


def test_the_panels_wait_for_the_list(stage, qtbot):
    shown = ShownRun(stage.context, HistoryWords(str))
    shown.follow(stage.context)
    built = []
    shown.built.connect(lambda: built.append(shown.run_id))
    shown.show_entry(None)
    shown.show_entry(stage.run(request("First")))
    second = stage.run(request("Second"))
    shown.show_entry(second)
    qtbot.waitUntil(lambda: shown.run_id == second.id)
    assert built == [None]
    stage.settle()
    shown.stop_following()
    shiboken6.delete(shown)
