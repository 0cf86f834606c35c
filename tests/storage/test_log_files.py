"""The log of a data folder, and what is kept of faults and crashes."""

import logging
import subprocess
import sys

import pytest

from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.log_files import REPORTS_KEPT, DataFolderLog


@pytest.fixture
def key_filter():
    return KeyFilter()


@pytest.fixture
def log(tmp_path, key_filter):
    root = logging.getLogger()
    level = root.level
    log = DataFolderLog(tmp_path, key_filter)
    log.open()
    yield log
    log.close()
    root.setLevel(level)


def written(tmp_path):
    return (tmp_path / "logs" / "novita-desktop.log").read_text("utf-8")


def test_the_log_holds_no_key(log, key_filter, tmp_path):
    key_filter.hide("odd-key-1234")
    logging.getLogger("novita_desktop.test").warning("sent odd-key-1234 and sk_abcdef12")
    text = written(tmp_path)
    assert "sent" in text
    assert "odd-key-1234" not in text
    assert "sk_abcdef12" not in text


def test_requests_of_libraries_are_not_logged(log, tmp_path):
    logging.getLogger("httpx").info("GET https://api.novita.ai/secret")
    assert "secret" not in written(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_only_its_owner_reads_it(log, tmp_path):
    log.keep_report("a fault")
    for path in (tmp_path / "logs").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_reports_are_kept_but_not_for_ever(log):
    places = [log.keep_report(f"fault {number}") for number in range(REPORTS_KEPT + 3)]
    assert [place.exists() for place in places] == [False] * 3 + [True] * REPORTS_KEPT
    assert places[-1].read_text() == f"fault {REPORTS_KEPT + 2}"


def test_a_clean_end_leaves_no_crash(tmp_path, key_filter):
    log = DataFolderLog(tmp_path, key_filter)
    log.open()
    log.watch_for_crashes()
    log.close()
    assert log.last_crash() is None


CRASH = """
import ctypes, sys
from pathlib import Path
from novita_desktop.services.key_filter import KeyFilter
from novita_desktop.storage.log_files import DataFolderLog
log = DataFolderLog(Path(sys.argv[1]), KeyFilter())
log.open()
log.watch_for_crashes()
ctypes.string_at(0)
"""


def test_a_crash_is_found_once(tmp_path, key_filter):
    died = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False)
    assert died.returncode != 0
    log = DataFolderLog(tmp_path, key_filter)
    report = log.last_crash()
    assert "string_at" in report.read_text()
    assert log.last_crash() is None
