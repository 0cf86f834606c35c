"""Following a run from any moment misses nothing and repeats nothing."""

import pytest

from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services.clock import Clock
from novita_desktop.services.preview import request_of_form
from novita_desktop.services.runs import PROMPT_GROUP
from novita_desktop.ui.widgets.run_follower import RunFollower
from tests.ui.prompt_stage import MODEL, prompt_stage


@pytest.fixture
def stage(qtbot, wait, theme, tmp_path):
    with prompt_stage(qtbot, wait, theme, tmp_path) as stage:
        yield stage


class Seen:
    """What a follower told."""

    def __init__(self, stage):
        self.follower = RunFollower(stage.bridge, stage.tasks, stage.page)
        self.text, self.reasoning, self.end, self.restarts = "", "", None, 0
        self.follower.began.connect(self.begin)
        self.follower.grew.connect(self.grow)
        self.follower.ended.connect(self.finish)

    def begin(self, text, reasoning):
        self.text, self.reasoning = text, reasoning
        self.restarts += 1

    def grow(self, text, reasoning):
        self.text += text
        self.reasoning += reasoning

    def finish(self, detail, text):
        self.end = detail
        assert text.endswith(detail.text)


def submit(stage, message="Hello"):
    form = PromptForm(model=MODEL, message=message)
    request = request_of_form(form, None, stage.context.state.settings, Clock())
    return stage.wait(stage.bridge.call(stage.workspace.runs.submit(request, PROMPT_GROUP)))


def test_joined_in_the_middle_it_is_whole_at_the_end(stage):
    stage.host.script(["tokens=300; gate=half; gate_after=100; reasoning_tokens=30"])
    summary = submit(stage)
    first = Seen(stage)
    first.follower.follow(stage.workspace, summary)
    stage.until(lambda: len(first.text) > 50)
    second = Seen(stage)
    second.follower.show(stage.workspace, summary.id)
    stage.until(lambda: second.text)
    stage.host.release("half")
    stage.until(lambda: first.end and second.end)
    assert first.text == second.text == first.end.text
    assert first.reasoning == second.reasoning == first.end.reasoning
    assert second.follower.progress.status is RunStatus.SUCCEEDED


def test_a_new_attempt_starts_from_nothing(stage):
    stage.host.script(["error=server-error", "text=second try"])
    seen = Seen(stage)
    seen.follower.follow(stage.workspace, submit(stage))
    stage.until(lambda: seen.end)
    assert seen.text == "second try"
    assert seen.follower.progress.attempt == 2


def test_whoever_leaves_hears_no_more(stage):
    stage.host.script(["text=one two three; gate=half; gate_after=2"])
    seen = Seen(stage)
    seen.follower.follow(stage.workspace, submit(stage))
    stage.until(lambda: seen.text)
    before = seen.text
    seen.follower.leave()
    stage.host.release("half")
    other = Seen(stage)
    other.follower.show(stage.workspace, 1)
    stage.until(lambda: other.end)
    assert (seen.text, seen.end) == (before, None)
    assert not seen.follower.is_live


def test_a_run_that_is_over_is_told_at_once(stage):
    stage.run_to_end()
    seen = Seen(stage)
    seen.follower.show(stage.workspace, 1)
    stage.until(lambda: seen.end)
    assert seen.end.summary.id == 1
    assert not seen.follower.is_live
