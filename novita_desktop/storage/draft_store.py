"""Keeps what stands in a form, so that a crash loses nothing that was typed."""

from __future__ import annotations

import json
import sqlite3
import time

from novita_desktop.domain.json_values import JsonObject
from novita_desktop.storage.database import Database
from novita_desktop.storage.stored_text import json_text, storable


class DraftStore:
    """Drafts by name; each save replaces the one before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, name: str, value: JsonObject) -> None:
        """Keep `value` under `name`; on the disk when this returns. Raises StorageError."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO drafts (name, value, saved_at) VALUES (?, ?, ?)",
                (storable(name), json_text(value), time.time_ns() // 1000),
            )

        await self._database.call(work)

    async def forget(self, name: str) -> None:
        """Remove the draft of that name, if there is one. Raises StorageError."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM drafts WHERE name = ?", (storable(name),))

        await self._database.call(work)

    async def load(self, name: str) -> JsonObject | None:
        """Return the draft, or None when there is none or it cannot be read as JSON."""

        def work(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(
                "SELECT value FROM drafts WHERE name = ?", (storable(name),)
            ).fetchone()
            return None if row is None else str(row[0])

        text = await self._database.read(work)
        try:
            value = None if text is None else json.loads(text)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None
