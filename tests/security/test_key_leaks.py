"""The key stays in the keychain and the requests: it is in nothing that a person could pass on."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from novita_desktop.demo import DemoThread
from tests.security.scenes import SEEN_FILE, WRONG_KEY

KEY = "sk_marker_8f3b1d7c60a2"
SCENES = "tests.security.scenes:"


@pytest.fixture
def telltale():
    """A host that repeats the key it was sent: in errors, and in words that come in pieces."""
    with DemoThread(speed=0, key=KEY) as host:
        host.script(
            [
                "plain",
                f"error=bad-parameter; message=key {KEY} and Bearer {KEY} are bad",
                f"text=Your key is {KEY}, is it not? Once more: {KEY}",
            ]
        )
        yield host


def files_with(folder, *secrets: str) -> list[str]:
    needles = [secret.encode() for secret in secrets]
    needles += [secret.encode("utf-16-le") for secret in secrets]
    return [
        f"{path.relative_to(folder)}"
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_no_file_text_title_or_report_holds_the_key(play, telltale, tmp_path):
    play(f"{SCENES}use_everything", "--base-url", telltale.base_url, SCENE_KEY=KEY)
    seen = json.loads((tmp_path / SEEN_FILE).read_text())
    assert len(seen) > 100
    assert any("sk_…" in text for text in seen)
    assert [text for text in seen if KEY in text or WRONG_KEY in text] == []
    names = {path.name for path in tmp_path.rglob("*")}
    assert {"mine.db", "saved.md", "saved.txt", "saved.json", "novita.db"} <= names
    assert any(name.startswith("fault-") for name in names)
    log = (tmp_path / "data" / "logs" / "novita-desktop.log").read_text()
    assert "DEBUG" in log
    assert files_with(tmp_path, KEY, WRONG_KEY) == []


def test_programs_that_this_one_starts_do_not_get_the_key(play, telltale):
    environment = play(
        f"{SCENES}use_the_environments_key",
        *("--base-url", telltale.base_url),
        NOVITA_API_KEY=KEY,
    )
    assert "PYTHONPATH" in environment
    assert KEY not in environment


def memory_of(pid: int) -> bytes:
    """Return what a process may write to, as a dump of its memory would hold it."""
    parts = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            found = re.match(r"(\w+)-(\w+) rw", line)
            if found:
                begin, end = (int(word, 16) for word in found.groups())
                memory.seek(begin)
                parts.append(memory.read(end - begin))
    return b"".join(parts)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux shows it")
def test_the_window_holds_no_key_while_settings_is_open(start, telltale):
    """Requests need the key, so the engine holds it; no text of the window does.

    Qt's texts are UTF-16, the engine's are not.
    """
    process = start(f"{SCENES}leave_settings_open", "--base-url", telltale.base_url, SCENE_KEY=KEY)
    assert process.stdout.readline() == "ready\n"
    try:
        memory = memory_of(process.pid)
    except PermissionError:
        pytest.skip("this system lets nobody read another process's memory")
    assert KEY.encode() in memory
    assert "Connected to".encode("utf-16-le") in memory
    assert KEY.encode("utf-16-le") not in memory
    command = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    assert KEY.encode() not in command
