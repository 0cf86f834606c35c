"""The list of models: from the cache or the shipped list at once, from the host when it answers."""

from __future__ import annotations

from novita_desktop.api.payloads import parse_catalogue
from novita_desktop.domain.account import NOVITA_BASE_URL
from novita_desktop.domain.catalogue import Catalogue, Model, changes_between
from novita_desktop.domain.errors import ApiError
from novita_desktop.services.clock import Clock
from novita_desktop.services.connection import Connection
from novita_desktop.services.events import CatalogueChanged, Events
from novita_desktop.storage.catalogue_cache import CatalogueCache
from novita_desktop.storage.shipped_catalogue import shipped_catalogue

STALE_AFTER_MICROSECONDS = 24 * 3_600 * 1_000_000
"""Prices and models change from week to week (novita/api.md section 0, fact 15)."""


class CatalogueService:
    """Holds the catalogue of the connection.

    The demo's host has another port each time, so its list is not cached.
    """

    def __init__(
        self,
        connection: Connection,
        cache: CatalogueCache,
        events: Events,
        clock: Clock,
    ) -> None:
        self._connection = connection
        self._cache = cache
        self._events = events
        self._clock = clock
        self._by_id: dict[str, Model] = {}
        self.current = Catalogue(connection.base_url, ())
        self.is_fetched = False
        """Whether the host has given its list since it was gone to."""

    @property
    def is_stale(self) -> bool:
        """Whether the list is the shipped one, or was fetched more than a day ago."""
        fetched_at = self.current.fetched_at
        return fetched_at is None or self._clock.now() - fetched_at > STALE_AFTER_MICROSECONDS

    def find(self, model_id: str) -> Model | None:
        """Return the model with this exact id, or None."""
        return self._by_id.get(model_id)

    async def load(self) -> Catalogue:
        """Take the cached list of the connection's host, else the one shipped with the program.

        The shipped list is Novita's; another host starts with an empty one. Raises StorageError.
        """
        base_url = self._connection.base_url
        self.is_fetched = False
        cached = None if self._connection.is_demo else await self._cache.load(base_url)
        if cached is not None:
            payload, fetched_at = cached
            self._take(parse_catalogue(payload, base_url, fetched_at))
        elif self._connection.is_demo or base_url == NOVITA_BASE_URL:
            self._take(parse_catalogue(shipped_catalogue(), base_url, None))
        else:
            self._take(Catalogue(base_url, ()))
        self._events.publish(CatalogueChanged(self.current))
        return self.current

    async def refresh(self) -> Catalogue:
        """Fetch the list from the host, and keep it for the next start. Novita asks for no key.

        Raises ApiError, with the list as it was; StorageError, with the new list in use.
        """
        before = self.current
        fetched_at = self._clock.now()
        fetched, payload = await self._connection.client().models(fetched_at)
        if fetched.base_url != self._connection.base_url:
            return self.current  # the person has gone to another host meanwhile
        self._take(fetched)
        self.is_fetched = True
        # Since the list that came with the program nothing has "changed": it is the first one.
        changes = changes_between(before, fetched) if before.fetched_at is not None else None
        self._events.publish(
            CatalogueChanged(fetched, changes) if changes else CatalogueChanged(fetched)
        )
        if not self._connection.is_demo:
            await self._cache.save(payload, fetched.base_url, fetched_at)
        return fetched

    async def refresh_quietly(self) -> None:
        """Fetch the list if the host can be reached; otherwise the old one stays, marked stale."""
        try:
            await self.refresh()
        except ApiError:
            return

    def _take(self, catalogue: Catalogue) -> None:
        self.current = catalogue
        self._by_id = {model.id: model for model in catalogue.models}
