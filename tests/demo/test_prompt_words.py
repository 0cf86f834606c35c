"""What is found in a prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.demo.prompt_words import (
    count_in,
    cycle_word,
    key_words,
    options_of,
    sentences_of,
    subject_of,
    topic_of,
)


def test_key_words_carry_meaning_and_come_once() -> None:
    assert key_words("The river and the River, then a bridge") == ["river", "bridge"]
    assert key_words("one two three four boats", 1) == ["boats"]


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("Summarise this: The river rose last night.", "The river rose last night."),
        ("Summarise\n\nThe river: it rose last night.", "The river: it rose last night."),
        ("Note: ok", "Note: ok"),
        ("Hello", "Hello"),
    ],
)
def test_the_subject_follows_the_task(prompt: str, subject: str) -> None:
    assert subject_of(prompt) == subject


@pytest.mark.parametrize(
    ("prompt", "topic"),
    [
        ("Explain how a catalogue works.", "how a catalogue works"),
        ("Please, could you write about boats?", "boats"),
        ("", "your message"),
        ("word " * 40, ("word " * 12).strip()),
    ],
)
def test_the_topic_is_the_first_sentence_without_its_command(prompt: str, topic: str) -> None:
    assert topic_of(prompt) == topic


@pytest.mark.parametrize(
    ("prompt", "count"),
    [("Three ideas", 3), ("7 ideas", 7), ("99 ideas", 4), ("some ideas", 4), ("0 or 2", 2)],
)
def test_how_many_things_are_asked_for(prompt: str, count: int) -> None:
    assert count_in(prompt, 4) == count


def test_options_are_found() -> None:
    assert options_of("Say yes, no, or maybe: now") == ["yes", "no", "maybe"]
    assert options_of("tea or coffee") == ["tea", "coffee"]
    assert options_of("nothing to choose") == []


def test_words_start_over_at_the_end() -> None:
    assert [cycle_word(["a", "b"], index) for index in range(3)] == ["a", "b", "a"]
    assert cycle_word([], 5, "none") == "none"


@given(st.text())
def test_any_prompt_has_a_topic(prompt: str) -> None:
    assert topic_of(prompt)
    assert all(sentences_of(prompt))
