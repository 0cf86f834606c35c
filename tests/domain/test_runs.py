"""Statuses and the head of a message."""

from dataclasses import replace

from novita_desktop.domain.costs import Cost, Usage
from novita_desktop.domain.runs import (
    GroupKind,
    GroupSummary,
    RunGroup,
    RunStatus,
    RunSummary,
    masked,
    message_head,
)


def test_which_statuses_are_over():
    live = {RunStatus.QUEUED, RunStatus.WAITING, RunStatus.RUNNING}
    assert {status for status in RunStatus if not status.is_over} == live


def test_a_message_is_shown_on_one_short_line():
    assert message_head("a\n  b\tc") == "a b c"
    assert len(message_head("word " * 1000)) == 120


def test_a_hidden_row_tells_nothing_of_its_models():
    run = RunSummary(1, 1, RunStatus.SUCCEEDED, 0, "a/b", "https://host", "hi")
    run = replace(run, usage=Usage(7, 8, 0, 0), cost=Cost(5), duration_ms=3, finish_reason="stop")
    counts = ((RunStatus.SUCCEEDED, 2),)
    group = GroupSummary(
        RunGroup(GroupKind.COMPARISON, id=1), 0, counts, ("a/b",), "hi", 15, cost=Cost(5)
    )
    assert (masked(run), masked(group)) == (run, group)
    hidden = masked(replace(run, is_hidden=True))
    bare = RunSummary(1, 1, RunStatus.SUCCEEDED, 0, "", "", "hi", is_hidden=True)
    assert hidden == bare
    shown = masked(replace(group, is_hidden=True))
    assert (shown.models, shown.tokens, shown.cost, shown.counts) == ((), None, None, counts)
