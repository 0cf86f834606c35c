"""A disk that is full, a folder nobody may write to, a file that is locked: the program says so."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.journeys.conftest import host, play, start

__all__ = ["host", "play", "start"]
SCENES = "tests.reliability.scenes:"


@pytest.fixture
def small_disk(tmp_path):
    """The data folder, on a disk of 3 MB."""
    folder = tmp_path / "data"
    folder.mkdir()
    if sys.platform != "linux" or os.getuid() != 0:
        pytest.skip("only root can make a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("this machine lets nobody mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_of_and_costs_nothing(play, host, small_disk):
    said = play(
        f"{SCENES}write_on_a_full_disk",
        *("--base-url", host.base_url),
        NOVITA_API_KEY=host.key,
        SCENE_FILLER=str(small_disk / "filler"),
    )
    assert said.startswith("told ")
    with closing(sqlite3.connect(small_disk / "novita.db")) as database:
        rows = database.execute("SELECT status FROM runs ORDER BY id").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert rows[0] == rows[-1] == ("succeeded",)
    assert len(rows) >= 2


def test_a_folder_nobody_can_write_to_gives_way_to_another(start, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    other = tmp_path / "other"
    other.mkdir()
    process = start(f"{SCENES}use_another_folder", SCENE_FOLDER=str(other))
    said, complaints = process.communicate(timeout=40)
    assert process.returncode == 0, complaints
    assert said.splitlines()[-1] == f"opened {other}"
    assert (other / "novita.db").exists()
    assert (tmp_path / "data").read_text() == "a file where the folder should be"


def test_a_locked_file_is_tried_again(start, play, host, tmp_path):
    play("tests.journeys.scenes:look", "--base-url", host.base_url)
    go = tmp_path / "go"
    with closing(sqlite3.connect(tmp_path / "data" / "novita.db")) as database:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("UPDATE runs SET status = status")
        process = start(f"{SCENES}try_again", "--base-url", host.base_url, SCENE_GO=str(go))
        end = time.monotonic() + 30
        while not go.exists():
            assert time.monotonic() < end, "the program did not say that the file is locked"
            time.sleep(0.05)
        database.rollback()
    go.unlink()
    output, complaints = process.communicate(timeout=40)
    assert output.splitlines()[-1] == "opened", complaints
    assert process.returncode == 0


KILLS = int(os.environ.get("NOVITA_TEST_KILLS", "3"))


@pytest.mark.timeout(60 + 20 * KILLS)
def test_kills_while_typing_setting_and_switching_lose_nothing_that_was_kept(start, play, tmp_path):
    for number in range(KILLS):
        process = start(f"{SCENES}type_until_killed", SCENE_FROM=str(1_000 * (number + 1)))
        assert process.stdout.readline() == "typing\n"
        time.sleep(1.5 + 0.61 * (number % 5))
        process.kill()
        told = process.stdout.read().splitlines()
        drafts, sizes = set(), set()
        for path in (tmp_path / "data").rglob("novita.db"):
            with closing(sqlite3.connect(path)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                if database.execute("PRAGMA user_version").fetchone() == (0,):
                    continue  # killed before the new folder's file was more than empty
                for (value,) in database.execute("SELECT value FROM drafts"):
                    drafts.update(map(int, re.findall(r"draft number (\d+)", value)))
                sizes.update(
                    database.execute("SELECT value FROM settings WHERE name = 'text_percent'")
                )
        told_drafts = [int(line.split()[1]) for line in told if line.startswith("draft")]
        told_sizes = [line.split()[1] for line in told if line.startswith("settings")]
        assert told_sizes
        assert max(drafts, default=0) >= max(told_drafts, default=0)
        # The size that was told last, or one that was kept and not told yet.
        kept = {size for (size,) in sizes}
        assert kept & {told_sizes[-1], str(int(told_sizes[-1]) + 1)}, (kept, told_sizes)
        assert play("tests.journeys.scenes:look").startswith("runs ")
