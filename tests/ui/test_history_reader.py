"""What a live run does is a status in its row."""

import pytest

from novita_desktop.domain.runs import RunPhase, RunStatus
from novita_desktop.ui.tables.history_reader import status_in


@pytest.mark.parametrize("phase", list(RunPhase))
def test_every_phase_has_a_live_status(phase):
    assert not status_in(phase).is_over


def test_waits_are_told_apart():
    assert status_in(RunPhase.QUEUED) is RunStatus.QUEUED
    assert status_in(RunPhase.BACKING_OFF) is RunStatus.WAITING
    assert status_in(RunPhase.WRITING) is RunStatus.RUNNING
