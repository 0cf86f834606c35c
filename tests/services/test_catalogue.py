"""The list of models: cached, shipped, fetched."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.account import NOVITA_BASE_URL
from novita_desktop.domain.errors import HostTrouble
from novita_desktop.services.catalogue import CatalogueService
from novita_desktop.services.clock import Clock
from novita_desktop.services.connection import Connection
from novita_desktop.services.events import CatalogueChanged, Events
from novita_desktop.storage.catalogue_cache import CatalogueCache
from novita_desktop.storage.database import Database
from tests.services.stage import MODEL, SetClock

NOW = 1_795_000_000_000_000


class Fixture:
    def __init__(self, database: Database, base_url: str, clock: Clock, *, is_demo: bool) -> None:
        self.connection = Connection(base_url, is_demo=is_demo)
        self.cache = CatalogueCache(database)
        self.events: list[CatalogueChanged] = []
        events = Events()
        events.listen(self.events.append)  # type: ignore[arg-type]
        self.service = CatalogueService(self.connection, self.cache, events, clock)


def run(tmp_path: Path, journey, base_url: str, clock: Clock | None = None, *, is_demo=False):
    async def whole() -> None:
        database = await Database.open(tmp_path / "novita.db")
        fixture = Fixture(database, base_url, clock or Clock(), is_demo=is_demo)
        try:
            await journey(fixture)
        finally:
            await fixture.connection.close()
            await database.close()

    asyncio.run(whole())


def test_the_first_start_has_the_shipped_list_for_novita_alone(tmp_path: Path) -> None:
    async def novita(it: Fixture) -> None:
        catalogue = await it.service.load()
        assert catalogue.fetched_at is None
        assert it.service.is_stale
        assert it.service.find(MODEL) is not None
        assert it.service.find("no/such") is None
        assert [event.catalogue for event in it.events] == [catalogue]

    async def other(it: Fixture) -> None:
        assert (await it.service.load()).models == ()

    run(tmp_path, novita, NOVITA_BASE_URL)
    run(tmp_path, other, "https://other.example/v1")


def test_a_fetched_list_is_kept_for_the_next_start(tmp_path: Path, host: DemoHost) -> None:
    wall = SetClock(NOW)

    async def first(it: Fixture) -> None:
        await it.service.load()
        fetched = await it.service.refresh()
        assert fetched.fetched_at == NOW
        assert not it.service.is_stale
        assert it.events[-1].changes.is_empty  # nothing to compare with

    async def second(it: Fixture) -> None:
        wall.now = NOW + 25 * 3_600 * 1_000_000
        cached = await it.service.load()
        assert cached.fetched_at == NOW
        assert cached.find(MODEL) is not None
        assert it.service.is_stale

    run(tmp_path, first, host.base_url, wall.clock())
    run(tmp_path, second, host.base_url, wall.clock())
    keys = [entry.headers.get("authorization") for entry in host.log.entries("/models")]
    assert keys == [None]  # the list is public


def test_what_changed_since_the_last_list_is_told(tmp_path: Path, host: DemoHost) -> None:
    async def journey(it: Fixture) -> None:
        payload = b'{"data": [{"id": "old/gone", "model_type": "chat"}, {"id": "%s"}]}'
        await it.cache.save(payload % MODEL.encode(), host.base_url, NOW)
        await it.service.load()
        await it.service.refresh()
        changes = it.events[-1].changes
        assert changes.removed == ("old/gone",)
        assert MODEL in changes.repriced
        assert changes.added

    run(tmp_path, journey, host.base_url)


def test_a_failed_fetch_leaves_the_old_list(tmp_path: Path, host: DemoHost) -> None:
    async def journey(it: Fixture) -> None:
        before = await it.service.load()
        host.script(["server-error; on=models", "server-error; on=models"])
        with pytest.raises(HostTrouble):
            await it.service.refresh()
        await it.service.refresh_quietly()
        assert it.service.current is before
        assert len(it.events) == 1

    run(tmp_path, journey, host.base_url)


def test_the_demo_starts_with_the_shipped_list_and_caches_nothing(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey(it: Fixture) -> None:
        assert (await it.service.load()).models
        await it.service.refresh()
        assert await it.cache.load(host.base_url) is None

    run(tmp_path, journey, host.base_url, is_demo=True)
