"""Ends the program in order when the system asks for it: SIGTERM, SIGINT, SIGHUP.

Python runs its handlers between two of its own instructions, and an idle window runs none. So
the signal's number goes through a socket, which wakes Qt's loop; no timer has to look.
"""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Windows has no SIGHUP."""


class TerminationSignals(QObject):
    """`requested` says that the system wants the program to end."""

    requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.settimeout(0)
        self._writer.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._fd_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _noted)
            for name in NAMES
            if (number := getattr(signal, name, None)) is not None
        }

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        self._reader.close()
        self._writer.close()

    def _read(self) -> None:
        if self._reader.recv(64):
            self.requested.emit()


def _noted(_number: int, _frame: object) -> None:
    """Let Python take the signal; what follows goes through the socket."""
