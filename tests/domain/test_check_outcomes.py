"""Outcomes are counted as far as they could be told."""

from __future__ import annotations

from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason, tally_of
from novita_desktop.domain.leaderboard import CheckTally


def test_what_could_not_be_told_does_not_count() -> None:
    outcomes = (Outcome.PASSED, Outcome.UNKNOWN, Outcome.FAILED, Outcome.PASSED)
    findings = [Finding(outcome, Reason.LENGTH) for outcome in outcomes]
    assert tally_of(findings) == CheckTally(2, 3)
    assert tally_of([]) == CheckTally(0, 0)
