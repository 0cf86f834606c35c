"""Where files are, and who may read them."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from novita_desktop.domain.errors import FolderNotWritable
from novita_desktop.storage import locations


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_by_default_data_is_where_the_platform_wants_it(monkeypatch, tmp_path: Path) -> None:
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert locations.data_folder() == tmp_path / "novita-desktop"
    assert locations.data_folder().is_absolute()
    assert locations.data_folder().name == "novita-desktop"


def test_a_folder_that_was_asked_for_wins_and_is_made_absolute(monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    assert locations.data_folder(Path("mine")) == tmp_path / "mine"
    assert locations.data_folder(Path("~/mine")) == Path.home() / "mine"
    assert list(tmp_path.iterdir()) == []


def test_the_demo_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert locations.data_folder(tmp_path, is_demo=True) == tmp_path / "demo"
    assert locations.data_folder(is_demo=True) == locations.data_folder() / "demo"


def test_every_file_has_its_place_inside(tmp_path: Path) -> None:
    assert locations.database_file(tmp_path) == tmp_path / "novita.db"
    places = (locations.backups_folder, locations.log_file, locations.lock_file)
    assert len({place(tmp_path) for place in places}) == 3
    assert all(place(tmp_path).is_relative_to(tmp_path) for place in places)


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_new_folder_and_its_files_are_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    locations.prepare_folder(folder)
    assert mode_of(folder) == 0o700
    locations.create_private_file(folder / "file")
    assert mode_of(folder / "file") == 0o600
    assert [path.name for path in folder.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_our_folder_is_closed_again_but_a_folder_of_other_things_is_left_alone(tmp_path) -> None:
    ours, theirs, shared = tmp_path / "ours", tmp_path / "theirs", tmp_path / "shared"
    for folder in (ours, theirs, shared):
        folder.mkdir()
        folder.chmod(0o755)
    (ours / "novita.db").touch()
    (theirs / "photo.jpg").touch()
    shared.chmod(0o1777)
    for folder in (ours, theirs, shared):
        locations.prepare_folder(folder)
    assert (mode_of(ours), mode_of(theirs), mode_of(shared)) == (0o700, 0o755, 0o1777)


def test_a_place_that_cannot_be_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(FolderNotWritable):
            locations.prepare_folder(folder)
