"""The words for what a run does."""

import time
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.runs import RunPhase, RunStatus, RunSummary
from novita_desktop.services.events import RunGrew, RunPhaseChanged
from novita_desktop.ui.widgets.run_progress import RunProgress
from novita_desktop.ui.widgets.run_status import RunStatusLine, speed_of

END = RunSummary(
    1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hi",
    duration_ms=3_100, first_word_ms=420, usage=Usage(10, 209),
)  # fmt: skip


@pytest.fixture
def line(qtbot):
    line = RunStatusLine()
    qtbot.addWidget(line)
    return line


def shown(line):
    return [line.findChild(QLabel, name).text() for name in ("runStatus", "runFacts")]


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (RunPhase.QUEUED, "Queued"),
        (RunPhase.SLOWED, "Slowed: rate limit"),
        (RunPhase.CONNECTING, "Connecting · 2 s"),
        (RunPhase.WAITING_FOR_FIRST_WORD, "Waiting for the first word · 2 s"),
        (RunPhase.THINKING, "Thinking · 2 s"),
        (RunPhase.WRITING, "Writing"),
    ],
)
def test_every_phase_has_words(line, phase, words):
    now = time.monotonic()
    progress = RunProgress.begun(now)
    progress.take_phase(RunPhaseChanged(1, phase), now - 2.1)
    progress.phase_since = now - 2.1
    line.show_progress(progress)
    assert shown(line)[0] == words


def test_a_wait_says_why_and_can_be_ended(line, qtbot):
    now = time.monotonic()
    progress = RunProgress.begun(now)
    event = RunPhaseChanged(1, RunPhase.BACKING_OFF, 2, 5, 3.9, "rate_limited")
    progress.take_phase(event, now)
    line.show_progress(progress)
    state, facts = shown(line)
    assert state == "Attempt 2 of 5 in 4 s"
    assert facts
    buttons = {b.text(): b for b in line.findChildren(QPushButton)}
    assert not buttons["Try now"].isHidden()
    with qtbot.waitSignal(line.try_now_pressed):
        buttons["Try now"].click()
    with qtbot.waitSignal(line.cancel_pressed):
        buttons["Cancel"].click()


def test_while_writing_the_speed_is_told(line):
    now = time.monotonic()
    progress = RunProgress.begun(now - 3)
    progress.take_phase(RunPhaseChanged(1, RunPhase.WRITING), now - 2)
    progress.take_text(RunGrew(1, text="x" * 400), now - 2)
    line.show_progress(progress)
    facts = shown(line)[1]
    assert facts.startswith("first word 1.0 s")
    assert "50 tokens/s" in facts
    assert not line._clock.isActive()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RunStatus.SUCCEEDED, "Done"),
        (RunStatus.FAILED, "Failed"),
        (RunStatus.STOPPED, "Stopped"),
        (RunStatus.INTERRUPTED, "Interrupted: the program ended while it ran"),
    ],
)
def test_every_end_has_words(line, status, words):
    progress = RunProgress.begun(time.monotonic())
    progress.end(replace(END, status=status))
    line.show_progress(progress)
    assert shown(line) == [words, "first word 0.42 s · 78 tokens/s · 3.1 s"]


def test_a_speed_over_no_time_says_nothing():
    assert speed_of(replace(END, duration_ms=450)) is None
    assert speed_of(replace(END, usage=None)) is None
    assert round(speed_of(END)) == 78


@pytest.fixture
def said(monkeypatch):
    """What a screen reader would say."""
    said = []

    def note(event):
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return said


def test_an_answer_is_announced_when_it_begins_and_when_it_ends(line, said):
    now = time.monotonic()
    progress = RunProgress.begun(now)
    line.show_progress(progress)
    assert said == []
    for word in ("one", " two", " three"):
        progress.take_text(RunGrew(1, word, ""), now)
        line.show_progress(progress)
    assert said == ["The answer begins"]
    progress.end(END)
    line.show_progress(progress)
    line.show_progress(progress)
    assert said == ["The answer begins", "Done"]


def test_a_failure_is_announced_with_its_reason_and_the_next_run_anew(line, said):
    progress = RunProgress.begun(0)
    line.show_progress(progress)
    progress.end(replace(END, status=RunStatus.FAILED, error_code="rate_limited"))
    line.show_progress(progress)
    assert len(said) == 1
    assert said[0].startswith("Failed: ")
    assert len(said[0]) > len("Failed: ")
    again = RunProgress.begun(1)
    again.take_text(RunGrew(2, "word", ""), 1)
    line.show_progress(again)
    assert said[1:] == ["The answer begins"]


def test_a_run_that_ended_before_it_was_looked_at_is_not_announced(line, said):
    progress = RunProgress()
    progress.end(END)
    line.show_progress(progress)
    assert said == []
