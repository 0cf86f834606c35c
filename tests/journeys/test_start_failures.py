"""A data file that cannot be used: the choices, and that nothing is lost by any of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def data(tmp_path, play, host):
    """A data folder with one run in it and a backup of that."""
    play("connect_and_run", "--base-url", host.base_url, SCENE_KEY=host.key)
    return tmp_path / "data"


def kept_aside(data):
    return list((data / "backups").glob("novita-replaced-*.db"))


def test_a_newer_file_is_kept_aside(play, data):
    with closing(sqlite3.connect(data / "novita.db")) as database:
        database.execute("PRAGMA user_version = 99")
    said = play("begin_empty").splitlines()
    assert said == ["The data was written by a newer version of this program", "runs 0"]
    (old,) = kept_aside(data)
    with closing(sqlite3.connect(old)) as database:
        assert database.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_a_damaged_file_gives_way_to_a_backup(play, data):
    (data / "novita.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 8_000)
    said = play("restore_first").splitlines()
    assert said[-1].startswith("runs")
    assert len(kept_aside(data)) == 1


def test_missing_runs_can_be_accepted(play, data):
    (data / "novita.count.json").write_text('{"runs": 900, "noted_at": 1}')
    said = play("open_anyway").splitlines()
    assert said == ["Most of your runs are missing from the data file", "runs 1"]


def test_quitting_changes_nothing(play, data):
    path = data / "novita.db"
    path.write_bytes(b"not a data file")
    play("leave_at_once")
    assert path.read_bytes() == b"not a data file"


def test_the_log_goes_with_another_folder(play, data, tmp_path):
    (data / "novita.db").write_bytes(b"not a data file")
    other = tmp_path / "other"
    other.mkdir()
    said = play("use_other_folder", SCENE_FOLDER=str(other))
    assert said == f"folder {other}\n"
    assert "Novita Desktop" in (other / "logs" / "novita-desktop.log").read_text("utf-8")
    assert not list((data / "logs").glob("last-words*"))


def test_a_backup_is_restored_while_the_program_runs(play, host):
    said = play("restore_in_settings", "--base-url", host.base_url, NOVITA_API_KEY=host.key)
    assert said.split() == ["runs", "1", "0"]
