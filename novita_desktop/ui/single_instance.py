"""Brings the first window to the front when the program is started a second time.

Which copy is first is decided by a lock on the data folder; this is only the way to call it. The
channel can be used by its owner alone. A call is one line: `show`, or a JSON list of the files
that the later copy was started with. Nothing that comes through it is trusted: the first window
shows what such files hold, as it does for any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL, HEARD = b"show\n", b"ok\n"
ANSWER_MS = 2_000
MOST_BYTES = 65_536
"""A call that is longer is nobody's."""

MOST_FILES = 100


def channel_name(folder: Path) -> str:
    """Return the name of the channel for a data folder; short, as some systems' limit is 104."""
    digest = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()
    return f"novita-desktop-{digest[:24]}"


def call_of(files: Sequence[Path]) -> bytes:
    """Return the line that tells of these files, as absolute paths."""
    if not files:
        return CALL
    paths = [str(path.absolute()) for path in files[:MOST_FILES]]
    line = json.dumps(paths).encode("ascii") + b"\n"
    return line if len(line) <= MOST_BYTES else CALL


def files_in(line: bytes) -> list[Path] | None:
    """Return the files that a call tells of, None when it is no call."""
    if line == CALL:
        return []
    try:
        paths = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(paths, list) or not 0 < len(paths) <= MOST_FILES:
        return None
    texts = [path for path in paths if isinstance(path, str) and "\0" not in path]
    found = [Path(text) for text in texts]
    is_whole = len(found) == len(paths) and all(path.is_absolute() for path in found)
    return found if is_whole else None


class CallToFront(QObject):
    """Listens for later copies of the program; `called` says that one was started.

    `files_given` has the paths of the files that it was started with, if there were any.
    """

    called = Signal()
    files_given = Signal(object)

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
        if not connection.canReadLine() and connection.bytesAvailable() <= MOST_BYTES:
            return
        files = files_in(bytes(connection.readLine(MOST_BYTES + 1).data()))
        if files is not None:
            connection.write(HEARD)
            self.called.emit()
            if files:
                self.files_given.emit(files)
        connection.disconnectFromServer()


def call_to_front(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the copy that uses `folder` to show itself and what is in `files`.

    Returns whether it heard.
    """
    socket = QLocalSocket()
    socket.connectToServer(channel_name(folder))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(call_of(files))
    socket.flush()
    return socket.waitForReadyRead(ANSWER_MS) and socket.readAll().data() == HEARD
