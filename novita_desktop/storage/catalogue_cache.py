"""Keeps the last list of models of each connection, for starting offline.

The bytes are kept as the host sent them, so that one parser serves the network and the cache.
"""

from __future__ import annotations

import sqlite3
import zlib

from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.storage.database import Database


class CatalogueCache:
    """The newest catalogue of each base URL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, payload: bytes, base_url: str, fetched_at: int) -> None:
        """Keep `payload`; `fetched_at` in unix microseconds. Raises StorageError."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO catalogues (base_url, fetched_at, payload)"
                " VALUES (?, ?, ?)",
                (base_url, fetched_at, zlib.compress(payload)),
            )

        await self._database.call(work)

    async def load(self, base_url: str) -> tuple[bytes, int] | None:
        """Return the payload and when it was fetched, or None. Raises StorageError."""

        def work(connection: sqlite3.Connection) -> tuple[bytes, int] | None:
            row = connection.execute(
                "SELECT payload, fetched_at FROM catalogues WHERE base_url = ?", (base_url,)
            ).fetchone()
            if row is None:
                return None
            try:
                return zlib.decompress(row[0]), int(row[1])
            except zlib.error as error:
                raise DatabaseDamaged(f"the kept catalogue is broken: {error}") from error

        return await self._database.read(work)
