"""Settings are kept as they were set, and one that is broken takes no other with it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from novita_desktop.domain.settings import Settings, from_saved, to_saved
from novita_desktop.storage.database import Database
from novita_desktop.storage.settings_store import SettingsStore
from tests.storage.samples import with_database


def test_settings_come_back_and_those_at_their_default_go(tmp_path: Path) -> None:
    changed = replace(Settings(), theme="dark", favourite_models=("a/b",), silence_seconds=7.5)

    async def save(database: Database) -> None:
        store = SettingsStore(database)
        assert await store.load() == {}
        await store.save(to_saved(replace(changed, text_percent=150)))
        await store.save(to_saved(changed))

    with_database(tmp_path / "novita.db", save)
    saved = with_database(tmp_path / "novita.db", lambda d: SettingsStore(d).load())
    assert from_saved(saved) == changed
    assert set(saved) == {"theme", "favourite_models", "silence_seconds"}


def test_a_broken_value_is_left_out(tmp_path: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO settings VALUES ('theme', '{'), ('language', '\"en\"')")

    async def work(database: Database) -> None:
        await database.call(spoil)
        assert await SettingsStore(database).load() == {"language": "en"}

    with_database(tmp_path / "novita.db", work)
