"""Finds a resource file, installed or in the source tree."""

from __future__ import annotations

from pathlib import Path

import novita_desktop

PACKAGE = Path(novita_desktop.__file__).parent
PLACES = (PACKAGE / "_resources", PACKAGE.parent / "resources")
"""Where resources may be: inside the installed package, or beside it in the source tree."""


def resource_path(name: str, places: tuple[Path, ...] = PLACES) -> Path:
    """Return the path of the resource `name`, such as `themes/light.toml`.

    Raises FileNotFoundError: a resource that is missing is a fault of the package.
    """
    for place in places:
        path = place / name
        if path.exists():
            return path
    raise FileNotFoundError(name)
