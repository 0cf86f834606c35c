"""The way in which a second copy calls the first."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalServer, QLocalSocket

from novita_desktop.ui.single_instance import CallToFront, call_to_front, channel_name

CALL = """
import sys
from pathlib import Path
from novita_desktop.ui.single_instance import call_to_front
sys.exit(0 if call_to_front(Path(sys.argv[1])) else 1)
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
    stranger.write(b"hello")
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
