"""The text in a file that a person chose for a variable: decoded, or refused with a reason."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import Final

from novita_desktop.domain.records import record

MAX_BYTES: Final = 2_000_000
"""About 500,000 tokens of English: more than nearly every model reads at once."""

_MARKS: Final = (
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has; tabs, line ends, form feeds and colours of logs may be."""

_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_DOCUMENTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""Word processors' files, old and new, and archives."""

_LINE_END: Final = re.compile(r"\r\n|\r")


class TextProblem(StrEnum):
    """Why a file's text cannot be taken."""

    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    PDF = "pdf"
    DOCUMENT = "document"
    PICTURE = "picture"
    BINARY = "binary"


@record(frozen=True, slots=True)
class GivenText:
    """A file's text with line feeds as its line ends; `name` is the file's, without its folder.

    `is_guessed` says that the file does not tell its encoding, and is not UTF-8: it was read as
    Windows-1252, where letters beyond the English ones can be others than those that were meant.
    """

    name: str
    text: str
    is_guessed: bool = False


@record(frozen=True, slots=True)
class RefusedText:
    """A file whose text cannot be taken."""

    name: str
    problem: TextProblem


def text_in(name: str, data: bytes) -> GivenText | RefusedText:
    """Return the text in a file's `data`: UTF-8, UTF-16 or UTF-32 with a mark, or Windows-1252."""
    if len(data) > MAX_BYTES:
        return RefusedText(name, TextProblem.TOO_LARGE)
    if (problem := _known_binary(data)) is not None:
        return RefusedText(name, problem)
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), None)
    text = _decoded(data, encoding or "utf-8")
    is_guessed = False
    if text is None and encoding is None:
        text, is_guessed = _decoded(data, "cp1252"), True
    if text is None or _BINARY.search(text):
        return RefusedText(name, TextProblem.BINARY)
    if not text.strip():
        return RefusedText(name, TextProblem.EMPTY)
    return GivenText(name, _LINE_END.sub("\n", text), is_guessed)


def _known_binary(data: bytes) -> TextProblem | None:
    if data.startswith(b"%PDF-"):
        return TextProblem.PDF
    if data.startswith(_DOCUMENTS):
        return TextProblem.DOCUMENT
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return TextProblem.PICTURE if is_webp or data.startswith(_PICTURES) else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
