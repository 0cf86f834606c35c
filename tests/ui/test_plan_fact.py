"""The words beside the page's title."""

from __future__ import annotations

from novita_desktop.ui.pages.compare.plan_fact import plan_fact


def test_what_would_run_is_said_in_a_few_words() -> None:
    assert plan_fact(1, 3) == "Choose at least two models"
    assert plan_fact(2, 0) == "2 columns · same prompt"
    assert plan_fact(3, 12) == "3 columns · 12 inputs"
