"""The host that requests go to: its address, the key, and the client that speaks to it.

The key is held here and nowhere else in the services. The client's library takes a quarter of a
second to import, so it is loaded when the first client is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novita_desktop.api.client import NovitaClient


class Connection:
    """One base URL with its key. `hide_key` is told of every key, to keep it out of logs.

    `proxy_mode` and `proxy_url` are those of the settings.
    """

    def __init__(
        self,
        base_url: str,
        *,
        is_demo: bool = False,
        proxy_mode: str = "system",
        proxy_url: str = "",
        hide_key: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.base_url = base_url
        self.is_demo = is_demo
        self._key: str | None = None
        self._proxy = (proxy_mode, proxy_url)
        self._hide_key = hide_key
        self._client: NovitaClient | None = None
        self._retired: list[NovitaClient] = []
        self._key_known = asyncio.Event()
        self._key_known.set()

    @property
    def has_key(self) -> bool:
        """Whether requests carry a key."""
        return self._key is not None

    @contextmanager
    def seeking_key(self) -> Iterator[None]:
        """Have `key_found` wait, while the key that is kept for this host is looked for."""
        self._key_known.clear()
        try:
            yield
        finally:
            self._key_known.set()

    async def key_found(self) -> bool:
        """Return whether requests carry a key, once a kept one was looked for.

        A keychain may take seconds, and a person who presses Run meanwhile is not to be told that
        there is no key.
        """
        if not self.has_key:
            await self._key_known.wait()
        return self.has_key

    @property
    def key_hint(self) -> str:
        """The key's last four characters; empty without a key or for a very short one."""
        return self._key[-4:] if self._key and len(self._key) > 8 else ""

    def uses(self, key: str) -> bool:
        """Return whether requests carry this very key."""
        return self._key == key

    def client(self) -> NovitaClient:
        """Return the client for the present address, key and proxy."""
        if self._client is None:
            self._client = self.client_with(self._key)
        return self._client

    def client_with(self, key: str | None) -> NovitaClient:
        """Return a client of its own with another key, for checking it; the caller closes it."""
        from novita_desktop.api.client import NovitaClient  # noqa: PLC0415  # see above
        from novita_desktop.api.http import NetworkOptions  # noqa: PLC0415

        if key:
            self._hide_key(key)
        return NovitaClient(self.base_url, key, NetworkOptions(*self._proxy))

    def use_key(self, key: str | None) -> None:
        """Take another key, or none; requests that run go on with the old one."""
        if key:
            self._hide_key(key)
        self._key = key
        if key:
            self._key_known.set()
        self._retire()

    def use_address(self, base_url: str) -> None:
        """Go to another host, without a key: a key belongs to its host alone."""
        self.base_url = base_url
        self.use_key(None)

    def use_proxy(self, mode: str, url: str) -> None:
        """Take another proxy setting."""
        self._proxy = (mode, url)
        self._retire()

    async def close(self) -> None:
        """Close every connection, also those of earlier keys."""
        self._retire()
        retired, self._retired = self._retired, []
        for client in retired:
            await client.close()

    def _retire(self) -> None:
        # A client that answers are still streaming through is closed at the end, not under them.
        if self._client is not None:
            self._retired.append(self._client)
            self._client = None
