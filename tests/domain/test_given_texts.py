"""Files of texts are decoded, and others refused for what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.given_texts import (
    MAX_BYTES,
    GivenText,
    RefusedText,
    TextProblem,
    text_in,
)

WORDS = "Grüße, «Αθήνα»\tend\n日本"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_with_a_mark_and_plain_utf_8_are_read(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert text_in("a.txt", mark + WORDS.encode(encoding)) == GivenText("a.txt", WORDS)


def test_another_encoding_is_read_as_windows_1252_and_said_to_be_a_guess() -> None:
    assert text_in("old.txt", "Grüße: 5 €".encode("cp1252")) == GivenText(
        "old.txt", "Grüße: 5 €", is_guessed=True
    )


def test_line_ends_become_line_feeds() -> None:
    assert text_in("a", b"one\r\ntwo\rthree\n") == GivenText("a", "one\ntwo\nthree\n")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7\n1 0 obj", TextProblem.PDF),
        (b"PK\x03\x04word/document.xml", TextProblem.DOCUMENT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", TextProblem.DOCUMENT),
        (b"{\\rtf1 Hello}", TextProblem.DOCUMENT),
        (b"\x89PNG\r\n\x1a\n", TextProblem.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", TextProblem.PICTURE),
        (b"text\x00and zeros", TextProblem.BINARY),
        (b"\x7fELF\x02\x01", TextProblem.BINARY),
        (b"\x81\x8d\xff", TextProblem.BINARY),
        (b"\xff\xfe\x00", TextProblem.BINARY),
        ("text".encode("utf-16-le"), TextProblem.BINARY),
        (b"", TextProblem.EMPTY),
        (b"\xef\xbb\xbf \n", TextProblem.EMPTY),
        (b"x" * (MAX_BYTES + 1), TextProblem.TOO_LARGE),
    ],
)
def test_what_is_no_text_is_refused_for_what_it_is(data: bytes, problem: TextProblem) -> None:
    assert text_in("a", data) == RefusedText("a", problem)


def test_the_largest_text_and_the_colours_of_a_log_are_taken() -> None:
    assert isinstance(text_in("a", b"x" * MAX_BYTES), GivenText)
    assert isinstance(text_in("a", b"\x1b[31mred\x1b[0m\x0c"), GivenText)


@given(st.binary(max_size=200))
def test_whatever_is_in_a_file_is_decoded_or_refused(data: bytes) -> None:
    found = text_in("a", data)
    assert isinstance(found, RefusedText) or "\r" not in found.text
