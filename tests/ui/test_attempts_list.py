"""Attempts in words: status, why it failed, how long the wait was."""

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.runs import Attempt, RunError
from novita_desktop.ui import formatting
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.widgets.attempts_list import AttemptsList

NOW = 1_790_000_000_000_000
BUSY = RunError("rate_limited", is_retryable=True)


@pytest.fixture
def attempts(qtbot):
    attempts = AttemptsList()
    qtbot.addWidget(attempts)
    attempts.show()
    return attempts


def texts(attempts):
    return [label.text() for label in attempts.findChildren(QLabel) if label.isVisible()]


def test_each_attempt_says_its_status_reason_and_wait(attempts, qtbot):
    attempts.set_attempts(
        [
            Attempt(1, NOW, 40, status=429, error=BUSY, wait_after_ms=1_000),
            Attempt(2, NOW, 40, error=RunError("no_network"), wait_after_ms=4_000),
            Attempt(3, NOW, 900, first_word_ms=420, status=200),
        ]
    )
    time = formatting.run_time(NOW)
    qtbot.waitUntil(lambda: len(texts(attempts)) == 11)
    assert texts(attempts) == [
        *("429", time, f"then waited {formatting.duration(1_000)}"),
        describe_run_error(BUSY).title,
        *("No answer", time, f"then waited {formatting.duration(4_000)}"),
        describe_run_error(RunError("no_network")).title,
        *("200", time, f"first word {formatting.duration(420)}"),
    ]


def test_other_attempts_replace_them(attempts, qtbot):
    attempts.set_attempts([Attempt(1, NOW, 40, status=429, error=BUSY)])
    attempts.set_attempts([Attempt(1, NOW, 40, status=200)])
    qtbot.waitUntil(lambda: "200" in texts(attempts))
    assert "429" not in texts(attempts)
