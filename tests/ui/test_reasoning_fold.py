"""The reasoning's fold."""

from dataclasses import replace

import pytest

from novita_desktop.domain.costs import Usage
from novita_desktop.domain.runs import RunStatus, RunSummary
from novita_desktop.services.events import RunGrew
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.reasoning_fold import ReasoningFold
from novita_desktop.ui.widgets.run_progress import RunProgress

END = RunSummary(
    1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hi", usage=Usage(1, 200, reasoning=96)
)


@pytest.fixture
def fold(qtbot, theme):
    fold = ReasoningFold(Icons(theme))
    qtbot.addWidget(fold)
    return fold


def test_it_says_how_long_the_model_thought(fold):
    progress = RunProgress.begun(0.0)
    progress.take_text(RunGrew(1, reasoning="x" * 40), 1.0)
    fold.show_progress(progress)
    assert fold.button.text() == "Thinking · 10 tokens"
    progress.take_text(RunGrew(1, text="answer"), 2.2)
    progress.end(END)
    fold.show_progress(progress)
    assert fold.button.text() == "Thought for 1.2 s · 96 tokens"


def test_without_times_it_says_the_tokens_alone(fold):
    progress = RunProgress(summary=replace(END))
    fold.show_progress(progress)
    assert fold.button.text() == "Thought · 96 tokens"
    assert not fold.is_open()
