"""The way in which a second copy calls the first."""

import sys
import threading
from pathlib import Path

from PySide6.QtNetwork import QLocalServer, QLocalSocket

from novita_desktop.ui.single_instance import CallToFront, call_to_front, channel_name


def test_a_call_is_heard(qtbot, tmp_path):
    first = CallToFront(tmp_path)
    heard = []
    caller = threading.Thread(target=lambda: heard.append(call_to_front(tmp_path)))
    with qtbot.waitSignal(first.called):
        caller.start()
    qtbot.waitUntil(lambda: heard == [True])
    caller.join()
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
