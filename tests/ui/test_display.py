"""Whether there is a screen."""

import socket
import sys

import pytest

from novita_desktop.ui.display import has_display


def test_windows_and_macs_have_one():
    assert has_display({}, "win32")
    assert has_display({}, "darwin")


@pytest.mark.parametrize("platform", ["offscreen", "offscreen:size=1", "minimal", "vnc"])
def test_some_of_qts_platforms_need_none(platform):
    assert has_display({"QT_QPA_PLATFORM": platform}, "linux")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":x"},
        {"DISPLAY": ":4711"},
        {"DISPLAY": "127.0.0.1:59000"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_one_that_does_not_answer_is_none(environment):
    assert not has_display(environment, "linux")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
def test_a_compositor_that_listens_is_one(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        there = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(there, "linux")


def test_a_server_over_tcp_is_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6_000
        assert has_display({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux")
