"""Retry policy and time limits of one form."""

import pytest
from PySide6.QtWidgets import QSpinBox

from novita_desktop.domain.requests import RetryPolicy, TimeLimits
from novita_desktop.ui.widgets.run_rules_editor import RunRules, RunRulesEditor


@pytest.fixture
def editor(qtbot):
    editor = RunRulesEditor()
    qtbot.addWidget(editor)
    return editor


@pytest.mark.parametrize(
    "rules",
    [
        RunRules(),
        RunRules(RetryPolicy.PATIENT),
        RunRules(RetryPolicy.NONE, TimeLimits(5.0, 30.0, 20.0)),
    ],
)
def test_rules_round_trip_in_silence(editor, rules):
    told = []
    editor.changed.connect(told.append)
    editor.set_value(rules)
    assert (editor.value(), told) == (rules, [])


def test_one_limit_leaves_the_others_at_their_usual_values(editor):
    told = []
    editor.changed.connect(told.append)
    boxes = {box.accessibleName(): box for box in editor.findChildren(QSpinBox)}
    boxes["Wait for the first word"].setValue(30)
    assert told == [RunRules(None, TimeLimits(first_word_seconds=30))]
