"""Texts come back as they were, and small: the codecs are part of the file's format."""

from __future__ import annotations

import json
import zlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.costs import PriceBand, Prices
from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.storage.stored_text import (
    Codec,
    error_from,
    error_text,
    json_text,
    packed,
    pairs_from,
    pairs_text,
    plain,
    prices_from,
    prices_text,
    storable,
    unpacked,
)
from tests.storage import samples


@given(samples.texts, samples.texts)
def test_any_text_comes_back(text: str, other: str) -> None:
    assert unpacked(*packed(text)) == text
    assert unpacked(*packed(text, plain(other)), plain(other)) == text


def test_the_codecs_are_what_the_format_says() -> None:
    short, long = "ä" * 127, "word " * 300
    assert packed(short) == (0, short.encode())
    codec, data = packed(long)
    assert (codec, zlib.decompress(data)) == (1, long.encode())
    dictionary = b"x" * 50_000 + long.encode()
    codec, data = packed(long, dictionary)
    assert codec == 2
    assert zlib.decompressobj(zdict=dictionary[-32_768:]).decompress(data) == long.encode()
    assert [codec.value for codec in Codec] == [0, 1, 2]


def test_a_raw_answer_that_repeats_the_answer_is_kept_in_little() -> None:
    answer = " ".join(str(number * 7919 % 10007) for number in range(2000))
    raw = json.dumps({"choices": [{"message": {"content": answer}}]})
    assert len(packed(raw, plain(answer))[1]) < len(packed(raw)[1]) / 10


@pytest.mark.parametrize(("codec", "data"), [(0, b"\xff"), (1, b"rubbish"), (2, b"x"), (9, b"")])
def test_damaged_texts_are_damage(codec: int, data: bytes) -> None:
    with pytest.raises(DatabaseDamaged):
        unpacked(codec, data)


def test_a_text_cut_short_is_damage() -> None:
    for dictionary in (b"", b"word "):
        codec, data = packed("word " * 300, dictionary)
        with pytest.raises(DatabaseDamaged):
            unpacked(codec, data[:-6], dictionary)


@given(samples.prices)
def test_prices_come_back_exactly(prices: Prices) -> None:
    assert prices_from(prices_text(prices)) == prices


def test_prices_can_be_read_by_people() -> None:
    prices = Prices((PriceBand(0, 2690, Fraction(1, 3)),))
    assert prices_text(prices) == (
        '{"bands":[{"from_tokens":0,"input":"2690","output":"1/3","cache_read":null}]}'
    )


@given(st.none() | samples.errors, samples.pairs)
def test_errors_and_headers_come_back(error, pairs) -> None:
    assert error_from(error_text(error)) == error
    assert pairs_from(pairs_text(pairs)) == pairs


def test_json_is_readable_and_never_refused() -> None:
    assert json_text({"wort": "Häuser"}) == '{"wort":"Häuser"}'
    assert json.loads(json_text({"half": "\ud800"})) == {"half": "\ud800"}
    assert json_text({"half": "\ud800"}).isascii()
    assert storable("a\ud800ä") == "a?ä"
