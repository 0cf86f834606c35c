"""Keeps the settings that differ from their defaults; `domain.settings` says what they mean."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping
from typing import cast

from novita_desktop.domain.json_values import JsonValue
from novita_desktop.storage.database import Database
from novita_desktop.storage.stored_text import json_text

logger = logging.getLogger(__name__)


class SettingsStore:
    """The settings of one data file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self) -> dict[str, object]:
        """Return the saved values by name; one that is no JSON is left out. Raises StorageError."""
        rows = await self._database.read(
            lambda connection: connection.execute("SELECT name, value FROM settings").fetchall()
        )
        values: dict[str, object] = {}
        for name, text in rows:
            try:
                values[name] = json.loads(text)
            except (ValueError, TypeError):
                logger.warning("the saved setting %s cannot be read", name)
        return values

    async def save(self, values: Mapping[str, object]) -> None:
        """Keep exactly these JSON values; others are removed. Raises StorageError."""
        rows = [(name, json_text(cast("JsonValue", value))) for name, value in values.items()]

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM settings")
            connection.executemany("INSERT INTO settings (name, value) VALUES (?, ?)", rows)

        await self._database.call(work)
