"""Files that Qt can read and that exist in memory alone, such as recoloured icons.

A style sheet and Qt's sharp SVG icons take files, not bytes. The layout of the tables is the
one that Qt's resource compiler writes, format 1 (github.com/qt/qtbase, rcc.cpp).
"""

from __future__ import annotations

import struct
import weakref
from collections.abc import Mapping

from PySide6.QtCore import qRegisterResourceData, qUnregisterResourceData

_FORMAT = 1
_FOLDER_FLAG = 2
_ANY_TERRITORY, _C_LANGUAGE = 0, 1


class MemoryFiles:
    """A folder of files at `:/FOLDER/NAME`, there until `close` or its collection."""

    def __init__(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Offer `files`, contents by name; two open folders may not have the same name."""
        self.folder = folder
        tables = _tables(folder, files)
        qRegisterResourceData(_FORMAT, *tables)
        # Qt keeps no copy of the tables: they live as long as they are registered.
        self._unregister = weakref.finalize(self, qUnregisterResourceData, _FORMAT, *tables)

    def path(self, name: str) -> str:
        """Return the path by which Qt finds the file `name`."""
        return f":/{self.folder}/{name}"

    def close(self) -> None:
        """Take the files away."""
        self._unregister()


def _tables(folder: str, files: Mapping[str, bytes]) -> tuple[bytes, bytes, bytes]:
    """Return the tables of nodes, names and contents: a root, its one folder, the files."""
    names, contents = bytearray(), bytearray()
    nodes = struct.pack(">IHII", 0, _FOLDER_FLAG, 1, 1)
    nodes += struct.pack(">IHII", _add_name(names, folder), _FOLDER_FLAG, len(files), 2)
    for name in sorted(files, key=_hash):  # Qt looks a name up by bisection
        place = _add_name(names, name)
        nodes += struct.pack(">IHHHI", place, 0, _ANY_TERRITORY, _C_LANGUAGE, len(contents))
        contents += struct.pack(">I", len(files[name])) + files[name]
    return nodes, bytes(names), bytes(contents)


def _add_name(names: bytearray, name: str) -> int:
    place = len(names)
    encoded = name.encode("utf-16-be")
    names += struct.pack(">HI", len(encoded) // 2, _hash(name)) + encoded
    return place


def _hash(name: str) -> int:
    """Return Qt's hash of a resource's name."""
    value = 0
    for (unit,) in struct.iter_unpack(">H", name.encode("utf-16-be")):
        value = ((value << 4) + unit) & 0xFFFFFFFF
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
