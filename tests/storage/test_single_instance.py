"""One program per data folder, and no stale lock after a crash."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.storage.locations import lock_file
from novita_desktop.storage.single_instance import DataFolderLock
from tests.storage.samples import python

HOLD = """
import sys
from pathlib import Path
from novita_desktop.storage.single_instance import DataFolderLock
lock = DataFolderLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_only_the_first_gets_the_folder_until_it_lets_go(tmp_path: Path) -> None:
    first, second = DataFolderLock(tmp_path / "data"), DataFolderLock(tmp_path / "data")
    assert first.owner() is None
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert second.owner() == os.getpid()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_folders_do_not_hold_each_other_up(tmp_path: Path) -> None:
    one, demo = DataFolderLock(tmp_path), DataFolderLock(tmp_path / "demo")
    assert one.acquire()
    assert demo.acquire()
    one.release()
    demo.release()


def test_another_process_holds_the_folder_and_a_kill_frees_it(tmp_path: Path) -> None:
    process = python(HOLD, tmp_path, stdin=-1)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        lock = DataFolderLock(tmp_path)
        assert not lock.acquire()
        assert lock.owner() == process.pid
    finally:
        process.kill()
        process.communicate()
    assert lock.acquire()
    assert lock.owner() == os.getpid()
    lock.release()


def test_what_stands_in_the_file_does_not_matter(tmp_path: Path) -> None:
    lock_file(tmp_path).write_text("nonsense, and longer than a number")
    lock = DataFolderLock(tmp_path)
    assert lock.owner() is None
    assert lock.acquire()
    assert lock.owner() == os.getpid()
    if os.name == "posix":
        assert stat.S_IMODE(tmp_path.stat().st_mode) & 0o077 == 0
    lock.release()


def test_a_folder_that_cannot_be_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        DataFolderLock(tmp_path / "file").acquire()
    (tmp_path / "data").mkdir()
    lock_file(tmp_path / "data").mkdir()
    with pytest.raises(FolderNotWritable):
        DataFolderLock(tmp_path / "data").acquire()
