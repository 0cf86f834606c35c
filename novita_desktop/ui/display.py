"""Whether there is a screen to show a window on.

Without one Qt aborts the process, with a message about plugins; this is asked before.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
"""Qt's platforms that need no window system."""

X_PORT = 6_000


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether a window can be shown, as far as can be told before Qt starts."""
    if platform in {"win32", "darwin"}:
        return True
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in SCREENLESS:
        return True
    return _has_wayland(environment) or _has_x(environment.get("DISPLAY", ""))


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    # An absolute name stands for itself.
    return _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))


def _has_x(display: str) -> bool:
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host and host != "unix":
        return _answers_at(host.removeprefix("tcp/"), X_PORT + int(number))
    place = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # the X protocol's own place
    return (
        _answers(place) or _answers(f"\0{place}") or _answers_at("localhost", X_PORT + int(number))
    )


def _answers(place: str) -> bool:
    answers = False
    if sys.platform != "win32":  # which has no such sockets, and asks for none
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            with suppress(OSError):
                connection.connect(place)
                answers = True
    return answers


def _answers_at(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False
