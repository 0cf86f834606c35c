"""Memory, size, licences."""

import sys

import pytest

from novita_desktop.ui.health import folder_bytes, licences, memory_bytes


@pytest.mark.skipif(sys.platform != "linux", reason="the file is Linux's")
def test_memory_is_plausible():
    assert 10_000_000 < memory_bytes() < 10_000_000_000


def test_an_unknown_system_says_nothing():
    assert memory_bytes("win32") is None


def test_a_folder_is_as_large_as_its_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"12345")
    (tmp_path / "c").write_bytes(b"123")
    assert folder_bytes(tmp_path) == 8


def test_every_package_has_a_licence():
    found = dict(licences())
    assert "LGPL" in found["PySide6_Essentials"]
    assert all(found.values())
