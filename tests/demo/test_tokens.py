"""Pieces of text that stand for tokens."""

from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.demo.tokens import estimate_tokens, split_tokens


@given(st.text())
def test_joined_the_pieces_are_the_text(text: str) -> None:
    assert "".join(split_tokens(text)) == text


def test_english_has_about_four_characters_a_token() -> None:
    text = "The quick brown fox jumps over the lazy dog, and then it sleeps until morning. " * 20
    assert 3 <= len(text) / len(split_tokens(text)) <= 5


def test_an_estimate_rounds_up() -> None:
    assert [estimate_tokens(text) for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]
