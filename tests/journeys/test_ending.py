"""However the program ends, it ends in order and loses nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from novita_desktop.domain.preset_files import to_text
from novita_desktop.domain.presets import NewPreset
from novita_desktop.domain.prompt_form import PromptForm
from tests.journeys.conftest import SECONDS, environment

PRESET_FILE = to_text([NewPreset("Greet", PromptForm("m", message="Hi {{ name }}"))])


def test_closing_in_mid_stream_keeps_what_arrived(start, host, tmp_path):
    host.script(["gate; gate=half; gate_after=20"])
    process = start("close_while_writing", "--base-url", host.base_url, NOVITA_API_KEY=host.key)
    assert process.stdout.readline() == "closing\n"
    began = time.monotonic()
    _, complaints = process.communicate(timeout=SECONDS)
    assert time.monotonic() - began < 5
    assert process.returncode == 0
    assert "Traceback" not in complaints
    assert host.wait_for_hang_ups(1)
    with closing(sqlite3.connect(tmp_path / "data" / "novita.db")) as database:
        ((status,),) = database.execute("SELECT status FROM runs").fetchall()
        ((text,),) = database.execute("SELECT text FROM run_answers").fetchall()
    assert status == "interrupted"
    assert text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_the_system_may_end_it(start):
    process = start("end_by_signal", "--demo")
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in complaints


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_control_c_ends_it(start):
    process = start("end_by_interrupt", "--demo")
    process.communicate(timeout=SECONDS)
    assert process.returncode == 0


def test_a_second_copy_calls_the_first(start):
    first = start("wait_for_call")
    assert first.stdout.readline() == "ready\n"
    second = start("leave_at_once")
    second.communicate(timeout=SECONDS)
    assert second.returncode == 0
    output, _ = first.communicate(timeout=SECONDS)
    assert output == "called\n"


def test_a_file_to_start_with_is_shown_and_not_taken_in_silently(start, tmp_path):
    path = tmp_path / "a.novita.json"
    path.write_text(PRESET_FILE, encoding="utf-8")
    process = start("show_presets_of_a_file", str(path))
    output, complaints = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, complaints
    assert output == "presets 0\nadded Greet\n"


def test_the_file_of_a_later_copy_is_shown_in_the_first(start, tmp_path):
    path = tmp_path / "a.novita.json"
    path.write_text(PRESET_FILE, encoding="utf-8")
    first = start("show_presets_of_later_copy")
    assert first.stdout.readline() == "ready\n"
    second = start("leave_at_once", str(path))
    second.communicate(timeout=SECONDS)
    assert second.returncode == 0
    output, complaints = first.communicate(timeout=SECONDS)
    assert output == "minimised False\npresets 0\n", complaints


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_so(tmp_path):
    without = environment(QT_QPA_PLATFORM="", DISPLAY=":4711", WAYLAND_DISPLAY="")
    ended = subprocess.run(
        [sys.executable, "-m", "novita_desktop", "--data-dir", str(tmp_path / "data")],
        check=False,
        env=without,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=tmp_path,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("Novita Desktop needs a screen")
    assert not (tmp_path / "data").exists()


def test_a_fault_is_reported_without_anything_of_the_persons(play):
    report = play("break_down", "--demo")
    assert "builtins.RuntimeError" in report
    assert "tides" not in report
    assert "sk_secret" not in report


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_crash_is_told_of_at_the_next_start(start, tmp_path):
    process = start("end_by_signal", "--demo")
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGSEGV)
    process.communicate(timeout=SECONDS)
    assert process.returncode == -signal.SIGSEGV
    again = start("end_by_interrupt", "--demo")
    again.communicate(timeout=SECONDS)
    (report,) = (tmp_path / "data" / "demo" / "logs").glob("crash-*.txt")
    assert "Segmentation fault" in report.read_text()
