"""Statuses and the head of a message."""

from novita_desktop.domain.runs import RunStatus, message_head


def test_which_statuses_are_over():
    live = {RunStatus.QUEUED, RunStatus.WAITING, RunStatus.RUNNING}
    assert {status for status in RunStatus if not status.is_over} == live


def test_a_message_is_shown_on_one_short_line():
    assert message_head("a\n  b\tc") == "a b c"
    assert len(message_head("word " * 1000)) == 120
