"""What the run does, in words, with the buttons that a wait offers."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from novita_desktop.domain.runs import RunError, RunPhase, RunStatus, RunSummary
from novita_desktop.ui import formatting
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.widgets.announcement import announce
from novita_desktop.ui.widgets.chip import STATUS_KINDS, Chip
from novita_desktop.ui.widgets.elided_label import ElidedLabel
from novita_desktop.ui.widgets.run_progress import RunProgress

TICK_MS = 250
SEPARATOR = " · "
CONNECTING_SECONDS = 4
"""A connection is there long before. Some hosts then say nothing at all until the first word."""

LEAST_MS = 100
"""A speed over less time than this says nothing."""


class RunStatusLine(QWidget):
    """One state drives the label. A timer runs only while its words hold seconds.

    A screen reader hears when the answer begins and how the run ended, and nothing in between.
    """

    try_now_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        state_name: str = "runStatus",
        has_facts: bool = True,
    ) -> None:
        super().__init__(parent)
        self._progress = RunProgress()
        self._has_facts = has_facts
        self._is_discreet = False
        self._is_followed = False
        self._is_begun = False
        self._state = Chip()
        self._state.setObjectName(state_name)
        self._facts = ElidedLabel()
        self._facts.setObjectName("runFacts")
        self._facts.setProperty("tone", "muted")
        self._try_now = QPushButton(self.tr("Try now"))
        self._try_now.clicked.connect(self.try_now_pressed)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._state)
        row.addWidget(self._facts, 1)
        row.addWidget(self._try_now)
        row.addWidget(self._cancel)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._show)
        self._show()

    def show_progress(self, progress: RunProgress) -> None:
        """Show `progress` from now on; it is read again while its seconds go on."""
        self._progress = progress
        self._announce(progress)
        self._show()

    def set_discreet(self, *, is_discreet: bool) -> None:
        """Say no more than whether the run goes on: how it goes would tell whose it is."""
        self._is_discreet = is_discreet
        self._show()

    def _announce(self, progress: RunProgress) -> None:
        """Read out the begin of the answer and the end of the run, each once."""
        if not progress.is_over:
            has_begun = progress.first_word is not None
            if has_begun and not self._is_begun:
                announce(self, self.tr("The answer begins"))
            self._is_followed, self._is_begun = True, self._is_begun or has_begun
        elif self._is_followed:  # a run from History that is only looked at ended long ago
            self._is_followed = self._is_begun = False
            announce(self, self._end_words(progress))

    def _end_words(self, progress: RunProgress) -> str:
        words = self._state_words(progress, time.monotonic())
        if self._is_discreet:
            return words
        code = progress.summary.error_code if progress.summary else ""
        return f"{words}: {describe_run_error(RunError(code)).title}" if code else words

    def _show(self) -> None:
        progress, now = self._progress, time.monotonic()
        words = self._state_words(progress, now)
        self._state.setText(words)
        self._state.set_kind(self._kind_of(progress))
        self._state.setVisible(bool(words))
        has_facts = self._has_facts and not self._is_discreet
        self._facts.setText(self._facts_of(progress, now) if has_facts else "")
        waits = not progress.is_over and progress.phase in {RunPhase.BACKING_OFF, RunPhase.SLOWED}
        waits = waits and not self._is_discreet
        self._try_now.setVisible(waits)
        self._cancel.setVisible(waits)
        if progress.needs_clock and not self._clock.isActive():
            self._clock.start()
        elif not progress.needs_clock:
            self._clock.stop()

    def _state_words(self, progress: RunProgress, now: float) -> str:
        if progress.status is RunStatus.INTERRUPTED:
            return self.tr("Interrupted: the program ended while it ran")
        if progress.status is not None:
            return formatting.status(progress.status)
        if progress.phase is None:
            return ""
        if self._is_discreet:
            return formatting.status(RunStatus.RUNNING)
        if progress.phase is RunPhase.BACKING_OFF:
            return self.tr("Attempt {n} of {all} in {seconds} s").format(
                n=progress.attempt,
                all=progress.attempts_allowed,
                seconds=math.ceil(progress.seconds_to_retry(now)),
            )
        in_phase = progress.seconds_in_phase(now)
        seconds = formatting.whole(int(in_phase))
        if progress.phase is RunPhase.CONNECTING and in_phase >= CONNECTING_SECONDS:
            return self.tr("Waiting for the host · {seconds} s").format(seconds=seconds)
        return {
            RunPhase.QUEUED: self.tr("Queued"),
            RunPhase.SLOWED: self.tr("Slowed: rate limit"),
            RunPhase.CONNECTING: self.tr("Connecting · {seconds} s"),
            RunPhase.WAITING_FOR_FIRST_WORD: self.tr("Waiting for the first word · {seconds} s"),
            RunPhase.THINKING: self.tr("Thinking · {seconds} s"),
            RunPhase.WRITING: self.tr("Writing"),
        }[progress.phase].format(seconds=seconds)

    def _facts_of(self, progress: RunProgress, now: float) -> str:
        parts: list[str] = []
        summary = progress.summary
        if summary is not None and progress.is_over:
            if summary.first_word_ms is not None:
                parts.append(self._first_word(summary.first_word_ms))
            if (speed := speed_of(summary)) is not None:
                parts.append(self._speed(speed))
            if summary.duration_ms and summary.duration_ms >= LEAST_MS:
                parts.append(formatting.duration(summary.duration_ms))
        elif progress.phase in {RunPhase.WRITING, RunPhase.THINKING}:
            if progress.first_word is not None:
                waited = progress.first_word - progress.started
                parts.append(self._first_word(round(waited * 1000)))
            if (speed := progress.tokens_per_second(now)) is not None:
                parts.append(self._speed(speed))
        if progress.phase is RunPhase.BACKING_OFF and progress.error_code:
            parts.append(describe_run_error(RunError(progress.error_code)).title)
        if progress.attempt > 1 and progress.phase is not RunPhase.BACKING_OFF:
            parts.append(
                self.tr("attempt {n} of {all}").format(
                    n=progress.attempt, all=progress.attempts_allowed
                )
            )
        return SEPARATOR.join(parts)

    def _kind_of(self, progress: RunProgress) -> str:
        if self._is_discreet and progress.status is None:
            return "info"
        return _kind_of(progress)

    def _first_word(self, milliseconds: int) -> str:
        time_words = formatting.duration(milliseconds)
        return self.tr("first word {time}").format(time=time_words)

    def _speed(self, speed: float) -> str:
        return self.tr("{n} tokens/s").format(n=formatting.whole(round(speed)))


def _kind_of(progress: RunProgress) -> str:
    if progress.status is not None:
        return STATUS_KINDS[progress.status]
    if progress.phase in {RunPhase.BACKING_OFF, RunPhase.SLOWED}:
        return "warn"
    return "neutral" if progress.phase is RunPhase.QUEUED else "info"


def speed_of(summary: RunSummary) -> float | None:
    """Return how many tokens a second came after the first word, None if it cannot be told."""
    if summary.usage is None or summary.duration_ms is None or summary.first_word_ms is None:
        return None
    milliseconds = summary.duration_ms - summary.first_word_ms
    return summary.usage.completion * 1000 / milliseconds if milliseconds >= LEAST_MS else None
