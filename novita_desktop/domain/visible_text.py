"""Makes untrusted text safe to show: characters that hide or reorder text become visible."""

from __future__ import annotations

from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# Overrides and isolates reorder the text around them, so that what is read is not what is there.
# The plain direction marks (U+200E, U+200F, U+061C) and the joiners stay: right-to-left texts
# and emoji need them, and they cannot reorder what surrounds them.
_BIDIRECTIONAL: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_LINE_SEPARATORS: Final = (0x2028, 0x2029)
# Qt marks objects and the ends of frames in a document with these.
_DOCUMENT_MARKS: Final = (0xFDD0, 0xFDD1, 0xFFFC, 0xFFFE, 0xFFFF, 0xFEFF)
_TAGS: Final = range(0xE0000, 0xE0020)

_VISIBLE: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
    **dict.fromkeys(_BIDIRECTIONAL, REPLACEMENT),
    **dict.fromkeys(_LINE_SEPARATORS, "\N{SYMBOL FOR NEWLINE}"),
    **dict.fromkeys(_DOCUMENT_MARKS, REPLACEMENT),
    **dict.fromkeys(_TAGS, REPLACEMENT),
}


def visible_text(text: str) -> str:
    """Return `text`, as long as before, with every control character made visible.

    Tabs and line feeds stay. Half of a surrogate pair, which no encoding accepts, becomes the
    replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = text.translate(_VISIBLE)
    if any("\ud800" <= character <= "\udfff" for character in shown):
        return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in shown)
    return shown
