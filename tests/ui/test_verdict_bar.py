"""The bar asks for a verdict, says what it was, and takes it back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from novita_desktop.domain.comparisons import Verdict
from novita_desktop.ui.pages.compare.verdict_bar import VerdictBar


@pytest.fixture
def bar(qtbot, theme):
    bar = VerdictBar(QLineEdit())
    qtbot.addWidget(bar)
    return bar


def words(bar):
    return bar.findChild(QLabel, "verdictStatus").text()


def buttons(bar):
    return {b.text(): b for b in bar.findChildren(QPushButton) if not b.isHidden()}


def test_it_asks_as_soon_as_all_answers_are_there(bar):
    bar.ask(3, is_hidden=False, can_judge=False)
    assert words(bar) == "Judge once all answers are there."
    assert not buttons(bar)["Tie"].isEnabled()
    bar.ask(3, is_hidden=True, can_judge=True)
    assert "hidden until you have judged" in words(bar)
    assert set(buttons(bar)) == {"Tie", "All bad", "Show names"}


def test_buttons_tell_the_verdict(bar):
    told = []
    bar.judged.connect(told.append)
    bar.ask(2, is_hidden=False, can_judge=True)
    buttons(bar)["Tie"].click()
    buttons(bar)["All bad"].click()
    bar.tell(Verdict.BEST, "Llama")
    assert words(bar) == "Best: Llama"
    assert set(buttons(bar)) == {"Take back"}
    buttons(bar)["Take back"].click()
    assert told == [Verdict.TIE, Verdict.ALL_BAD, None]


@pytest.mark.parametrize(("verdict", "said"), [(Verdict.TIE, "Tie"), (Verdict.ALL_BAD, "All bad")])
def test_verdicts_without_a_winner_are_said(bar, verdict, said):
    bar.tell(verdict, "")
    assert words(bar).startswith(said)
