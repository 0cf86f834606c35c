"""Brings the first window to the front when the program is started a second time.

Which copy is first is decided by a lock on the data folder; this is only the way to call it. The
channel can be used by its owner alone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL, HEARD = b"show\n", b"ok\n"
ANSWER_MS = 2_000


def channel_name(folder: Path) -> str:
    """Return the name of the channel for a data folder; short, as some systems' limit is 104."""
    digest = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()
    return f"novita-desktop-{digest[:24]}"


class CallToFront(QObject):
    """Listens for later copies of the program; `called` says that one was started."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        name = channel_name(folder)
        # A copy that was killed leaves its socket's file behind; the lock says that it is gone.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _accept(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.readyRead.connect(lambda: self._hear(connection))
        connection.disconnected.connect(connection.deleteLater)
        self._hear(connection)

    def _hear(self, connection: QLocalSocket) -> None:
        if connection.bytesAvailable() < len(CALL):
            return
        if connection.read(len(CALL)).data() == CALL:
            connection.write(HEARD)
            self.called.emit()
        connection.disconnectFromServer()


def call_to_front(folder: Path) -> bool:
    """Ask the copy that uses `folder` to show itself; return whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name(folder))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(CALL)
    socket.flush()
    return socket.waitForReadyRead(ANSWER_MS) and socket.readAll().data() == HEARD
