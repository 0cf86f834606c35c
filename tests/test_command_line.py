"""Arguments and environment; what is wrong is said in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import novita_desktop
from novita_desktop import command_line
from novita_desktop.ui.main_window.page_book import PAGE_NAMES


def read(*arguments: str, **environment: str):
    return command_line.with_environment(arguments, environment)


def test_arguments_win_over_the_environment():
    asked = read(
        "--data-dir",
        "/a",
        "--base-url",
        "https://a.example/v1/",
        "--page",
        "history",
        NOVITA_DESKTOP_DATA_DIR="/b",
        NOVITA_BASE_URL="https://b.example",
        NOVITA_API_KEY=" sk_1 ",
    )
    assert asked.data_dir == Path("/a")
    assert asked.base_url == "https://a.example/v1"
    assert (asked.page, asked.key, asked.demo) == ("history", "sk_1", False)


def test_the_environment_stands_in():
    asked = read(NOVITA_DESKTOP_DATA_DIR="/b", NOVITA_BASE_URL="http://127.0.0.1:1/v1")
    assert (asked.data_dir, asked.base_url) == (Path("/b"), "http://127.0.0.1:1/v1")
    assert asked.key is None


def test_files_are_presets_to_show():
    asked = read("a.novita.json", "--demo", "b.yaml")
    assert asked.files == [Path("a.novita.json"), Path("b.yaml")]
    assert read().files == []


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--base-url", "http://far.example"], {}, "must begin with https://"),
        ([], {"NOVITA_BASE_URL": "ftp://far.example"}, "NOVITA_BASE_URL: 'ftp://far.example'"),
        (["--page", "nowhere"], {}, "invalid choice: 'nowhere'"),
        (["--key", "sk_1"], {}, "unrecognized arguments"),
    ],
)
def test_what_is_wrong_is_said_in_words(arguments, environment, words, capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.with_environment(arguments, environment)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert line.endswith("See novita-desktop --help.")


def test_every_page_can_be_named():
    assert command_line.PAGE_NAMES == PAGE_NAMES


def test_the_version_loads_no_window():
    code = (
        "import sys\nfrom novita_desktop import command_line\n"
        "try:\n    command_line.main(['--version'])\nfinally:\n"
        "    assert 'PySide6' not in sys.modules\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ended.stdout == f"novita-desktop {novita_desktop.__version__}\n"
