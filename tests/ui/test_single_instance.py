"""The way in which a second copy calls the first."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from novita_desktop.ui.single_instance import (
    CallToFront,
    call_of,
    call_to_front,
    channel_name,
    files_in,
)

CALL = """
import sys
from pathlib import Path
from novita_desktop.ui.single_instance import call_to_front
files = [Path(name) for name in sys.argv[2:]]
sys.exit(0 if call_to_front(Path(sys.argv[1]), files) else 1)
"""


def test_a_call_is_heard(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    # A process of its own: the call blocks, and in a thread it would keep Python from answering.
    with (
        qtbot.waitSignal(first.called),
        subprocess.Popen([sys.executable, "-c", CALL, str(tmp_path)]) as second,
    ):
        qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0
    first.close()


def test_files_of_a_later_copy_are_told_of_by_their_whole_paths(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    named = ["a b.novita.json", "grüße.yaml"]
    command = [sys.executable, "-c", CALL, str(tmp_path), *named]
    with (
        qtbot.waitSignal(first.called),
        qtbot.waitSignal(first.files_given) as told,
        subprocess.Popen(command, cwd=tmp_path) as second,
    ):
        qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0
    assert told.args == [[tmp_path / name for name in named]]
    first.close()


ABSOLUTE = Path("a.json").absolute()


@pytest.mark.parametrize(
    ("line", "files"),
    [
        (b"show\n", []),
        (json.dumps([str(ABSOLUTE)]).encode() + b"\n", [ABSOLUTE]),
        (b"hello\n", None),
        (b"[]\n", None),
        (b'["a.json"]\n', None),
        (b'["../a.json"]\n', None),
        (b"[1]\n", None),
        (b'{"run": "/bin/true"}\n', None),
        (json.dumps([str(ABSOLUTE) + "\0"]).encode() + b"\n", None),
        (json.dumps([str(ABSOLUTE), 3]).encode() + b"\n", None),
        (json.dumps([str(ABSOLUTE)] * 101).encode() + b"\n", None),
        (b"[" * 60_000 + b"\n", None),
        (b"\xff\xfe\n", None),
    ],
)
def test_only_whole_calls_count(line, files):
    assert files_in(line) == files


def test_a_call_is_never_too_long():
    assert files_in(call_of([ABSOLUTE] * 500)) == [ABSOLUTE] * 100
    assert call_of([Path("x" * 70_000)]) == b"show\n"
    assert call_of([]) == b"show\n"


def test_a_flood_is_cut_off(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    heard = []
    first.called.connect(lambda: heard.append(1))
    stranger = QLocalSocket()
    stranger.connectToServer(channel_name(tmp_path))
    stranger.write(b"x" * 1_000_000)
    qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert heard == []
    first.close()


def test_nobody_hears_where_nobody_listens(qapp, tmp_path):
    assert not call_to_front(tmp_path)


def test_each_folder_has_its_own_channel(tmp_path):
    assert channel_name(tmp_path / "a") != channel_name(tmp_path / "b")
    assert len(channel_name(tmp_path)) < 50


def test_anything_else_is_no_call(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    calls = []
    first.called.connect(lambda: calls.append(1))
    stranger = QLocalSocket()
    stranger.connectToServer(channel_name(tmp_path))
    stranger.write(b"hello\n")
    qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert calls == []
    first.close()


def test_the_channel_is_its_owners_alone(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    server = first.findChild(QLocalServer)
    assert server.socketOptions() == QLocalServer.SocketOption.UserAccessOption
    if sys.platform != "win32":
        assert Path(server.fullServerName()).stat().st_mode & 0o077 == 0
    first.close()
