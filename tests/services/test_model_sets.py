"""Sets of models are kept in the data file, and what was deleted comes back to its place."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

from novita_desktop.domain.comparisons import Column
from novita_desktop.domain.model_sets import MOST_SETS
from novita_desktop.services.events import Events
from novita_desktop.services.model_sets import ModelSetService
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.database import Database
from novita_desktop.storage.settings_store import SettingsStore

COLUMNS = (Column(1, "a"), Column(2, "b", "Be brief.", {"top_p": "0.5"}))


@asynccontextmanager
async def opened(folder: Path):
    database = await Database.open(folder / "novita.db")
    settings = SettingsService(SettingsStore(database), Events())
    await settings.load()
    yield ModelSetService(settings)
    await database.close()


def names(service: ModelSetService) -> list[str]:
    return [each.name for each in service.current]


def test_a_set_is_there_after_a_restart(tmp_path):
    async def journey():
        async with opened(tmp_path) as service:
            assert await service.save("Cheap", COLUMNS)
        async with opened(tmp_path) as service:
            (kept,) = service.current
            assert (kept.name, kept.columns) == ("Cheap", COLUMNS)

    asyncio.run(journey())


def test_sets_are_renamed_replaced_deleted_and_brought_back(tmp_path):
    async def journey():
        async with opened(tmp_path) as service:
            for name in ("One", "Two", "Three"):
                assert await service.save(name, COLUMNS)
            assert not await service.rename("One", "two")
            assert not await service.rename("Nobody", "Four")
            assert await service.rename("One", "ONE")
            assert names(service) == ["ONE", "Two", "Three"]
            old = service.current[1]
            assert await service.save("two", COLUMNS[:1])
            assert [len(each.columns) for each in service.current] == [2, 1, 2]
            await service.put_back(old, 1)
            assert service.current[1] == old
            await service.delete("Two")
            assert names(service) == ["ONE", "Three"]
            await service.put_back(old, 1)
            assert names(service) == ["ONE", "Two", "Three"]

    asyncio.run(journey())


def test_there_is_room_for_so_many(tmp_path):
    async def journey():
        async with opened(tmp_path) as service:
            for number in range(MOST_SETS):
                assert await service.save(f"Set {number}", COLUMNS)
            assert not await service.save("One more", COLUMNS)
            assert await service.save("Set 0", COLUMNS[:1])
            assert len(service.current) == MOST_SETS

    asyncio.run(journey())
