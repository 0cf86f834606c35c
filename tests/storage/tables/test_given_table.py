"""Files are opened without trusting them."""

from __future__ import annotations

import errno
import os
import sys
import zipfile
from pathlib import Path

import pytest

from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.storage.tables.given_table import given_table


def problem_of(path: Path) -> str:
    with pytest.raises(TableRefused) as caught, given_table(path):
        pass
    assert caught.value.path == str(path)
    return caught.value.problem


def test_a_file_comes_with_its_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n")
    os.utime(path, ns=(0, 1_700_000_000_123_456_000))
    with given_table(path) as given:
        assert given.file.read() == b"a,b\n"
        assert (given.size_bytes, given.path) == (4, path)
        assert given.modified_at // 1000 == 1_700_000_000_123
    assert given.file.closed


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "missing.csv") == "unreadable"
    assert problem_of(tmp_path / "a\0b.csv") == "unreadable"
    assert problem_of(tmp_path) == "not_a_file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert problem_of(tmp_path / "pipe.csv") == "not_a_file"
    assert problem_of(Path("/dev/zero")) == "not_a_file"


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.EIO, "broken disk"), "unreadable"),
        (zipfile.BadZipFile("no zip"), "damaged"),
        (EOFError(), "damaged"),
        (NotImplementedError("compression"), "protected"),
        (RuntimeError("password required"), "protected"),
        (TableRefused("unsafe"), "unsafe"),
    ],
)
def test_what_its_readers_meet_is_put_into_words(
    tmp_path: Path, error: Exception, problem: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    with pytest.raises(TableRefused) as caught, given_table(path):
        raise error
    assert (caught.value.problem, caught.value.path) == (problem, str(path))
