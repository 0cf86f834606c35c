"""Runs the program in a process of its own, off screen, with a scene to play."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from novita_desktop.demo import DemoHost, DemoThread

ROOT = Path(__file__).parents[2]
SECONDS = 50


def environment(**extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NOVITA")}
    return {
        **kept,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
        **extra,
    }


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a scene; whatever still runs at the end of the test is killed."""
    running: list[subprocess.Popen[str]] = []

    def begin(scene: str, *options: str, **extra: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.journeys.player", scene]
        process = subprocess.Popen(
            [*command, "--data-dir", str(tmp_path / "data"), *options],
            env=environment(**extra),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def play(start: Start) -> Callable[..., str]:
    """Play a scene to its end and return what it said; it must end well and complain of nothing."""

    def to_end(scene: str, *options: str, **extra: str) -> str:
        process = start(scene, *options, **extra)
        output, complaints = process.communicate(timeout=SECONDS)
        lines = [line for line in complaints.splitlines() if "This plugin does not" not in line]
        assert not lines, "\n".join(lines)
        assert process.returncode == 0
        return output

    return to_end


@pytest.fixture
def host() -> Iterator[DemoHost]:
    with DemoThread(speed=0) as running:
        yield running
