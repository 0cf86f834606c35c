"""Files from strangers: read to a limit, never waited for, never followed out of their folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from novita_desktop.domain.foreign_presets import OmissionReason
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.storage.given_files import read_beside, read_given

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="such files are POSIX's")


def problem_with(path: Path, limit: int = 100) -> str:
    with pytest.raises(PresetFileRefused) as caught:
        read_given(path, limit)
    assert caught.value.file_name == path.name
    return caught.value.problem


def test_a_file_is_read_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * 100)
    assert read_given(path, 100) == b"x" * 100
    assert problem_with(path, 99) == "too_large"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert problem_with(tmp_path) == "not_a_file"
    assert problem_with(tmp_path / "gone") == "unreadable"
    assert problem_with(Path("a\0b")) == "unreadable"


@POSIX_ONLY
def test_pipes_devices_and_sockets_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert problem_with(pipe) == "not_a_file"
    assert problem_with(Path("/dev/zero")) == "not_a_file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert problem_with(tmp_path / "s") == "unreadable"


def test_files_beside_are_read(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"hi")
    assert read_beside(tmp_path / "c.yaml", "sub/a.txt", 10) == b"hi"
    assert read_beside(tmp_path / "c.yaml", "./sub/../sub/a.txt", 10) == b"hi"
    assert read_beside(tmp_path / "c.yaml", "sub/a.txt", 1) is OmissionReason.UNREADABLE
    assert read_beside(tmp_path / "c.yaml", "sub", 10) is OmissionReason.UNREADABLE


def test_other_files_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"secret")
    for reference in ("../secret.txt", str(secret), "sub/../../secret.txt", ".", "/etc/passwd"):
        assert read_beside(folder / "c.yaml", reference, 100) is OmissionReason.OUTSIDE
    assert read_beside(folder / "c.yaml", "a\0b", 100) is OmissionReason.UNREADABLE


@POSIX_ONLY
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (folder / "a.txt").symlink_to("../secret.txt")
    assert read_beside(folder / "c.yaml", "a.txt", 100) is OmissionReason.OUTSIDE
