"""Sample answers for any prompt."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.demo.answers import answer_body, json_answer, reasoning_text, sample_note
from novita_desktop.demo.tokens import split_tokens

TASKS = ["", "Summarise: ", "Translate to Dutch: ", "List: ", "Table: ", "Code: ", "Email: ", "Explain ", "JSON: ", "Classify: "]  # fmt: skip


@given(st.sampled_from(TASKS), st.text(), st.integers())
def test_every_prompt_has_an_answer_and_always_the_same(task: str, text: str, seed: int) -> None:
    body = answer_body(task + text, "", random.Random(seed))
    assert body.strip()
    assert body == answer_body(task + text, "", random.Random(seed))


@pytest.mark.parametrize("task", TASKS)
def test_the_prompts_words_are_taken_up(task: str) -> None:
    if task == "Classify: ":
        text = "lighthouse or harbour"
    else:
        text = "The lighthouse stands above the harbour"
    body = answer_body(task + text, "", random.Random(1))
    assert "lighthouse" in body.lower() or "harbour" in body.lower()


def test_a_table_has_as_many_rows_as_asked_for() -> None:
    body = answer_body("Make a table of six birds", "", random.Random(1))
    assert len(body.splitlines()) == 2 + 6


@given(st.text(), st.integers(0, 500))
def test_thoughts_are_long_enough(prompt: str, tokens: int) -> None:
    assert len(split_tokens(reasoning_text(prompt, random.Random(0), tokens))) >= tokens


def test_a_json_answer_says_what_it_is() -> None:
    note = sample_note("Model X")
    answer = json_answer("Birds of Norway", note, random.Random(0))
    assert answer["note"] == "Sample answer from the demo, not written by Model X."
    assert [item["name"] for item in answer["items"]] == ["Birds", "Norway"]
