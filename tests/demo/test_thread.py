"""The host's own thread."""

import threading

import httpx
import pytest

from novita_desktop.demo import DemoThread


def test_starting_does_not_wait_and_the_future_brings_the_host() -> None:
    thread = DemoThread(speed=0)
    host = thread.start().result(10)
    assert httpx.get(f"{host.base_url}/models").status_code == 200
    thread.stop()
    with pytest.raises(RuntimeError):
        _ = host.port
    assert "demo-host" not in {one.name for one in threading.enumerate()}


def test_stopping_twice_or_without_a_start_does_nothing() -> None:
    thread = DemoThread()
    thread.stop()
    thread.start().result(10)
    thread.stop()
    thread.stop()


def test_stopping_while_it_starts_waits_for_its_end() -> None:
    thread = DemoThread()
    started = thread.start()
    thread.stop()
    assert started.done()
    assert "demo-host" not in {one.name for one in threading.enumerate()}


def test_two_hosts_run_side_by_side() -> None:
    with DemoThread() as one, DemoThread() as other:
        assert one.port != other.port
        assert one.key != other.key
