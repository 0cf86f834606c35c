"""Texts and facts as the data file keeps them: packed when that pays, and JSON for small records.

The codecs are part of the file's format (`docs/data-format.md`): their numbers never change.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from enum import IntEnum
from fractions import Fraction

from novita_desktop.domain.costs import Price, PriceBand, Prices
from novita_desktop.domain.errors import DatabaseDamaged, HostReply
from novita_desktop.domain.json_values import JsonValue, as_list, as_object, as_text, as_whole
from novita_desktop.domain.runs import RunError

PLAIN_BYTES = 256
"""Texts shorter than this are kept as they are: packing saves nothing."""

DICTIONARY_BYTES = 32_768
"""How far back deflate can look, and so how much of a dictionary it can use."""

PACKER_MEMORY = 5
"""zlib's memLevel, from 1 to 9."""


class Codec(IntEnum):
    """How a text is kept."""

    PLAIN = 0
    """UTF-8."""
    DEFLATE = 1
    """UTF-8 in zlib's format."""
    DEFLATE_WITH_DICTIONARY = 2
    """UTF-8 in zlib's format, with another text of the same run as preset dictionary."""


def plain(text: str) -> bytes:
    """Return `text` as bytes; half a surrogate pair, which hosts do send, is kept as it is."""
    return text.encode("utf-8", "surrogatepass")


def packed(text: str, dictionary: bytes = b"") -> tuple[int, bytes]:
    """Return the codec and the bytes to keep for `text`.

    With a `dictionary` that the text repeats (a raw answer repeats the answer), little is kept.
    """
    data = plain(text)
    if len(data) < PLAIN_BYTES:
        return Codec.PLAIN, data
    # Small tables: most texts are short, and filling large ones takes longer than packing.
    if dictionary:
        packer = zlib.compressobj(memLevel=PACKER_MEMORY, zdict=dictionary[-DICTIONARY_BYTES:])
        return Codec.DEFLATE_WITH_DICTIONARY, packer.compress(data) + packer.flush()
    packer = zlib.compressobj(memLevel=PACKER_MEMORY)
    return Codec.DEFLATE, packer.compress(data) + packer.flush()


def raw_dictionary(text: str, reasoning: str) -> bytes:
    """Return what a raw answer mostly repeats, to pack it with."""
    return plain(reasoning) + plain(text)


def unpacked(codec: int, data: bytes, dictionary: bytes = b"") -> str:
    """Return the text that `packed` kept. Raises DatabaseDamaged when the bytes are not whole."""
    try:
        match Codec(codec):
            case Codec.PLAIN:
                pass
            case Codec.DEFLATE:
                data = zlib.decompress(data)
            case Codec.DEFLATE_WITH_DICTIONARY:
                unpacker = zlib.decompressobj(zdict=dictionary[-DICTIONARY_BYTES:])
                data = unpacker.decompress(data)
                if not unpacker.eof:
                    raise DatabaseDamaged("a stored text ends too early")
        return data.decode("utf-8", "surrogatepass")
    except (zlib.error, AttributeError, TypeError, ValueError) as error:
        # SQLite lets anything into any column, a text where bytes belong for example.
        raise DatabaseDamaged(f"a stored text cannot be unpacked: {error}") from error


def storable(text: str) -> str:
    """Return `text` for a text column, which cannot hold half a surrogate pair."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def json_text(value: JsonValue) -> str:
    """Return `value` as JSON that a text column can hold, readable in every script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if storable(text) != text:
        return json.dumps(value, separators=(",", ":"))
    return text


def prices_text(prices: Prices) -> str:
    """Return `prices` as JSON; whole numbers and fractions are texts, so they stay exact."""
    bands: list[JsonValue] = [
        {
            "from_tokens": band.from_tokens,
            "input": str(band.input),
            "output": str(band.output),
            "cache_read": None if band.cache_read is None else str(band.cache_read),
        }
        for band in prices.bands
    ]
    return json_text({"bands": bands})


def prices_from(text: str) -> Prices:
    """Return the prices that `prices_text` wrote. Raises ValueError for anything else."""
    bands = as_list(as_object(json.loads(text)).get("bands"))
    return Prices(tuple(_band_from(band) for band in bands))


def _band_from(value: JsonValue) -> PriceBand:
    band = as_object(value)
    cache_read = band.get("cache_read")
    return PriceBand(
        from_tokens=as_whole(band.get("from_tokens")) or 0,
        input=_price_from(band.get("input")),
        output=_price_from(band.get("output")),
        cache_read=None if cache_read is None else _price_from(cache_read),
    )


def _price_from(value: JsonValue) -> Price:
    text = as_text(value)
    return Fraction(text) if "/" in text else int(text)


Pairs = tuple[tuple[str, str], ...]
"""Names with their values, in order; a name may come twice."""


def pairs_text(pairs: Pairs) -> str:
    """Return headers or facts as JSON; empty for none."""
    return json_text([list(pair) for pair in pairs]) if pairs else ""


def pairs_from(text: str) -> Pairs:
    """Return the pairs that `pairs_text` wrote."""
    return _pairs_of(json.loads(text)) if text else ()


def _pairs_of(value: JsonValue) -> Pairs:
    rows = (as_list(row) for row in as_list(value))
    return tuple((as_text(row[0]), as_text(row[1])) for row in rows if len(row) == 2)


def texts_text(texts: Mapping[str, str]) -> str:
    """Return texts by name as JSON; empty for none."""
    return json_text(dict(texts)) if texts else ""


def texts_from(text: str) -> dict[str, str]:
    """Return the texts that `texts_text` wrote."""
    kept = as_object(json.loads(text)) if text else {}
    return {name: value for name, value in kept.items() if isinstance(value, str)}


def error_text(error: RunError | None) -> str:
    """Return `error` as JSON; empty for none."""
    if error is None:
        return ""
    reply = error.reply
    return json_text(
        {
            "code": error.code,
            "facts": [list(fact) for fact in error.facts],
            "is_retryable": error.is_retryable,
            "status": reply.status,
            "reason": reply.reason,
            "message": reply.message,
            "trace_id": reply.trace_id,
            "headers": [list(header) for header in reply.headers],
            "body": reply.body,
        }
    )


def error_from(text: str) -> RunError | None:
    """Return the error that `error_text` wrote."""
    if not text:
        return None
    kept = as_object(json.loads(text))
    reply = HostReply(
        status=as_whole(kept.get("status")),
        reason=as_text(kept.get("reason")),
        message=as_text(kept.get("message")),
        trace_id=as_text(kept.get("trace_id")),
        headers=_pairs_of(kept.get("headers")),
        body=as_text(kept.get("body")),
    )
    return RunError(
        code=as_text(kept.get("code")),
        reply=reply,
        facts=_pairs_of(kept.get("facts")),
        is_retryable=kept.get("is_retryable") is True,
    )
