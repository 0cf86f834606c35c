"""Saved answers: the old file or the new one, never half of one."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from novita_desktop.domain.errors import DiskFull, FolderNotWritable
from novita_desktop.storage.answer_files import write_text
from tests.storage.samples import python, small_disk


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Antwort ä.md"
    write_text(path, "eins\r\nzwei\nüber \U0001f600 \ud800")
    assert path.read_bytes() == "eins\r\nzwei\nüber \U0001f600 ?".encode()
    write_text(path, "")
    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_permissions_are_the_persons_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "new", "x")
        write_text(tmp_path / "private", "x", is_private=True)
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o604)
        write_text(tmp_path / "old", "x")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"new": 0o640, "private": 0o600, "old": 0o604 & ~0o027}


def test_a_link_stays_a_link_and_its_file_changes(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_place_that_cannot_be_written_is_reported_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for place in ("missing/a.txt", "folder"):
        with pytest.raises(FolderNotWritable):
            write_text(tmp_path / place, "x")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 64) as folder:
        write_text(folder / "a.txt", "old")
        with pytest.raises(DiskFull):
            write_text(folder / "a.txt", "n" * 200_000)
        assert (folder / "a.txt").read_text() == "old"
        assert [path.name for path in folder.iterdir()] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_while_writing_the_file_is_whole(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from novita_desktop.storage.answer_files import write_text
print("ready", flush=True)
while True:
    for letter in "ab":
        write_text(Path(sys.argv[1]), letter * 300_000)
"""
    path = tmp_path / "a.txt"
    write_text(path, "a" * 300_000)
    for moment in (0.01, 0.03, 0.08):
        process = python(code, path)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        process.kill()
        process.communicate()
        assert path.read_text() in {"a" * 300_000, "b" * 300_000}
