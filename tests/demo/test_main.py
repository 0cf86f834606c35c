"""`python -m novita_desktop.demo` as a program."""

import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from novita_desktop.demo.__main__ import main


def _started(*options: str) -> tuple[subprocess.Popen[str], str, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "novita_desktop.demo", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.fullmatch(r"Demo host on (http://127\.0\.0\.1:\d+/openai/v1) \(key: (.+)\)\n", line)
    assert found, line
    return process, found.group(1), found.group(2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_cleanly(number: signal.Signals) -> None:
    process, url, key = _started("--speed", "0", "--balance", "1")
    headers = {"Authorization": f"Bearer {key}"}
    origin = url.removesuffix("/openai/v1")
    balance = httpx.get(f"{origin}/openapi/v1/billing/balance/detail", headers=headers)
    assert balance.json()["availableBalance"] == "10000"
    process.send_signal(number)
    output, errors = process.communicate(timeout=10)
    assert (process.returncode, output, errors) == (0, "", "")


def test_the_port_and_the_key_can_be_chosen() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process, url, key = _started("--port", str(port), "--key", "my-key")
    process.terminate()
    process.communicate(timeout=10)
    assert url == f"http://127.0.0.1:{port}/openai/v1"
    assert key == "my-key"


def test_what_it_cannot_serve_is_told_in_one_line(tmp_path) -> None:
    missing = str(tmp_path / "missing.json")
    ended = subprocess.run(
        [sys.executable, "-m", "novita_desktop.demo", "--models", missing],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("The demo host cannot start: ")
    assert ended.stderr.count("\n") == 1


def test_an_amount_that_is_none_is_told(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--balance", "much"])
    assert ended.value.code == 2
    assert "'much' is not an amount" in capsys.readouterr().err
