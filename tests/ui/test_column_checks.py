"""Chips say how checks came out, in a sign, a colour, a word and a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.check_outcomes import Finding, Outcome, Reason
from novita_desktop.domain.leaderboard import CheckTally
from novita_desktop.ui.pages.compare.column_checks import MOST_CHARACTERS, ColumnChecks
from novita_desktop.ui.widgets.chip import Chip

PASSED, FAILED, UNKNOWN = Outcome
GOOD = Finding(PASSED, Reason.LENGTH, 12, "words")
LONG = Finding(FAILED, Reason.LENGTH, 152, "words")
UNSURE = Finding(UNKNOWN, Reason.LANGUAGE_SHORT)


@pytest.fixture
def checks(qtbot, theme):
    shown = ColumnChecks()
    qtbot.addWidget(shown)
    return shown


def chips(checks):
    flow = checks._flow
    return [flow.itemAt(place).widget() for place in range(flow.count())]


def test_each_check_is_a_chip_with_its_reason(checks):
    checks.show_findings({"a": GOOD, "at most 120 words": LONG, "is in German": UNSURE})
    assert [(c.text(), c.property("chip")) for c in chips(checks)] == [
        ("✓ a", "accent"),
        ("✗ at most 120 words · 152 words", "danger"),
        ("? is in German", "neutral"),
    ]
    failed = chips(checks)[1]
    assert failed.accessibleName() == "Failed: at most 120 words"
    assert failed.accessibleDescription() == "152 words"
    assert failed.toolTip() == "Failed: at most 120 words. 152 words"
    assert chips(checks)[2].accessibleDescription() == (
        "The answer is too short to tell its language."
    )


def test_a_long_sentence_is_cut_and_whole_in_the_tooltip(checks):
    sentence = f'contains "{"x" * 60}"'
    checks.show_findings({sentence: Finding(FAILED, Reason.TEXT_MISSING, text="x")})
    (chip,) = chips(checks)
    assert len(chip.text()) == MOST_CHARACTERS + 2
    assert sentence in chip.toolTip()
    assert chip.accessibleName() == f"Failed: {sentence}"


def test_of_many_checks_those_that_failed_come_first(checks):
    findings = {f"check {n}": LONG if n in (3, 8) else GOOD for n in range(9)}
    checks.show_findings(findings | {"open": UNSURE})
    texts = [c.text() for c in chips(checks)]
    assert texts[:3] == ["✗ check 3 · 152 words", "✗ check 8 · 152 words", "? open"]
    assert texts[5:] == ["and more: ✓ 5"]
    assert "Passed: check 7. 12 words" in chips(checks)[-1].toolTip()
    checks.show_findings({f"check {n}": LONG for n in range(9)})
    assert (chips(checks)[-1].text(), chips(checks)[-1].property("chip")) == (
        "and more: ✗ 4",
        "danger",
    )


def test_the_sum_stands_below_and_nothing_takes_no_room(checks):
    assert checks.isHidden()
    checks.show_findings({}, CheckTally(12, 14))
    label = checks.findChild(QLabel, "checkSum")
    assert label.text() == "All inputs: 12 of 14 checks passed"
    assert not checks.isHidden()
    checks.clear()
    assert checks.isHidden()


def test_while_names_are_hidden_nothing_quotes_the_answer(checks):
    quoting = Finding(FAILED, Reason.BEGINS, text="I am Llama")
    checks.show_findings(
        {"begins with x": quoting, "contains Llama": Finding(PASSED, Reason.TEXT_FOUND), "a": LONG},
        is_hidden=True,
        secret=["contains Llama"],
    )
    told = [(c.text(), c.accessibleDescription()) for c in chips(checks)]
    hidden = "Told once you have judged: it could give the model away."
    assert told == [
        ("✗ begins with x", hidden),
        ("? contains Llama", hidden),
        ("✗ a · 152 words", "152 words"),
    ]


def test_the_same_findings_are_not_built_anew(checks):
    checks.show_findings({"a": GOOD})
    (chip,) = chips(checks)
    checks.show_findings({"a": GOOD})
    assert chips(checks) == [chip]
    checks.show_findings({"a": LONG})
    assert checks.findChild(Chip) is not None
    assert chips(checks) != [chip]
