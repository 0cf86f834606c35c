"""Files in memory, read back through Qt."""

import gc

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QFile, QIODevice

from novita_desktop.ui.memory_files import MemoryFiles

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12)


def content(path):
    file = QFile(path)
    assert file.open(QIODevice.OpenModeFlag.ReadOnly), path
    return bytes(file.readAll().data())


@given(st.dictionaries(NAMES.filter(lambda name: name not in {".", ".."}), st.binary(max_size=300)))
def test_qt_reads_every_file_back(files):
    folder = MemoryFiles("round-trip", files)
    try:
        assert {name: content(folder.path(name)) for name in files} == files
    finally:
        folder.close()


def test_a_closed_or_collected_folder_is_gone():
    first, second = MemoryFiles("first", {"a.txt": b"a"}), MemoryFiles("second", {"a.txt": b"b"})
    path = second.path("a.txt")
    first.close()
    assert not QFile.exists(first.path("a.txt"))
    assert content(path) == b"b"
    del second
    gc.collect()
    assert not QFile.exists(path)
