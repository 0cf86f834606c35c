"""Settings: changed, kept, told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.domain.errors import AddressRefused
from novita_desktop.domain.settings import Settings
from novita_desktop.services.events import Events, SettingsChanged
from novita_desktop.services.settings import SettingsService
from novita_desktop.storage.database import Database
from novita_desktop.storage.settings_store import SettingsStore


def test_a_change_is_told_and_kept(tmp_path: Path) -> None:
    async def journey() -> None:
        told: list[object] = []
        events = Events()
        events.listen(told.append)
        for expected in (Settings(), Settings(theme="dark", interactive_runs=64)):
            database = await Database.open(tmp_path / "novita.db")
            service = SettingsService(SettingsStore(database), events)
            assert await service.load() == expected
            new = await service.change(theme="dark", interactive_runs=1_000)
            assert new == service.current == Settings(theme="dark", interactive_runs=64)
            await database.close()
        assert told == [SettingsChanged(Settings(), Settings(theme="dark", interactive_runs=64))]

    asyncio.run(journey())


def test_wrong_values_and_addresses_change_nothing(tmp_path: Path) -> None:
    async def journey() -> None:
        database = await Database.open(tmp_path / "novita.db")
        service = SettingsService(SettingsStore(database), Events())
        await service.load()
        with pytest.raises(TypeError):
            await service.change(no_such_setting=1)
        for address in ("http://example.com", "ftp://x", "nonsense"):
            with pytest.raises(AddressRefused):
                await service.change(base_url=address)
        assert service.current == Settings()
        assert (await service.change(base_url="https://x.example/v1/")).base_url == (
            "https://x.example/v1"
        )
        await database.close()

    asyncio.run(journey())


def test_a_setting_goes_back_to_its_default(tmp_path: Path) -> None:
    async def journey() -> None:
        database = await Database.open(tmp_path / "novita.db")
        service = SettingsService(SettingsStore(database), Events())
        await service.change(text_percent=150, favourite_models=("a", "b"))
        assert (await service.change(text_percent=100)).favourite_models == ("a", "b")
        assert await SettingsStore(database).load() == {"favourite_models": ["a", "b"]}
        await database.close()

    asyncio.run(journey())
