"""Copies of the data file, and going back to one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost
from novita_desktop.domain.errors import BackupRefused
from novita_desktop.services import backups
from tests.services.stage import open_stage


def test_going_back_to_a_backup_keeps_the_replaced_file(tmp_path: Path, host: DemoHost) -> None:
    target = tmp_path / "my backup.db"
    folder = tmp_path / "data"

    async def journey() -> None:
        async with open_stage(folder, host) as stage:
            await stage.run("before")
            backup = await stage.workspace.backups.back_up_to(target)
            assert backup.run_count == 1
            await stage.run("after")
            replaced = await stage.workspace.backups.restore(target)
            assert replaced is not None
            assert replaced.exists()
        async with open_stage(folder, host) as stage:
            assert [run.message_head for run in await stage.workspace.history.page()] == ["before"]

    asyncio.run(journey())


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path, host: DemoHost) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no data file", encoding="utf-8")
    folder = tmp_path / "data"

    async def journey() -> None:
        async with open_stage(folder, host) as stage:
            await stage.run("kept")
            with pytest.raises(BackupRefused):
                await stage.workspace.backups.restore(wrong)
        async with open_stage(folder, host) as stage:
            assert await stage.workspace.history.count() == 1

    asyncio.run(journey())


def test_the_copy_of_the_day_is_made_once(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            assert await stage.workspace.backups.back_up_daily() is not None
            assert await stage.workspace.backups.back_up_daily() is None
            listed = await stage.workspace.backups.list()
            assert len(listed) == 1
        # Also without opening the data file: it may be the one that cannot be opened.
        assert await backups.available(tmp_path) == listed
        assert await backups.restored(tmp_path, listed[0].path) is not None

    asyncio.run(journey())
