"""An answer is kept as it came and shown as it may be seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.runs import RunDetail, RunStatus, RunSummary
from novita_desktop.domain.word_differences import word_differences
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.pages.compare.column_answer import ColumnAnswer
from novita_desktop.ui.widgets.differences_view import DifferencesView
from novita_desktop.ui.widgets.run_progress import RunProgress


@pytest.fixture
def answer(qtbot, theme):
    shown = ColumnAnswer(theme, Icons(theme))
    shown.resize(300, 300)
    qtbot.addWidget(shown)
    return shown


def test_names_are_covered_and_shown_again(answer, qtbot):
    answer.hide_names(["qwen"])
    answer.begin("I am Qwe", "")
    answer.grow("n, hello. " + "x " * 40, "thinking as Qwen")
    qtbot.waitUntil(lambda: answer.view.is_settled)
    assert "qwen" not in answer.view.plain_text().lower()
    assert answer.text.startswith("I am Qwen, hello.")
    assert "qwen" not in answer.shown_text.lower()
    assert answer._fold.isHidden()
    answer.hide_names(None)
    qtbot.waitUntil(lambda: "I am Qwen" in answer.view.plain_text())
    assert not answer._fold.isHidden()


def test_differences_take_the_answers_place(answer, qtbot):
    answer.begin("one red fox", "")
    answer.show_differences(word_differences("one blue fox", "one red fox"))
    view = answer.findChild(DifferencesView)
    assert view.isVisibleTo(answer)
    assert not answer.view.isVisibleTo(answer)
    note = answer.findChild(QLabel, "columnNote")
    assert note.text() == "1 added, 1 removed"
    answer.show_whole()
    assert answer.view.isVisibleTo(answer)
    assert note.isHidden()


def test_thinking_is_told_also_for_a_run_that_was_over_long_ago(answer, stored):
    progress = RunProgress()
    progress.end(stored.summary)
    answer.show_progress(progress)
    answer.end(stored, stored.text)
    assert answer._fold.button.text() == "Thought · 40 tokens"


@pytest.fixture
def stored():
    summary = RunSummary(
        1, 1, RunStatus.SUCCEEDED, 0, "m", "", "", usage=Usage(5, 60, reasoning=40)
    )
    return RunDetail(summary, "{}", text="Hello", reasoning="I think")
