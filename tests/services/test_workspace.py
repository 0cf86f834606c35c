"""Every service of one data folder, opened and closed in order."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost, DemoThread
from novita_desktop.domain.account import NOVITA_BASE_URL, ConnectionState
from novita_desktop.domain.errors import AddressRefused, DatabaseDamaged
from novita_desktop.domain.prompt_form import PromptForm
from novita_desktop.domain.runs import RunStatus
from novita_desktop.services.events import CatalogueChanged, Events, QueueChanged, RunGrew
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.storage.secrets import SessionSecrets
from tests.services.keyed_host import KEY, MODEL, KeyedHost, keyed_host
from tests.services.stage import Stage, Watch, eventually, open_stage, request, short_pace


def test_opening_touches_the_disk_alone(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            assert host.log.total == 0
            assert stage.workspace.account.account.state is ConnectionState.CHECKING
            assert stage.workspace.catalogue.current.models
            await stage.workspace.go_online()
            assert stage.workspace.account.account.state is ConnectionState.CONNECTED
            assert stage.workspace.catalogue.current.fetched_at is not None
            assert len(await stage.workspace.backups.list()) == 1

    asyncio.run(journey())


def test_opening_loads_neither_network_nor_keychain_libraries(tmp_path: Path) -> None:
    program = f"""
import asyncio, pathlib, sys
from novita_desktop.services.events import Events
from novita_desktop.services.workspace import Workspace, WorkspaceOptions
from novita_desktop.engine import Engine

async def main():
    workspace = await Workspace.open(WorkspaceOptions(pathlib.Path({str(tmp_path)!r})), Events())
    await workspace.close()

