"""Figures are shown as they are read, and the best of all are marked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from novita_desktop.domain.answer_facts import AnswerFacts, FactName
from novita_desktop.domain.costs import Cost
from novita_desktop.ui import formatting
from novita_desktop.ui.pages.compare.column_facts import ColumnFacts

FACTS = AnswerFacts(420, 77.6, 41.2, 1_234, 2_410, 96, Cost(1_500_000), "stop", 2, is_whole=True)


@pytest.fixture
def facts(qtbot, theme):
    shown = ColumnFacts()
    qtbot.addWidget(shown)
    return shown


def figure(facts, name):
    return facts.findChild(QLabel, f"fact_{name}")


def test_figures_and_the_rest_in_words(facts):
    facts.show_facts(FACTS)
    names = ("first_word", "speed", "tokens", "cost")
    texts = [figure(facts, name).text().replace(",", "") for name in names]
    assert texts == ["0.42 s", "78 tok/s", "2410", "$0.00015"]
    rest = facts.findChild(QLabel, "columnFacts").text().replace(",", "")
    assert rest == "1234 words · 41 words/s · 96 thinking · 2 attempts · ended by: stop"


def test_what_is_unknown_is_a_dash_and_what_grows_an_estimate(facts):
    facts.show_growth(None, None, 0)
    assert figure(facts, "tokens").text() == formatting.DASH
    facts.show_growth(310, 50.0, 12)
    assert (figure(facts, "tokens").text(), figure(facts, "speed").text()) == ("≈ 12", "50 tok/s")
    facts.clear()
    assert {figure(facts, n).text() for n in ("first_word", "speed", "tokens", "cost")} == {
        formatting.DASH
    }


def test_the_best_is_told_in_colour_and_in_words(facts):
    facts.mark_best([FactName.COST])
    assert figure(facts, "cost").property("tone") == "accent"
    assert figure(facts, "cost").accessibleDescription() == "best"
    assert figure(facts, "speed").accessibleDescription() == ""
    facts.mark_best(())
    assert figure(facts, "cost").property("tone") == "plain"
