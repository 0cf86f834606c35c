"""A data folder in use: opened whole or not at all, and let go in order."""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from pathlib import Path

import pytest

from novita_desktop import open_folder as module
from novita_desktop.domain.account import ConnectionState, KeyPlace
from novita_desktop.domain.errors import DatabaseDamaged, DemoUnavailable
from novita_desktop.open_folder import FolderInUse, StartOptions, open_folder
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.single_instance import DataFolderLock


def opened(folder: Path, use, **facts):
    async def work():
        key_filter = KeyFilter()
        found = await open_folder(facts.pop("options", StartOptions()), folder, key_filter, **facts)
        try:
            return await use(found, key_filter)
        finally:
            await found.close()

    return asyncio.run(work())


def test_a_folder_is_held_while_it_is_open(tmp_path):
    async def use(found, _):
        with pytest.raises(FolderInUse):
            await open_folder(StartOptions(), tmp_path, KeyFilter())
        return found.snapshot

    snapshot = opened(tmp_path, use)
    assert snapshot.catalogue.models
    lock = DataFolderLock(tmp_path)
    assert lock.acquire()
    lock.release()


def test_the_demo_has_a_host_of_its_own_for_as_long_as_it_is_open(tmp_path):
    async def use(found, key_filter):
        await found.workspace.go_online()
        account = found.workspace.account.account
        return account, key_filter

    account, _ = opened(tmp_path, use, is_demo=True)
    assert (account.state, account.is_demo) == (ConnectionState.CONNECTED, True)
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(
            asyncio.open_connection(
                "127.0.0.1", int(account.base_url.split(":")[2][:5].split("/")[0])
            )
        )


def test_a_key_of_the_environment_is_in_use_and_kept_out_of_logs(tmp_path):
    async def use(found, key_filter):
        return found.snapshot.account, key_filter.masked("odd-key-1234567")

    options = StartOptions(key="odd-key-1234567", base_url="http://127.0.0.1:9/v1")
    account, masked = opened(tmp_path, use, options=options)
    assert account.key_place is KeyPlace.ENVIRONMENT
    assert masked == "…"
    assert "odd-key" not in repr(options)


def test_a_file_that_cannot_be_used_leaves_nothing_held(tmp_path):
    (tmp_path / "novita.db").write_bytes(b"nonsense")
    with pytest.raises(DatabaseDamaged):
        asyncio.run(open_folder(StartOptions(), tmp_path, KeyFilter()))
    lock = DataFolderLock(tmp_path)
    assert lock.acquire()
    lock.release()


def test_a_demo_host_that_cannot_listen_leaves_nothing_held(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(module, "DemoThread", partial(module.DemoThread, port))
        with pytest.raises(DemoUnavailable):
            asyncio.run(open_folder(StartOptions(), tmp_path, KeyFilter(), is_demo=True))
    lock = DataFolderLock(tmp_path)
    assert lock.acquire()
    lock.release()


def test_the_demo_has_a_folder_of_its_own(tmp_path):
    options = StartOptions(data_folder=tmp_path)
    assert options.folder(is_demo=False) == tmp_path
    assert options.folder(is_demo=True) == tmp_path / "demo"
