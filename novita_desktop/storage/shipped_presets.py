"""The starter presets that are shipped with the program."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.storage.failures import storage_errors

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_presets() -> tuple[tuple[str, bytes], ...]:
    """Return name and contents of each shipped file of presets, in the order of their names.

    They are found in the installed package or in the source tree beside it. Raises StorageError.
    """
    installed = _PACKAGE / "_resources" / "presets"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "resources" / "presets"
    with storage_errors(folder):
        return tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.json")))