asyncio.run(main())
heavy = {{"httpx", "aiohttp", "keyring", "liquid", "jsonschema", "PySide6"}}
sys.exit(", ".join(sorted(heavy & set(sys.modules))) or 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_going_online_without_a_network_raises_nothing(tmp_path: Path) -> None:
    async def journey() -> None:
        with DemoThread(speed=0) as gone:
            address = gone.base_url
        events = Events()
        options = WorkspaceOptions(tmp_path, base_url=address, key="sk_a_key_that_is_fine")
        workspace = await Workspace.open(
            options, events, pace=short_pace(), keychain=SessionSecrets()
        )
        await workspace.go_online()
        assert workspace.account.account.state is ConnectionState.OFFLINE
        await workspace.close()

    asyncio.run(journey())


def test_what_cannot_be_opened_leaves_nothing_open(tmp_path: Path) -> None:
    async def journey() -> None:
        (tmp_path / "novita.db").write_bytes(b"this is no data file" * 500)
        with pytest.raises(DatabaseDamaged):
            await Workspace.open(WorkspaceOptions(tmp_path), Events())
        good = tmp_path / "good"
        with pytest.raises(AddressRefused):
            await Workspace.open(WorkspaceOptions(good, base_url="http://example.com"), Events())
        workspace = await Workspace.open(WorkspaceOptions(good), Events())
        await workspace.close()

    asyncio.run(journey())


def test_another_host_in_the_settings_brings_its_own_key_and_catalogue(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        with DemoThread(speed=0) as other:
            keychain = SessionSecrets()
            await keychain.set(other.base_url, "sk_demo_of_the_other")
            events = Events()
            watch = Watch(events)
            options = WorkspaceOptions(tmp_path, base_url=host.base_url, key="sk_demo_of_the_first")
            workspace = await Workspace.open(options, events, pace=short_pace(), keychain=keychain)
            stage = Stage(workspace, host, watch)
            await workspace.go_online()
            await workspace.settings.change(base_url=other.base_url)
            await watch.until(
                lambda: (
                    workspace.account.account.base_url == other.base_url
                    and workspace.account.account.state is ConnectionState.CONNECTED
                    and workspace.catalogue.current.base_url == other.base_url
                    and workspace.catalogue.current.fetched_at is not None
                )
            )
            assert workspace.account.account.key_hint == "ther"
            summary = await stage.run()
            assert summary.base_url == other.base_url
            assert (len(host.chats), len(other.chats)) == (0, 1)
            assert watch.all(CatalogueChanged)
            await workspace.close()

    asyncio.run(journey())


def test_slots_in_the_settings_hold_at_once(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("gate")
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.settings.change(interactive_runs=2)
            runs = [await stage.runs.submit(request(f"{n}")) for n in range(3)]
            await stage.watch.until(lambda: QueueChanged(2, 1) in stage.watch.all(QueueChanged))
            await stage.workspace.settings.change(interactive_runs=3)
            await stage.watch.until(lambda: QueueChanged(3, 0) in stage.watch.all(QueueChanged))
            host.release("gate")
            for run in runs:
                assert (await stage.watch.ended(run.id)).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


def test_a_change_of_the_proxy_does_not_cut_what_streams(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("gate; text=One two three")
        async with open_stage(tmp_path, host) as stage:
            started = await stage.runs.submit(request())
            await stage.watch.until(lambda: stage.watch.all(RunGrew))
            await stage.workspace.settings.change(proxy_mode="none")
            host.release("gate")
            assert (await stage.watch.ended(started.id)).status is RunStatus.SUCCEEDED

    asyncio.run(journey())


def test_nothing_of_the_key_is_in_the_data_folder(tmp_path: Path, host: DemoHost) -> None:
    key = "sk_demo_marker_0123456789"

    async def journey() -> None:
        async with open_stage(tmp_path, host, key=key) as stage:
            await stage.workspace.go_online()
            host.script(["bad-key", "server-error; message=you sent " + key])
            for _ in range(3):
                await stage.run()
            await stage.workspace.drafts.save("prompt", PromptForm(message="Hello"))

    asyncio.run(journey())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if key.encode() in path.read_bytes()] == []


def test_hundreds_of_runs_leave_no_task_behind(tmp_path: Path, host: DemoHost) -> None:
    async def journey() -> None:
        host.play_always("plain; text=Yes")
        async with open_stage(tmp_path, host) as stage:
            await stage.run()
            tasks = len(asyncio.all_tasks())
            await asyncio.gather(*(stage.run(f"{n}") for n in range(200)))
            await eventually(lambda: len(asyncio.all_tasks()) <= tasks)
            assert stage.runs.live_count == 0
            assert await stage.workspace.history.count() == 201

    asyncio.run(journey())


def test_an_address_that_was_edited_by_hand_does_not_stop_the_start(tmp_path: Path) -> None:
    async def story() -> str:
        options = WorkspaceOptions(data_folder=tmp_path)
        workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
        await workspace.close()
        with closing(sqlite3.connect(tmp_path / "novita.db")) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO settings (name, value) VALUES ('base_url', '\"nonsense\"')"
            )
        workspace = await Workspace.open(options, Events(), keychain=SessionSecrets())
        try:
            return workspace.account.account.base_url
        finally:
            await workspace.close()

    assert asyncio.run(story()) == NOVITA_BASE_URL


@asynccontextmanager
async def refused_by(folder: Path, host: KeyedHost) -> AsyncIterator[Workspace]:
    """A workspace that knows no key, of a host that has just refused to list its models."""
    options = WorkspaceOptions(folder, base_url=host.base_url)
    keychain = SessionSecrets()
    workspace = await Workspace.open(options, Events(), pace=short_pace(), keychain=keychain)
    try:
        await workspace.go_online()
        assert workspace.catalogue.current.models == ()
        yield workspace
    finally:
        await workspace.close()


def test_a_list_that_is_refused_without_a_key_comes_with_it(tmp_path: Path) -> None:
    async def journey() -> None:
        with keyed_host() as host:
            async with refused_by(tmp_path, host) as workspace:
                account = await workspace.connect(KEY, session_only=True)
                assert workspace.catalogue.find(MODEL) is not None
                assert (account.state, account.balance_units) == (ConnectionState.CONNECTED, None)

    asyncio.run(journey())


def test_a_kept_key_brings_a_list_that_is_refused_without_it(tmp_path: Path) -> None:
    async def journey() -> None:
        with keyed_host() as host:
            async with refused_by(tmp_path, host) as workspace:
                workspace.account.take_late_key(host.base_url, KEY)
                await eventually(lambda: workspace.catalogue.find(MODEL) is not None)
                await workspace.account.refresh_balance()
                assert (host.lists(with_key=False), host.lists(with_key=True)) == (1, 1)

    asyncio.run(journey())


def test_a_list_that_came_without_a_key_is_not_asked_for_again(
    tmp_path: Path, host: DemoHost
) -> None:
    async def journey() -> None:
        async with open_stage(tmp_path, host) as stage:
            await stage.workspace.go_online()
            await stage.workspace.account.refresh_balance()
            assert len(host.log.entries("/models")) == 1

    asyncio.run(journey())
