"""Every reason has its words."""

from __future__ import annotations

import pytest

from novita_desktop.domain.check_outcomes import QUOTES_ANSWER, Finding, Outcome, Reason
from novita_desktop.domain.checks import Unit
from novita_desktop.ui.widgets.check_words import outcome_words, reason_words, short_reason


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.LENGTH}))
def test_each_reason_is_said(reason, theme) -> None:
    words = reason_words(Finding(Outcome.FAILED, reason, 2, "some_text"))
    assert words[0].isalnum() or words[0] == "“"
    assert not {"{", "}"} & set(words)
    if reason in QUOTES_ANSWER:
        assert "some_text" in words


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(Outcome.FAILED, Reason.LENGTH, 152, "words"), "152 words"),
        *(
            (Finding(Outcome.FAILED, Reason.LENGTH, 2, unit.value), f"2 {unit.value}")
            for unit in Unit
        ),
        *(
            (Finding(Outcome.FAILED, Reason.LENGTH, 1, unit.value), f"1 {unit.value[:-1]}")
            for unit in Unit
        ),
        (Finding(Outcome.FAILED, Reason.LENGTH, 0, "characters"), "0 characters"),
        (Finding(Outcome.FAILED, Reason.LANGUAGE, text="de"), "The answer is in German"),
        (Finding(Outcome.FAILED, Reason.SIMILAR, 66), "66 % similar"),
        (Finding(Outcome.FAILED, Reason.TEXT_MISSING, text="x"), ""),
    ],
)
def test_short_reasons_stand_beside_the_sentence(finding, words, theme) -> None:
    assert short_reason(finding) == words


def test_outcomes_are_words() -> None:
    assert [outcome_words(each) for each in Outcome] == ["Passed", "Failed", "Cannot tell"]
