"""Drafts survive, whatever was typed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from novita_desktop.domain.prompt_form import PromptForm, from_saved, to_saved
from novita_desktop.storage.database import Database
from novita_desktop.storage.draft_store import DraftStore
from tests.storage.samples import run_python, with_database


def test_a_draft_comes_back_after_reopening_and_each_save_replaces_it(tmp_path: Path) -> None:
    form = PromptForm(model="m", message="Grüße \ud83d {{ name }}", values={"name": "Zoë"})

    async def save(database: Database) -> None:
        drafts = DraftStore(database)
        assert await drafts.load("prompt") is None
        await drafts.save("prompt", {"model": "old"})
        await drafts.save("prompt", to_saved(form))
        await drafts.save("other", {})

    async def load(database: Database) -> None:
        saved = await DraftStore(database).load("prompt")
        assert saved is not None
        assert from_saved(saved) == form
        assert await DraftStore(database).load("other") == {}

    with_database(tmp_path / "novita.db", save)
    with_database(tmp_path / "novita.db", load)


def test_a_draft_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO drafts VALUES ('a', '{', 0), ('b', '[1]', 0)")

    async def work(database: Database) -> None:
        await database.call(spoil)
        assert await DraftStore(database).load("a") is None
        assert await DraftStore(database).load("b") is None

    with_database(tmp_path / "novita.db", work)


def test_a_saved_draft_survives_a_kill(tmp_path: Path) -> None:
    code = """
import asyncio, os, sys
from pathlib import Path
from novita_desktop.storage.database import Database
from novita_desktop.storage.draft_store import DraftStore
async def main():
    await DraftStore(await Database.open(Path(sys.argv[1]))).save("prompt", {"message": "typed"})
    os._exit(9)
asyncio.run(main())
"""
    assert run_python(code, tmp_path / "novita.db")[0] == 9
    loaded = with_database(tmp_path / "novita.db", lambda d: DraftStore(d).load("prompt"))
    assert loaded == {"message": "typed"}
