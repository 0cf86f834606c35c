"""Lines of text in any encoding, with any line ends, however long and broken."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import ENCODINGS, MOST_ROW_CHARACTERS, RowTrouble
from novita_desktop.storage.tables.text_lines import TextLine, encoding_of, lines_of

GERMAN = "Stra\u00dfe;Gr\u00f6\u00dfe\nm\u00fcde;\u20ac 5\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"plain", "utf-8"),
        (GERMAN.encode(), "utf-8"),
        (GERMAN.encode("utf-8-sig"), "utf-8"),
        (GERMAN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("utf-16-be"), "utf-16-be"),
        (GERMAN.encode("windows-1252"), "windows-1252"),
        (b"caf\xe9 \x81\x8d", "iso-8859-1"),
        (("\u4f60\u597d\n" * 50).encode() + b"\xff\n", "utf-8"),
        (b"a\x01\x02,\x03\n", "utf-8"),
        (b"x\0y," * 2 + b"some text with a zero byte" * 20, "utf-8"),
        # Cut in the middle of a character, at the end of what is looked at.
        (b"x" * 262_143 + "\u00e9".encode(), "utf-8"),
        # What tells is far behind the beginning.
        (b"ascii\n" * 200_000 + b"caf\xe9\n", "windows-1252"),
    ],
)
def test_the_encoding_is_what_the_bytes_tell(data: bytes, encoding: str) -> None:
    assert encoding_of(io.BytesIO(data)) == encoding


@pytest.mark.parametrize("data", [bytes(range(256)), bytes(100), b"\x89PNG\r\n\x1a\n\x01\x02\xff"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(TableRefused, match="not_a_table"):
        encoding_of(io.BytesIO(data))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_on_offer_can_be_read(encoding: str) -> None:
    data = "a,b\r\nc".encode(encoding)
    assert [line.text for line in lines_of(io.BytesIO(data), encoding)] == ["a,b\r\n", "c"]


def test_a_byte_order_mark_is_no_text() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        data = "\ufeffa\n".encode(encoding)
        assert list(lines_of(io.BytesIO(data), encoding)) == [TextLine(1, "a\n")]


def test_an_encoding_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(TableRefused) as caught:
        next(lines_of(io.BytesIO(b"x"), "rot13"))
    assert (caught.value.problem, caught.value.given) == ("bad_choice", "rot13")


def test_only_line_ends_end_lines() -> None:
    data = "a\rb\r\nc\nd\x0b\x0c\x1c\u0085\u2028e\n\n".encode()
    found = [line.text for line in lines_of(io.BytesIO(data), "utf-8")]
    assert found == ["a\r", "b\r\n", "c\n", "d\x0b\x0c\x1c\u0085\u2028e\n", "\n"]


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("utf-8", b"good\nb\xffd\n"),
        ("utf-16-le", "good\nb".encode("utf-16-le") + b"\x00\xd8" + "d\n".encode("utf-16-le")),
        ("windows-1252", b"good\nb\x81d\n"),
    ],
)
def test_bytes_that_mean_nothing_break_their_line_alone(encoding: str, data: bytes) -> None:
    assert list(lines_of(io.BytesIO(data), encoding)) == [
        TextLine(1, "good\n"),
        TextLine(2, "b\ufffdd\n", RowTrouble.UNDECODABLE),
    ]


def test_zero_bytes_are_left_out_and_told() -> None:
    assert list(lines_of(io.BytesIO(b"a\0b"), "utf-8")) == [
        TextLine(1, "ab", RowTrouble.NUL_CHARACTERS)
    ]


def test_an_endless_line_is_cut_and_the_next_one_is_read() -> None:
    data = b"x" * (MOST_ROW_CHARACTERS + 100_000) + b"\nnext\n"
    first, second = lines_of(io.BytesIO(data), "utf-8")
    assert first == TextLine(1, "x" * 1_000, RowTrouble.TOO_LONG)
    assert second == TextLine(2, "next\n")


@given(st.lists(st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]))))
def test_whatever_lines_say_is_read(texts: list[str]) -> None:
    data = "".join(text + "\n" for text in texts).encode("utf-8-sig")
    assert [line.text[:-1] for line in lines_of(io.BytesIO(data), "utf-8")] == texts
