"""The lines of a text file in any encoding, however long or broken they are."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.domain.tables import ENCODINGS, MOST_ROW_CHARACTERS, RowTrouble

_HEAD_CHARACTERS: Final = 1_000
"""How much is kept of a line that is too long."""

_SKIPPED_AT_ONCE: Final = 65_536
_SAMPLE_BYTES: Final = 262_144

_CONTROLS: Final = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
"""Bytes that few texts have, in any of the encodings but UTF-16."""

# Half of a surrogate pair, which no encoding that is read here can give.
_UNDECODABLE: Final = "\udcff"
_MARKING: Final = "novita-desktop-marks"
codecs.register_error(_MARKING, lambda error: (_UNDECODABLE, getattr(error, "end", 0)))


class TextLine(NamedTuple):
    """A line with its line end, the number of the line from 1, and what is wrong with it."""

    number: int
    text: str
    trouble: RowTrouble | None = None


def encoding_of(file: BinaryIO) -> str:
    """Return in which of ENCODINGS a file is written, as well as its bytes tell.

    Raises TableRefused (`not_a_table`) for what is no text at all.
    """
    sample = _telling_part(file)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in sample and (wide := _wide_encoding(sample)):
        return wide
    if sample.count(b"\0") * 20 > len(sample):
        raise TableRefused("not_a_table")
    decoded = codecs.getincrementaldecoder("utf-8")(_MARKING).decode(sample)
    broken = decoded.count(_UNDECODABLE)
    longer = len(sample) - len(decoded)
    # Broken places in what is mostly UTF-8 do not make all its letters wrong.
    if broken == 0 or longer > 4 * broken:
        return "utf-8"
    if (len(sample) - len(sample.translate(None, _CONTROLS))) * 20 > len(sample):
        raise TableRefused("not_a_table")
    if _UNDECODABLE in sample.decode("windows-1252", _MARKING):
        return "iso-8859-1"
    return "windows-1252"


def _telling_part(file: BinaryIO) -> bytes:
    """Return the first bytes, or those of the first part that is not plain ASCII."""
    file.seek(0, os.SEEK_SET)
    first = sample = file.read(_SAMPLE_BYTES)
    while sample and sample.isascii():
        sample = file.read(_SAMPLE_BYTES)
    return sample or first


def _wide_encoding(sample: bytes) -> str:
    """Return which UTF-16 has its zero bytes where `sample` has them; empty for neither."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 10 > half * 3 and even * 50 < half:
        return "utf-16-le"
    if even * 10 > half * 3 and odd * 50 < half:
        return "utf-16-be"
    return ""


def lines_of(file: BinaryIO, encoding: str) -> Iterator[TextLine]:
    """Yield the lines of a file from its beginning, in memory for one line.

    CRLF, LF and CR end a line, each where it stands. Raises TableRefused (`bad_choice`) for an
    encoding that is not in ENCODINGS.
    """
    if encoding not in ENCODINGS:
        raise TableRefused("bad_choice", given=encoding)
    file.seek(0, os.SEEK_SET)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    text_file = io.TextIOWrapper(file, encoding=codec, errors=_MARKING, newline="")
    try:
        number = 0
        while text := text_file.readline(MOST_ROW_CHARACTERS):
            number += 1
            if number == 1:
                text = text.removeprefix("\ufeff")
            trouble = None
            if len(text) >= MOST_ROW_CHARACTERS and not text.endswith(("\r", "\n")):
                _skip_line(text_file)
                text, trouble = text[:_HEAD_CHARACTERS], RowTrouble.TOO_LONG
            yield _checked(number, text, trouble)
    finally:
        # Whoever stopped in the middle has perhaps closed the file by now.
        with contextlib.suppress(ValueError):
            text_file.detach()


def _skip_line(text_file: io.TextIOWrapper) -> None:
    while rest := text_file.readline(_SKIPPED_AT_ONCE):
        if rest.endswith(("\r", "\n")):
            return


def _checked(number: int, text: str, trouble: RowTrouble | None) -> TextLine:
    if "\0" in text:
        text = text.replace("\0", "")
        trouble = trouble or RowTrouble.NUL_CHARACTERS
    if not text.isascii() and _UNDECODABLE in text:
        text = text.replace(_UNDECODABLE, "\ufffd")
        trouble = trouble or RowTrouble.UNDECODABLE
    return TextLine(number, text, trouble)
