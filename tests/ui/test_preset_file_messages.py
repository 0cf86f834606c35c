"""Every reason to refuse a file of presets has a sentence that names place and limit."""

from __future__ import annotations

import re

import pytest

from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.ui.error_messages import describe
from novita_desktop.ui.preset_file_messages import file_problem

DOCUMENTED = re.search(r"`problem` is one of (.*?)\. ", PresetFileRefused.__doc__ or "", re.DOTALL)
PROBLEMS = re.findall(r"`(\w+)`", DOCUMENTED[1] if DOCUMENTED else "")


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_has_a_sentence_of_its_own(problem: str) -> None:
    error = PresetFileRefused(
        problem, place="presets/2/message", given="7", limit=1_000, detail="object"
    )
    sentence = file_problem(error)
    assert sentence.endswith(".")
    assert "{" not in sentence.replace("{…}", "")
    assert sentence != file_problem(PresetFileRefused("something new"))


def test_there_are_problems_to_speak_of() -> None:
    assert len(PROBLEMS) > 20


def test_the_sentence_names_the_place() -> None:
    error = PresetFileRefused(
        "wrong_kind", place="presets/2/message", given="7", detail="text", file_name="a.json"
    )
    assert describe(error).sentence == (
        "a.json cannot be imported. At presets/2/message stands 7; it must be a text, or a list of"
        " its lines. Nothing was added or changed."
    )


def test_a_hostile_place_is_short_and_visible() -> None:
    error = PresetFileRefused("duplicate_key", place="\u202e" + "x" * 10_000)
    assert "\u202e" not in file_problem(error)
    assert len(file_problem(error)) < 300
