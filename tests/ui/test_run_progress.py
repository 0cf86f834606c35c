"""The one state that drives every label of a run."""

from novita_desktop.domain.runs import RunPhase, RunStatus, RunSummary
from novita_desktop.services.events import RunGrew, RunPhaseChanged
from novita_desktop.ui.widgets.run_progress import RunProgress


def summary(status):
    return RunSummary(1, 1, status, 0, "a/b", "https://host", "hello")


def test_it_counts_thinking_and_writing_apart():
    progress = RunProgress.begun(100.0)
    progress.take_phase(RunPhaseChanged(1, RunPhase.THINKING), 101.0)
    progress.take_text(RunGrew(1, reasoning="x" * 40), 101.0)
    progress.take_text(RunGrew(1, text="y" * 400), 103.0)
    assert progress.thought_seconds(110.0) == 2.0
    assert progress.reasoning_tokens == 10
    assert progress.tokens_per_second(105.0) == 50.0
    assert progress.tokens_per_second(103.1) is None


def test_the_clock_runs_only_while_words_hold_seconds():
    progress = RunProgress.begun(0.0)
    needs = {}
    for phase in RunPhase:
        progress.take_phase(RunPhaseChanged(1, phase), 0.0)
        needs[phase] = progress.needs_clock
    assert not needs[RunPhase.WRITING]
    assert not needs[RunPhase.QUEUED]
    assert needs[RunPhase.WAITING_FOR_FIRST_WORD]
    progress.end(summary(RunStatus.FAILED))
    assert (progress.needs_clock, progress.status) == (False, RunStatus.FAILED)


def test_the_back_off_counts_down_and_a_new_attempt_starts_from_nothing():
    progress = RunProgress.begun(0.0)
    progress.take_text(RunGrew(1, text="part"), 1.0)
    event = RunPhaseChanged(1, RunPhase.BACKING_OFF, 2, 5, wait_seconds=4.0)
    progress.take_phase(event, 10.0)
    assert progress.seconds_to_retry(11.5) == 2.5
    assert progress.seconds_to_retry(20.0) == 0.0
    progress.restart()
    assert (progress.first_word, progress.written_tokens) == (None, 0)
