"""The connection as the window shows it: whether there is a key, where it is kept, the balance."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from novita_desktop.domain.errors import AddressRefused
from novita_desktop.domain.records import record

NOVITA_BASE_URL = "https://api.novita.ai/openai/v1"
"""Novita's address for OpenAI-compatible calls (novita/api.md section 0, fact 1)."""

KEY_PAGE_URL = "https://novita.ai/settings/key-management"
"""Where a person makes a key (novita/api.md section 1)."""


class ConnectionState(StrEnum):
    """What is known about the connection."""

    NOT_CONNECTED = "not_connected"
    CHECKING = "checking"
    CONNECTED = "connected"
    OFFLINE = "offline"
    KEY_REFUSED = "key_refused"


class KeyPlace(StrEnum):
    """Where the key in use comes from."""

    NONE = "none"
    KEYCHAIN = "keychain"
    SESSION = "session"
    ENVIRONMENT = "environment"
    DEMO = "demo"


@record(frozen=True, slots=True)
class Account:
    """The connection at one moment.

    `balance_units` is in 10^-10 USD; None when the host has no balance endpoint or was not asked.
    `key_hint` is the key's last four characters, or empty.
    """

    base_url: str = NOVITA_BASE_URL
    state: ConnectionState = ConnectionState.NOT_CONNECTED
    key_place: KeyPlace = KeyPlace.NONE
    key_hint: str = ""
    balance_units: int | None = None
    is_demo: bool = False

    @property
    def host(self) -> str:
        """The host's name, for the status bar."""
        return urlsplit(self.base_url).hostname or self.base_url


_UNUSABLE = re.compile(r"[\s\x00-\x1f\\<>\"{}|^`?#]")
_QUOTES = "\"'`\u201c\u201d\u2018\u2019"


def tidy_key(pasted: str) -> str:
    """Return the key in a pasted text: without spaces, quotes and a leading "Bearer".

    Signs without a shape, which pages and documents hide in what is copied, go too.
    """
    shaped = "".join(sign for sign in pasted if unicodedata.category(sign) != "Cf")
    text = shaped.strip().strip(_QUOTES).strip()
    if text.lower().startswith("authorization:"):
        text = text[len("authorization:") :].strip()
    first, *rest = text.split(maxsplit=1) or [""]
    if rest and first.lower() == "bearer":
        text = rest[0]
    return "".join(text.split()).strip(_QUOTES)


def checked_base_url(address: str) -> str:
    """Return `address` without a trailing slash.

    Raises AddressRefused unless it is https, or http to this computer (product rule, section 9),
    and for an address with a name or password in it, which would show wherever the address does.
    """
    text = address.strip().rstrip("/")
    if "@" in text.partition("://")[2].partition("/")[0]:
        raise AddressRefused("an address with a name or password")
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise AddressRefused(text) from None
    if not is_whole or parts.query or parts.fragment or _UNUSABLE.search(text):
        raise AddressRefused(text)
    host = parts.hostname or ""
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)):
        return text
    raise AddressRefused(text)


def is_loopback(host: str) -> bool:
    """Return whether `host` is this computer."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
