"""What became of the checks on a column's answer: a chip for each, and the sum over all inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from novita_desktop.domain.check_outcomes import QUOTES_ANSWER, Finding, Outcome
from novita_desktop.domain.leaderboard import CheckTally
from novita_desktop.ui import formatting, metrics
from novita_desktop.ui.widgets.check_words import (
    MARKS,
    hidden_words,
    outcome_words,
    reason_words,
    short_reason,
)
from novita_desktop.ui.widgets.chip import Chip
from novita_desktop.ui.widgets.flow_layout import FlowLayout
from novita_desktop.ui.widgets.form_labels import short_help, show_words

MOST_CHIPS = 6
"""With more checks, those that failed come first, and the last chip stands for the rest."""

MOST_CHARACTERS = 34
"""What a chip holds of a sentence; the whole is in its tooltip."""

KINDS = {Outcome.PASSED: "accent", Outcome.FAILED: "danger", Outcome.UNKNOWN: "neutral"}
ORDER = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)


class ColumnChecks(QWidget):
    """Shows findings; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._flow.setSpacing(metrics.SPACE_4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._sum = short_help()
        self._sum.setObjectName("checkSum")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, metrics.SPACE_4, 0, 0)
        column.setSpacing(metrics.SPACE_4)
        column.addWidget(self._chips)
        column.addWidget(self._sum)
        self.hide()

    def clear(self) -> None:
        """Show no checks."""
        self.show_findings({})

    def show_findings(
        self,
        findings: Mapping[str, Finding],
        tally: CheckTally | None = None,
        *,
        is_hidden: bool = False,
        secret: Collection[str] = (),
    ) -> None:
        """Show how each sentence came out, and the sum over all inputs if there is one.

        With `is_hidden`, nothing is said that quotes the answer; of the `secret` sentences not
        even how they came out.
        """
        shown = (tuple(findings.items()), tally, is_hidden, tuple(secret))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._flow.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        told = [
            _Told(sentence, found, is_hidden=is_hidden, is_secret=sentence in secret)
            for sentence, found in findings.items()
        ]
        if len(told) > MOST_CHIPS:
            told.sort(key=lambda each: ORDER.index(each.outcome))
        single = told if len(told) <= MOST_CHIPS else told[: MOST_CHIPS - 1]
        for each in single:
            self._flow.addWidget(each.chip())
        if rest := told[len(single) :]:
            self._flow.addWidget(self._chip_for(rest))
        self._chips.setVisible(bool(told))
        show_words(self._sum, self._sum_words(tally))
        self.setVisible(bool(told) or tally is not None)

    def _chip_for(self, rest: list[_Told]) -> Chip:
        counts = {
            outcome: sum(each.outcome is outcome for each in rest)
            for outcome in ORDER
            if any(each.outcome is outcome for each in rest)
        }
        parts = [f"{MARKS[outcome]} {formatting.whole(n)}" for outcome, n in counts.items()]
        worst = next(iter(counts))
        chip = Chip(self.tr("and more: {parts}").format(parts=", ".join(parts)), KINDS[worst])
        chip.setObjectName("checkRest")
        whole = "\n".join(each.whole() for each in rest)
        chip.setToolTip(whole)
        chip.setAccessibleDescription(whole)
        return chip

    def _sum_words(self, tally: CheckTally | None) -> str:
        if tally is None:
            return ""
        return self.tr("All inputs: {passed} of {n} checks passed").format(
            passed=formatting.whole(tally.passed), n=formatting.whole(tally.counted)
        )


class _Told:
    """A finding as far as it may be told."""

    def __init__(self, sentence: str, found: Finding, *, is_hidden: bool, is_secret: bool) -> None:
        self.outcome = Outcome.UNKNOWN if is_secret else found.outcome
        self._sentence = sentence
        is_told = not is_secret and not (is_hidden and found.reason in QUOTES_ANSWER)
        self._reason = reason_words(found) if is_told else hidden_words()
        is_short = is_told and self.outcome is not Outcome.PASSED
        self._short = short_reason(found) if is_short else ""

    def chip(self) -> Chip:
        """Return the chip that shows it."""
        text = f"{MARKS[self.outcome]} {_cut(self._sentence)}"
        with_reason = f"{text} · {self._short}"
        if self._short and len(with_reason) <= MOST_CHARACTERS + 2:
            text = with_reason
        chip = Chip(text, KINDS[self.outcome])
        chip.setObjectName("check")
        chip.setAccessibleName(f"{outcome_words(self.outcome)}: {self._sentence}")
        chip.setAccessibleDescription(self._reason)
        chip.setToolTip(self.whole())
        return chip

    def whole(self) -> str:
        """Return everything in one line."""
        return f"{outcome_words(self.outcome)}: {self._sentence}. {self._reason}"


def _cut(sentence: str) -> str:
    if len(sentence) <= MOST_CHARACTERS:
        return sentence
    return f"{sentence[: MOST_CHARACTERS - 1].rstrip()}…"
