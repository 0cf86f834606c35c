"""Differences between two texts: complete, readable, and found in time."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.word_differences import Piece, PieceKind, word_differences, words_of

SAME, ADDED, REMOVED = PieceKind.SAME, PieceKind.ADDED, PieceKind.REMOVED
TEXTS = st.text(alphabet="ab ,.\n'語é👍\t", max_size=60)


def test_a_changed_word_is_all_that_differs() -> None:
    assert word_differences("Be brief and kind.", "Be clear and kind.") == (
        Piece(SAME, "Be"),
        Piece(REMOVED, " brief"),
        Piece(ADDED, " clear"),
        Piece(SAME, " and kind."),
    )


def test_words_put_in_and_taken_out() -> None:
    assert word_differences("The cat.", "The cat sat.") == (
        Piece(SAME, "The cat"),
        Piece(ADDED, " sat"),
        Piece(SAME, "."),
    )
    assert word_differences("one two three", "one three") == (
        Piece(SAME, "one"),
        Piece(REMOVED, " two"),
        Piece(SAME, " three"),
    )


def test_a_changed_line_end_leaves_the_words_beside_it_alone() -> None:
    assert word_differences("one\ntwo", "one\n\ntwo") == (
        Piece(SAME, "one\n"),
        Piece(ADDED, "\n"),
        Piece(SAME, "two"),
    )


def test_a_comma_between_two_changes_belongs_to_them() -> None:
    assert word_differences("red, green", "blue, white") == (
        Piece(REMOVED, "red, green"),
        Piece(ADDED, "blue, white"),
    )


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert word_differences("私は猫が好き", "私は犬が好き") == (
        Piece(SAME, "私は"),
        Piece(REMOVED, "猫"),
        Piece(ADDED, "犬"),
        Piece(SAME, "が好き"),
    )


@pytest.mark.parametrize("text", ["don't stop", "wärme naïve", "नमस्ते दुनिया", "👍🏽 ok"])
def test_words_with_marks_stay_whole(text: str) -> None:
    assert len(words_of(text)) == 2


def test_equal_and_empty_texts() -> None:
    assert word_differences("", "") == ()
    assert word_differences("a b", "a b") == (Piece(SAME, "a b"),)
    assert word_differences("", "new") == (Piece(ADDED, "new"),)
    assert word_differences("old", "") == (Piece(REMOVED, "old"),)


@given(TEXTS, TEXTS)
def test_both_texts_come_back_from_the_pieces(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not REMOVED) == after
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(left is not right for left, right in pairwise(kinds))


def test_a_long_text_with_many_edits_is_compared_in_time() -> None:
    chance = random.Random(7)
    words = [f"word{chance.randrange(4_000)}" for _ in range(60_000)]
    changed = ["changed" if chance.random() < 0.03 else word for word in words]
    started = time.process_time()
    pieces = word_differences(" ".join(words), " ".join(changed))
    assert time.process_time() - started < 5
    kept = sum(len(piece.text) for piece in pieces if piece.kind is SAME)
    assert kept > 0.9 * len(" ".join(changed))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x y " * 20_000, "x z " * 20_000),
        ("a" * 400_000, "b" * 400_000),
        ("a b c d " * 10_000, "d c b a " * 10_000),
        ("\n" * 50_000 + "x", "y" + "\n" * 40_000),
    ],
)
def test_texts_that_are_alike_within_themselves_end_in_time(before: str, after: str) -> None:
    started = time.process_time()
    pieces = word_differences(before, after)
    assert time.process_time() - started < 5
    assert "".join(piece.text for piece in pieces if piece.kind is not ADDED) == before


def test_marks_inside_of_what_is_equal_are_no_differences():
    before = (
        "Rewrites a text so that readers.\nFolder: A\nModel: deepseek/deepseek-v3.2\n"
        "Everyday words; a technical term. At most 150 words."
    )
    after = before.replace("readers.", "readers. Now shorter.").replace("150", "90")
    changed = [piece.text for piece in word_differences(before, after) if piece.kind != "same"]
    assert changed == [" Now shorter.", " 150", " 90"]
