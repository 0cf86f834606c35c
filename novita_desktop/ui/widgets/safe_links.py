"""Decides which links of an untrusted answer may be opened, and how their target is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QUrl

_LENGTH_LIMIT: Final = 4096


def safe_link(target: str) -> QUrl | None:
    """Return the web or mail address that `target` is, or None if it must not be opened.

    Files, scripts, data and everything relative are refused: the answer comes from a stranger, and
    no page surrounds it.
    """
    if not target or len(target) > _LENGTH_LIMIT or not target.isprintable():
        return None
    url = QUrl(target.strip(), QUrl.ParsingMode.StrictMode)
    if not url.isValid():
        url = QUrl(target.strip(), QUrl.ParsingMode.TolerantMode)
    if not url.isValid():
        return None
    match url.scheme():
        case "http" | "https" if url.host():
            return url
        case "mailto" if url.path():
            return url
        case _:
            return None


def shown_target(url: QUrl) -> str:
    """Return `url` as the person is shown it before a click.

    Everything is encoded, host names too, so that letters which only look like others, and any
    markup, are seen for what they are.
    """
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
