"""The list of models that is shipped with the program, for a first start without a network."""

from __future__ import annotations

from pathlib import Path

from novita_desktop.storage.failures import storage_errors

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_catalogue() -> bytes:
    """Return the shipped catalogue, as the host would send it.

    It is found in the installed package or in the source tree beside it. Raises StorageError.
    """
    installed = _PACKAGE / "_resources" / "models.json"
    path = installed if installed.is_file() else _PACKAGE.parent / "resources" / "models.json"
    with storage_errors(path):
        return path.read_bytes()
