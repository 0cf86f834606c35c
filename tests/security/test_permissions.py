"""What the running program keeps is its owner's alone."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from novita_desktop.ui.single_instance import channel_name

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows protects the profile folder")
SCENES = "tests.security.scenes:"


def modes(folder: Path) -> dict[str, int]:
    found = {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in folder.rglob("*")
    }
    return {".": stat.S_IMODE(folder.stat().st_mode), **found}


def test_folder_files_and_channel_are_private(start, host, tmp_path):
    """Looked at while the program runs, with a mask that would let everybody in."""
    before = os.umask(0)
    try:
        process = start(
            f"{SCENES}keep_everything_open", "--base-url", host.base_url, NOVITA_API_KEY=host.key
        )
        assert process.stdout.readline() == "ready\n"
    finally:
        os.umask(before)
    data = tmp_path / "data"
    found = modes(data)
    names = {Path(name).name for name in found}
    assert {"novita.db", "novita.db-wal", "novita.db-shm", "lock", "last-words.txt"} <= names
    assert any(name.startswith("fault-") for name in names)
    assert "mine.db" in names
    wrong = {
        name: oct(mode)
        for name, mode in found.items()
        if mode != (0o700 if (data / name).is_dir() else 0o600)
    }
    assert wrong == {}
    channel = Path(tempfile.gettempdir()) / channel_name(data)
    if sys.platform == "linux" and not os.environ.get("TMPDIR"):
        assert stat.S_ISSOCK(channel.stat().st_mode)
        assert stat.S_IMODE(channel.stat().st_mode) & 0o077 == 0
