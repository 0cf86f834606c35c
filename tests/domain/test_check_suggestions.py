"""Suggestions are checks, or have a gap to fill, and the likest come first."""

from __future__ import annotations

import pytest

from novita_desktop.domain.check_sentences import NotUnderstood, SentenceProblem, understood
from novita_desktop.domain.check_suggestions import SUGGESTED, suggestions_for


@pytest.mark.parametrize("sentence", SUGGESTED)
def test_each_suggestion_is_a_check_or_has_a_gap_to_fill(sentence) -> None:
    found = understood(sentence)
    if "…" in sentence:
        assert found == NotUnderstood(SentenceProblem.GAP_LEFT)
        filled = understood(sentence.replace("…", "x"))
        assert not isinstance(filled, NotUnderstood)
    else:
        assert not isinstance(found, NotUnderstood)
    assert suggestions_for(sentence)[0] == sentence


def test_what_is_like_a_suggestion_finds_it() -> None:
    assert suggestions_for("jsn valid")[0] == "valid JSON"
    assert suggestions_for("not more then 100 word")[0].startswith("at most")
