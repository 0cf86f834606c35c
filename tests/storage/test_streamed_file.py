"""A file written in pieces appears as a whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.storage.streamed_file import StreamedFile


def test_what_was_kept_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    with StreamedFile(path) as file:
        file.write("one\r\n")
        assert path.read_text("utf-8") == "old"
        file.write("zw\u00f6lf\ud800")
        file.keep()
    assert path.read_bytes() == "one\r\nzw\u00f6lf?".encode()
    assert sys.platform == "win32" or path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_not_kept_leaves_nothing(tmp_path: Path) -> None:
    with StreamedFile(tmp_path / "runs.csv") as file:
        file.write("one")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    target = tmp_path / "target.csv"
    target.write_text("old", "utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with StreamedFile(link) as file:
        file.write("new")
        file.keep()
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable), StreamedFile(tmp_path / "no" / "runs.csv"):
        pass


def test_a_file_that_is_not_open_takes_nothing(tmp_path: Path) -> None:
    file = StreamedFile(tmp_path / "runs.csv")
    with pytest.raises(ValueError, match="not open"):
        file.write("x")
    with pytest.raises(ValueError, match="not open"):
        file.keep()
