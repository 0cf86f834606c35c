"""The cached catalogue: the host's own bytes, one per connection."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DatabaseDamaged
from novita_desktop.storage.catalogue_cache import CatalogueCache
from novita_desktop.storage.database import Database
from tests.storage.samples import BASE_URL, NOW, with_database


def test_the_newest_list_of_each_connection_is_kept_byte_for_byte(tmp_path: Path) -> None:
    payload = b'{"data": [\xff\x00]}' * 100

    async def save(database: Database) -> None:
        cache = CatalogueCache(database)
        assert await cache.load(BASE_URL) is None
        await cache.save(b"old", BASE_URL, NOW - 1)
        await cache.save(payload, BASE_URL, NOW)
        await cache.save(b"", "http://127.0.0.1:1", NOW + 1)

    async def load(database: Database) -> None:
        cache = CatalogueCache(database)
        assert await cache.load(BASE_URL) == (payload, NOW)
        assert await cache.load("http://127.0.0.1:1") == (b"", NOW + 1)

    with_database(tmp_path / "novita.db", save)
    with_database(tmp_path / "novita.db", load)


def test_a_broken_list_is_damage_not_an_empty_catalogue(tmp_path: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO catalogues VALUES (?, 1, x'00')", (BASE_URL,))

    async def work(database: Database) -> None:
        await database.call(spoil)
        with pytest.raises(DatabaseDamaged):
            await CatalogueCache(database).load(BASE_URL)

    with_database(tmp_path / "novita.db", work)
