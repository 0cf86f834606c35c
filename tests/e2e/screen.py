"""A desktop of its own for tests: virtual screen, window manager, session bus, keychain.

Everything runs in processes that `Screen` starts and ends, so tests neither touch nor need the
desktop of the person who runs them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

NEEDED = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "dbus-send": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "import": "imagemagick",
}
BUS_LAUNCHERS = (
    Path("/usr/libexec/at-spi-bus-launcher"),
    Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"),
)
SYSTEM_PYTHON = "/usr/bin/python3"
START_SECONDS = 20.0


class ScreenUnavailable(RuntimeError):
    """A tool that the virtual desktop needs is missing or does not start."""


def wait_until(ready: Callable[[], object], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until `ready()` is true; raise `ScreenUnavailable` naming `what` if it never is."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise ScreenUnavailable(f"{what} did not start within {seconds:.0f} s")
        time.sleep(0.02)


class Screen:
    """A virtual desktop; `environment` is what a program needs to appear on it."""

    def __init__(self, size: str = "1280x900x24") -> None:
        """Start everything; `size` is width x height x colour depth.

        Raises ScreenUnavailable when something needed is not installed.
        """
        check_tools()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._keychain: subprocess.Popen[bytes] | None = None
        self._home = Path(tempfile.mkdtemp(prefix="novita-desktop-screen-"))
        self._log = (self._home / "log").open("wb")
        (self._home / "run").mkdir(mode=0o700)
        self.environment = self._base_environment()
        try:
            self._start_display(size)
            self._start_bus()
            self._start_window_manager()
            self.empty_keychain()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End every process and delete what they wrote."""
        for process in [self._keychain, *reversed(self._processes)]:
            if process is not None:
                end_process(process)
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def run(self, *command: str) -> str:
        """Run `command` on this desktop and return what it prints; fails as it fails."""
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=30
        ).stdout

    def screenshot(self, path: Path) -> Path:
        """Write a picture of the whole screen to `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-window", "root", str(path))
        return path

    def empty_keychain(self) -> None:
        """Give the desktop a new, unlocked and empty keychain."""
        if self._keychain is not None:
            end_process(self._keychain)
            wait_until(lambda: not self._on_bus("org.freedesktop.secrets"), "the end of keychain")
        shutil.rmtree(self._home / "data", ignore_errors=True)
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"test")
        daemon.stdin.close()
        self._keychain = daemon
        wait_until(lambda: self._on_bus("org.freedesktop.secrets"), "the keychain")

    def _base_environment(self) -> dict[str, str]:
        kept = {"PATH", "SHELL", "SSL_CERT_FILE", "SSL_CERT_DIR"}
        environment = {name: value for name, value in os.environ.items() if name in kept}
        home = self._home
        return environment | {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_RUNTIME_DIR": str(home / "run"),
            # Numbers as in the United States, in an encoding that every system has.
            "LANG": "en_US.UTF-8",
            "LC_CTYPE": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "QT_ACCESSIBILITY": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            # Qt complains of a question that only newer libraries on the bus ask.
            "QT_LOGGING_RULES": "qt.accessibility.atspi=false",
        }

    def _spawn(
        self, *command: str, pass_fds: tuple[int, ...] = (), stdout: int | None = None
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            pass_fds=pass_fds,
            stdin=subprocess.DEVNULL,
            stdout=self._log if stdout is None else stdout,
            stderr=self._log,
        )
        self._processes.append(process)
        return process

    def _start_display(self, size: str) -> None:
        reading, writing = os.pipe()
        self._spawn(
            *("Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-dpi", "96"),
            *("-nolisten", "tcp", "-noreset"),
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise ScreenUnavailable("Xvfb did not start")
        self.environment["DISPLAY"] = f":{number}"

    def _start_bus(self) -> None:
        bus = self._spawn(
            "dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE
        )
        assert bus.stdout is not None
        with bus.stdout as lines:
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = lines.readline().decode().strip()
        launcher = next(path for path in BUS_LAUNCHERS if path.exists())
        self._spawn(str(launcher), "--launch-immediately")
        wait_until(lambda: self._on_bus("org.a11y.Bus"), "the accessibility bus")

    def _start_window_manager(self) -> None:
        self._spawn("openbox")
        wait_until(lambda: self._answers("xdotool", "get_num_desktops"), "openbox")

    def _on_bus(self, name: str) -> bool:
        answer = subprocess.run(
            [
                *("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus"),
                *("/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}"),
            ],
            env=self.environment,
            capture_output=True,
            check=False,
        )
        return b"boolean true" in answer.stdout

    def _answers(self, *command: str) -> bool:
        return not subprocess.run(
            command, env=self.environment, capture_output=True, check=False
        ).returncode


def check_tools(path: str | None = None) -> None:
    """Raise ScreenUnavailable that names every package missing on `path`, by default PATH."""
    missing = [package for tool, package in NEEDED.items() if not shutil.which(tool, path=path)]
    if not any(launcher.exists() for launcher in BUS_LAUNCHERS):
        missing.append("at-spi2-core")
    bindings = "import gi; gi.require_version('Atspi', '2.0')"
    try:
        subprocess.run([SYSTEM_PYTHON, "-c", bindings], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    if missing:
        raise ScreenUnavailable(
            "These tests drive the real window on a virtual screen, and these Debian packages for"
            f" that are missing: {' '.join(missing)}. `./dev setup` installs them."
        )


def end_process(process: subprocess.Popen[Any], seconds: float = 5.0) -> None:
    """End `process`, kindly first."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
